import type { PlanProblem } from '../../shared/rules/zones/problems.ts';
import { propose } from './acts.ts';
import { desk, setDesk } from './desk.ts';
import { studioMap } from './map-handle.ts';
import { tell } from './say.ts';
import { problemSentence } from './panels/problem-words.ts';

/** Shows a problem on the map and in the list. */
export function showProblem(index: number): void {
  const { picture, ground } = desk();
  const problem = picture?.problems[index];
  if (!problem || !ground) return;
  setDesk({ problem: index, bottomTab: 'problems' });
  const cells = cellsOf(problem);
  if (cells.length > 0) studioMap()?.showCells(cells);
  tell(problemSentence(problem));
}

/** The cells of a problem by number; those of the zone when it names none. */
export function cellsOf(problem: PlanProblem): readonly number[] {
  const { ground, picture } = desk();
  if (!ground || !picture) return [];
  if (problem.cellIds.length > 0) return problem.cellIds.flatMap((id) => ground.graph.indexOf.get(id) ?? []);
  if (problem.zoneId === undefined) return [];
  return [...picture.assignment.keys()].filter((cell) => picture.assignment[cell] === problem.zoneId);
}

/** Walks through the problems, round and round. */
export function nextProblem(step: 1 | -1): void {
  const { picture, problem } = desk();
  const count = picture?.problems.length ?? 0;
  if (count > 0) showProblem((problem + step + count) % count);
}

/** Puts the safe repair of a problem on the table as a pending selection. */
export function repairProblem(problem: PlanProblem): void {
  if (problem.repair) propose(problem.repair, 'suggestion');
}
