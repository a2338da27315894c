import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { IncidentDetail } from '../../shared/contract/api.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { EvidenceView } from '../../shared/contract/evidence.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { lifecycleLimits } from '../../shared/rules/lifecycle/incident-guards.ts';
import { useBeside } from '../live/beside.ts';
import { formatClock, formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { pictureOf, shownEvidence } from './evidence.ts';
import { EvidenceViewer } from './evidence-viewer.tsx';
import { toCheck } from './queue-order.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';
import { actorName } from './timeline.tsx';

type Fact<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;

const lastOf = <T extends LedgerEvent['type']>(timeline: IncidentDetail['timeline'], type: T) =>
  timeline.findLast((event) => event.type === type) as unknown as Fact<T> | undefined;

/** 核查: the photos before and after side by side, what the team says it did, what the checker says. */
export function CheckPanel(props: {
  readonly incident: IncidentView;
  readonly timeline: IncidentDetail['timeline'];
}) {
  const words = useWords();
  const labels = words.work.check;
  const { incident } = props;
  const { data, isError, refetch } = useBeside('evidence', incident.id);
  const [opened, setOpened] = useState<string | null>(null);
  if (!toCheck(incident)) return null;
  const handled = lastOf(props.timeline, 'incident.handled');
  const confirmed = lastOf(props.timeline, 'correction.confirmed');
  const reported = lastOf(props.timeline, 'check.reported');
  const shown = data ? shownEvidence(data) : [];
  const newest = (kind: 'before' | 'after') => shown.findLast(({ photoKind }) => photoKind === kind);
  const metres = data?.pair.spotMetres ?? null;
  return (
    <Section title={labels.title} failed={isError} again={() => void refetch()}>
      <p className={classes['muted']}>{labels.how}</p>
      {handled && (
        <p>{labels.disposition({ text: handled.data.disposition, who: actorName(handled.actor, words) })}</p>
      )}
      {!handled && confirmed && (
        <p>
          {labels.disposition({
            text: words.timeline.outcomeCorrected,
            who: actorName(confirmed.actor, words),
          })}
        </p>
      )}
      <div className={classes['pair']}>
        <Half photo={newest('before')} title={labels.before} none={labels.noBefore} open={setOpened} />
        <Half photo={newest('after')} title={labels.after} none={labels.noAfter} open={setOpened} />
      </div>
      {data && opened !== null && (
        <EvidenceViewer set={data} shown={shown} openedId={opened} open={setOpened} />
      )}
      {data && data.pair.before > 0 && data.pair.after > 0 && (
        <p
          className={
            classes[metres === null || metres > lifecycleLimits.sameSpotMetres ? 'warning' : 'muted']
          }
        >
          {metres === null
            ? labels.apartUnknown
            : metres > lifecycleLimits.sameSpotMetres
              ? labels.apartFar({ distance: formatMetres(metres), limit: lifecycleLimits.sameSpotMetres })
              : labels.apart({ distance: formatMetres(metres) })}
        </p>
      )}
      {reported && (
        <p className={classes['warning']}>
          {labels.reported({
            by: actorName(reported.actor, words),
            result: reported.data.passed ? words.timeline.result.passed : words.timeline.result.failed,
            text: reported.data.text,
          })}
        </p>
      )}
      <p className={classes['muted']}>{incident.state === 'checking' ? labels.next : labels.start}</p>
    </Section>
  );
}

function Half(props: {
  readonly photo: EvidenceView | undefined;
  readonly title: string;
  readonly none: string;
  readonly open: (id: string) => void;
}) {
  const { photo, title } = props;
  const words = useWords().work.evidence;
  if (!photo?.hasPicture) return <p className={classes['blank']}>{props.none}</p>;
  const clock = formatClock(Date.parse(photo.capturedAt));
  return (
    <figure>
      <UnstyledButton
        className={classes['thumb']}
        aria-label={words.open({ kind: title, clock })}
        onClick={() => props.open(photo.id)}
      >
        <img className={classes['photo']} src={pictureOf(photo.id)} alt="" />
      </UnstyledButton>
      <figcaption className={classes['caption']}>
        {title} {clock}
      </figcaption>
    </figure>
  );
}
