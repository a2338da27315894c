import { Button } from '@mantine/core';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { repairProblem, showProblem } from '../problem-acts.ts';
import classes from './bottom-panel.module.css';
import { WaiveForm } from './waive-form.tsx';
import { problemSentence } from './problem-words.ts';

/** Problems that a person may let stand with a reason. */
const mayWaive: ReadonlySet<string> = new Set(['zone_split', 'cell_orphaned']);

/** Everything that speaks against the plan: where it is, why, and the safe repair where there is one. */
export function ProblemsTab() {
  const words = useWords().studio.problems;
  const picture = useDesk((state) => state.picture);
  const draft = useDesk((state) => state.sync !== null);
  const chosen = useDesk((state) => state.problem);
  if (!picture) return null;
  if (picture.problems.length === 0) return <p className={classes['empty']}>{words.none}</p>;
  return (
    <ul className={classes['list']} aria-label={words.title}>
      {picture.problems.map((problem, i) => (
        <li
          key={`${problem.name}-${problem.zoneId ?? problem.teamId ?? problem.village ?? ''}-${problem.cellIds[0] ?? i}`}
          data-chosen={i === chosen}
        >
          <span className={classes['severity']} data-severity={problem.severity}>
            {words[problem.severity]}
          </span>
          <span className={classes['grow']}>{problemSentence(problem)}</span>
          <Button size="compact-sm" variant="default" onClick={() => showProblem(i)}>
            {words.show}
          </Button>
          {draft && problem.zoneId !== undefined && mayWaive.has(problem.name) && (
            <WaiveForm zoneId={problem.zoneId} />
          )}
          {problem.repair && draft && (
            <Button size="compact-sm" onClick={() => repairProblem(problem)}>
              {words.repair({ cells: problem.repair.length })}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
