import { Button } from '@mantine/core';
import type { Candidate } from '../../shared/contract/dispatch.ts';
import { lawCodes } from '../../shared/rules/dispatch/manual.ts';
import { useLive } from '../live/store.ts';
import { useWords } from '../words/words.tsx';
import { chooseTeam } from './choose-team.ts';
import { useNames } from './names.ts';
import { whyNot } from './reason-sentence.ts';
import classes from './team-card.module.css';

/** Every team that is not on the list, with its reason; one may be sent all the same where no law forbids it. */
export function OtherTeams(props: {
  readonly incidentId: number;
  readonly candidates: readonly Candidate[];
  readonly notEvaluated: number;
}) {
  const words = useWords();
  const card = words.detail.card;
  const names = useNames();
  const offline = useLive((state) => state.connection === 'lost');
  if (props.candidates.length === 0) return null;
  return (
    <details className={classes['others']}>
      <summary>{card.others({ count: props.candidates.length })}</summary>
      <ul className={classes['list']}>
        {props.candidates.map((candidate) => {
          const codes = candidate.reasons.map(({ code }) => code);
          const bound = codes.some((code) => lawCodes.includes(code));
          const full = codes.includes('slot_full');
          return (
            <li key={candidate.teamId} className={classes['row']}>
              <div className={classes['grow']}>
                <strong className={classes['team']}>{names.team(candidate.teamId)}</strong>{' '}
                <span>
                  {candidate.rank === null
                    ? whyNot(candidate, words, names.person)
                    : card.rank({ rank: candidate.rank })}
                </span>
                {bound && <div className={classes['muted']}>{card.law}</div>}
              </div>
              {!bound && !full && (
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={offline}
                  onClick={() => chooseTeam(props.incidentId, candidate)}
                >
                  {card.overrule}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {props.notEvaluated > 0 && (
        <p className={classes['muted']}>{card.notEvaluated({ count: props.notEvaluated })}</p>
      )}
    </details>
  );
}
