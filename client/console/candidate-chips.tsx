import type { Candidate } from '../../shared/contract/dispatch.ts';
import { useLive } from '../live/store.ts';
import { formatAge } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './team-card.module.css';

/** What speaks for a team, in a few words each: area, load, licences, age of the position, warnings. */
export function CandidateChips({ candidate }: { readonly candidate: Candidate }) {
  const words = useWords();
  const card = words.detail.card;
  const capacity = useLive((state) => state.picture.teams.get(candidate.teamId)?.capacity);
  const chips = [
    words.codes.zoneRelation[candidate.zone],
    candidate.load === 0
      ? card.idle
      : card.load({ load: candidate.load, capacity: capacity ?? candidate.load + candidate.freeSlots }),
    card.licensed({ licensed: candidate.licensed }),
    card.fit,
    candidate.fix ? card.fixAge({ age: formatAge(candidate.fix.ageSeconds) }) : card.noFix,
  ];
  return (
    <ul className={classes['chips']}>
      {chips.map((chip) => (
        <li key={chip}>{chip}</li>
      ))}
      {candidate.preempts !== null && (
        <li data-warning="true">{card.preempts({ incident: candidate.preempts })}</li>
      )}
      {candidate.warnings.map(({ code }) => (
        <li key={code} data-warning="true">
          {words.codes.warning[code]}
        </li>
      ))}
    </ul>
  );
}
