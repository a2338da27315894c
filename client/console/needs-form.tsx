import { useMemo, useState } from 'react';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { Need } from '../../shared/contract/needs.ts';
import { useCard } from '../live/card.ts';
import { useLive } from '../live/store.ts';
import { NeedFields } from '../ui/need-fields.tsx';
import { useWords } from '../words/words.tsx';
import { setNeeds } from './acts.ts';
import classes from './detail.module.css';
import { finish, FormFrame } from './form-frame.tsx';
import { useRoom } from './room.ts';

/** What the incident needs, line by line; it begins with what stands. */
export function NeedsForm({ incident }: { readonly incident: IncidentView }) {
  const words = useWords();
  const wish = useRoom((state) => state.wish);
  const { data: card } = useCard(incident.id, true, wish);
  const lines = incident.needs ?? card?.lines;
  if (!lines) return <p className={classes['muted']}>{words.detail.loading}</p>;
  const now = lines.map(({ kind, count, skills, kit }) => ({ kind, count, skills, kit }));
  return <Lines incident={incident} now={now} />;
}

function Lines({ incident, now }: { readonly incident: IncidentView; readonly now: readonly Need[] }) {
  const words = useWords();
  const [needs, write] = useState(now);
  const teams = useLive((state) => state.picture.teams);
  const known = useMemo(() => {
    const all = [...teams.values()];
    const listed = (list: readonly string[]) => [...new Set(list)].toSorted();
    return {
      skills: listed(all.flatMap(({ members }) => members.flatMap(({ skills }) => skills))),
      kit: listed(all.flatMap(({ kit }) => kit)),
    };
  }, [teams]);
  return (
    <FormFrame title={words.detail.acts.needs} submit={() => void finish(setNeeds(incident, needs))}>
      <NeedFields needs={needs} write={write} first={0} most={6} known={known} />
    </FormFrame>
  );
}
