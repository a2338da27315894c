import { Button } from '@mantine/core';
import type { LineView } from '../../shared/contract/dispatch.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useCard } from '../live/card.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { leadOf } from './acts.ts';
import { useNames } from './names.ts';
import { needSentence } from '../words/needs-sentence.ts';
import { shortfallSentence } from './reason-sentence.ts';
import { usualWish, useRoom } from './room.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** What an incident needs, line by line: who serves each, what it lacks and why; a team is chosen for the line. */
export function NeedsPanel({ incident }: { readonly incident: IncidentView }) {
  const words = useWords().work.needs;
  const wish = useRoom((state) => state.wish);
  const { data: card } = useCard(incident.id, true, wish);
  return (
    <Section title={words.title}>
      <ol className={classes['list']}>
        {(card?.lines ?? []).map((line) => (
          <Line key={line.line} incidentId={incident.id} line={line} chosen={wish.line === line.line} />
        ))}
      </ol>
    </Section>
  );
}

function Line(props: { readonly incidentId: number; readonly line: LineView; readonly chosen: boolean }) {
  const words = useWords();
  const labels = words.work.needs;
  const names = useNames();
  const offline = useLive((state) => state.connection === 'lost');
  const { line, chosen } = props;
  const teams = (ids: readonly number[]) => ids.map((id) => names.team(id)).join(words.timeline.comma);
  const choose = () => useRoom.getState().set({ wish: { ...usualWish, line: line.line }, overriding: null });
  const mayChoose = line.lacking > 0 && (line.line > 0 || !leadOf(props.incidentId));
  return (
    <li>
      <span className={classes['line']}>
        <strong>{labels.number({ number: line.line + 1, isLead: line.line === 0 })}</strong>
        <span>{needSentence(line, words)}</span>
        <span>
          {labels.have({ have: line.count - line.lacking, count: line.count, teams: teams(line.teamIds) })}
        </span>
        {mayChoose && (
          <Button
            size="compact-sm"
            variant={chosen ? 'filled' : 'default'}
            aria-pressed={chosen}
            disabled={offline}
            aria-label={labels.chooseFor({ number: line.line + 1 })}
            onClick={choose}
          >
            {labels.choose}
          </Button>
        )}
      </span>
      {line.lacking > 0 && (
        <p className={classes['warning']}>
          {[
            labels.lacking({ lacking: line.lacking }),
            line.nextTeamIds.length > 0 ? labels.next({ teams: teams(line.nextTeamIds) }) : '',
            ...line.shortfall.map((one) => shortfallSentence(one, words)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
    </li>
  );
}
