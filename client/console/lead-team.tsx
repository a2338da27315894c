import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import { unitStatusOf } from '../../shared/contract/frame.ts';
import { useServerNow } from '../live/now.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { useWay } from '../live/way.ts';
import { StatusGlyph } from '../ui/glyphs.tsx';
import { formatMetres, formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './team-card.module.css';
import { stick } from './acts.ts';
import { useNames } from './names.ts';
import { teamStep, type TeamStep } from './team-steps.ts';
import { StoredWhy } from './stored-why.tsx';

/** The assignment that leads an incident, or undefined. */
export const leadAssignment = (
  assignments: ReadonlyMap<number, AssignmentView>,
  incidentId: number,
): AssignmentView | undefined =>
  [...assignments.values()].find(
    (one) => one.incidentId === incidentId && one.isLead && one.endedAt === null,
  );

const next: Readonly<Partial<Record<AssignmentView['state'], TeamStep>>> = {
  offered: 'accept',
  accepted: 'depart',
  en_route: 'arrive',
  on_scene: 'handle',
};

const minutesOf = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

/** The team that has the incident: what it does, how long it has, why it was chosen. */
export function LeadTeam({ assignment }: { readonly assignment: AssignmentView }) {
  const words = useWords();
  const detail = words.detail;
  const names = useNames();
  const nowMs = useServerNow();
  const team = useLive((state) => state.picture.teams.get(assignment.teamId));
  const offline = useLive((state) => state.connection === 'lost');
  const way = useWay(assignment);
  const answers = useMay('assignment.answer');
  const decides = useMay('dispatch.decide');
  const [whyShown, setWhyShown] = useState(false);
  const left =
    assignment.state === 'offered' && assignment.answerBy !== null
      ? Math.ceil((Date.parse(assignment.answerBy) - nowMs) / 1000)
      : null;
  const since =
    assignment.arrivedAt ?? assignment.departedAt ?? assignment.acceptedAt ?? assignment.offeredAt;
  const step = next[assignment.state];
  return (
    <section className={classes['card']} aria-label={detail.team}>
      <div className={classes['head']}>
        <h4 className={classes['title']}>{detail.team}</h4>
        <strong className={classes['team']}>{names.team(assignment.teamId)}</strong>
        {team && <StatusGlyph status={unitStatusOf[team.status]} />}
        <span>{words.codes.assignmentState[assignment.state]}</span>
        <span className={classes['muted']}>{formatTimer((nowMs - Date.parse(since)) / 1000)}</span>
        <span className={classes['space']} />
        {decides && assignment.state !== 'on_scene' && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={offline}
            title={assignment.manual ? detail.releaseHint : detail.keepHint}
            onClick={() => void stick(assignment, !assignment.manual)}
          >
            {assignment.manual ? detail.release : detail.keep}
          </Button>
        )}
        {assignment.decisionId !== null && (
          <Button size="compact-sm" variant="default" onClick={() => setWhyShown(true)}>
            {detail.whyThis}
          </Button>
        )}
      </div>
      <ul className={classes['chips']}>
        {left !== null && (
          <li data-warning={left <= 10}>
            {left > 0 ? detail.answerLeft({ seconds: left }) : detail.answerOver}
          </li>
        )}
        {assignment.movingAt !== null && assignment.state === 'offered' && (
          <li data-warning>{detail.moving}</li>
        )}
        {way && (
          <li>{detail.way({ minutes: minutesOf(way.seconds), distance: formatMetres(way.metres) })}</li>
        )}
        {!way && assignment.etaSeconds !== null && assignment.state !== 'on_scene' && (
          <li>{detail.eta({ minutes: minutesOf(assignment.etaSeconds) })}</li>
        )}
        {assignment.manual && <li>{detail.manual}</li>}
        <li>{words.codes.taskKind[assignment.kind]}</li>
        {assignment.supervisor && <li>{detail.supervisor(assignment.supervisor)}</li>}
      </ul>
      {step && answers && (
        <div className={classes['line']}>
          <span className={classes['muted']}>{words.console.units.onWord}</span>
          <Button
            size="compact-sm"
            variant="default"
            disabled={offline}
            onClick={() => void teamStep(assignment, step)}
          >
            {words.console.units.steps[step]}
          </Button>
        </div>
      )}
      {whyShown && assignment.decisionId !== null && (
        <StoredWhy
          incidentId={assignment.incidentId}
          decisionId={assignment.decisionId}
          close={() => setWhyShown(false)}
        />
      )}
    </section>
  );
}
