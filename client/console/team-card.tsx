import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { Candidate, Recommendation } from '../../shared/contract/dispatch.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useCard } from '../live/card.ts';
import { useLive } from '../live/store.ts';
import { formatClock, formatMetres } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { dispatchBySystem } from './acts.ts';
import { CandidateChips } from './candidate-chips.tsx';
import { chooseTeam, ranked } from './choose-team.ts';
import classes from './team-card.module.css';
import { useNames } from './names.ts';
import { needSentence } from '../words/needs-sentence.ts';
import { OtherTeams } from './other-teams.tsx';
import { OverrideAsk } from './override-ask.tsx';
import { shortfallSentence } from './reason-sentence.ts';
import { useRoom } from './room.ts';
import { TaskFields } from './task-fields.tsx';
import { WhyDialog } from './why-dialog.tsx';

const shown = 5;

/** Who should go, why, and why not the others. */
export function TeamCard(props: {
  readonly incident: IncidentView;
  readonly lead: AssignmentView | undefined;
}) {
  const { incident, lead } = props;
  const everything = useWords();
  const words = everything.detail.card;
  const wish = useRoom((state) => state.wish);
  const { data: card } = useCard(incident.id, true, wish);
  const taken = wish.line === 0 ? lead : undefined;
  const need = wish.line > 0 ? incident.needs?.[wish.line] : undefined;
  const title = taken ? words.reassignTitle : words.title;
  const overriding = useRoom((state) => state.overriding);
  const [whyShown, setWhyShown] = useState(false);
  const list = card ? ranked(card.candidates) : [];
  const others = card ? card.candidates.filter((one) => one.rank === null || one.rank > shown) : [];
  const box = useRef<HTMLElement>(null);
  const asked = taken !== undefined && card !== undefined;
  // whoever asked for another team sees who may go, though the card stands below what is there already
  useEffect(() => {
    if (asked) box.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  return (
    <section ref={box} className={classes['card']} aria-label={title}>
      <div className={classes['head']}>
        <h4 className={classes['title']}>{title}</h4>
        {need && <span>{needSentence(need, everything)}</span>}
        {card && <span className={classes['muted']}>{words.asOf({ clock: formatClock(card.at) })}</span>}
        <span className={classes['space']} />
        {card && (
          <Button size="compact-sm" variant="default" onClick={() => setWhyShown(true)}>
            {words.why}
          </Button>
        )}
      </div>
      {card && <TaskFields card={card} />}
      {!card && <p className={classes['muted']}>{words.loading}</p>}
      {card && list.length === 0 && <Nobody card={card} />}
      <ol className={classes['list']}>
        {list.slice(0, shown).map((candidate) => (
          <CandidateRow
            key={candidate.teamId}
            incidentId={incident.id}
            candidate={candidate}
            reassigning={taken !== undefined}
          />
        ))}
      </ol>
      {overriding?.incidentId === incident.id && (
        <OverrideAsk key={overriding.teamId} overriding={overriding} lead={taken} />
      )}
      {card && (
        <OtherTeams incidentId={incident.id} candidates={others} notEvaluated={card.notEvaluated.count} />
      )}
      {!lead && incident.state === 'filed' && wish.line === 0 && (
        <Button size="compact-sm" variant="default" onClick={() => void dispatchBySystem(incident.id)}>
          {words.system}
        </Button>
      )}
      {card && (
        <WhyDialog
          opened={whyShown}
          close={() => setWhyShown(false)}
          candidates={card.candidates}
          note={words.asOf({ clock: formatClock(card.at) })}
        />
      )}
    </section>
  );
}

function CandidateRow(props: {
  readonly incidentId: number;
  readonly candidate: Candidate;
  readonly reassigning: boolean;
}) {
  const { candidate } = props;
  const words = useWords().detail.card;
  const names = useNames();
  const team = names.team(candidate.teamId);
  const offline = useLive((state) => state.connection === 'lost');
  const rank = candidate.rank!;
  return (
    <li className={classes['row']} data-first={rank === 1}>
      <kbd className={classes['rank']}>{rank}</kbd>
      <div className={classes['grow']}>
        <div className={classes['line']}>
          <strong className={classes['team']}>{team}</strong>
          <span className={classes['eta']}>
            {candidate.etaSeconds === null
              ? '—'
              : words.minutes({ minutes: Math.max(1, Math.round(candidate.etaSeconds / 60)) })}
          </span>
          <span className={classes['muted']}>
            {candidate.distanceMetres === null ? '' : formatMetres(candidate.distanceMetres)}
          </span>
        </div>
        <CandidateChips candidate={candidate} />
      </div>
      <Button
        size="compact-sm"
        variant={rank === 1 ? 'filled' : 'default'}
        disabled={offline}
        aria-label={words.assign({ rank, team })}
        onClick={() => chooseTeam(props.incidentId, candidate)}
      >
        {props.reassigning ? words.reassignButton : words.assignButton}
      </Button>
    </li>
  );
}

/** Nobody can go: how many teams each reason stops. */
function Nobody({ card }: { readonly card: Recommendation }) {
  const words = useWords();
  return (
    <div className={classes['nobody']}>
      <strong>{words.detail.card.none}</strong>
      <ul>
        {card.shortfall.map((one) => (
          <li key={one.code}>{shortfallSentence(one, words)}</li>
        ))}
      </ul>
      {card.queue && (
        <p>
          {words.detail.card.queue(card.queue)}
          {card.queue.expectedStartAt !== null && (
            <>
              {' · '}
              {words.detail.card.queueStart({ clock: formatClock(card.queue.expectedStartAt).slice(0, 5) })}
            </>
          )}
        </p>
      )}
      {card.candidates.length > 0 && <p className={classes['muted']}>{words.detail.card.overruleHint}</p>}
    </div>
  );
}
