import type { PlanProblem } from '../../../shared/rules/zones/problems.ts';
import { desk, zoneNumber } from '../desk.ts';
import { wordsNow } from '../say.ts';

/** More cells than these are shown on the map, not named. */
const mostNamed = 4;

/** A problem as a sentence; a few cells are named, so that two problems of one kind can be told apart. */
export function problemSentence(problem: PlanProblem): string {
  const sentence = plainSentence(problem);
  const named = /^(?:cell_|zone_split)/.test(problem.name) && problem.cellIds.length <= mostNamed;
  const { graph } = desk().ground ?? {};
  if (!named || !graph) return sentence;
  const codes = problem.cellIds.map(
    (id) => graph.codes[graph.indexOf.get(id) ?? -1]?.slice(-6) ?? String(id),
  );
  return wordsNow().studio.problems.which({ sentence, codes: codes.join(', ') });
}

function plainSentence(problem: PlanProblem): string {
  const words = wordsNow().studio.problems.sentences;
  const { ground } = desk();
  const zone = zoneNumber(problem.zoneId ?? null);
  const cells = problem.cellIds.length;
  const percent = Math.round((problem.value ?? 0) * 100);
  switch (problem.name) {
    case 'team_unplaced':
      return words.team_unplaced({
        team: ground?.teamCodes.get(problem.teamId as never) ?? String(problem.teamId),
      });
    case 'village_divided':
      return words.village_divided({
        village: ground?.villageNames.get(problem.village ?? '') ?? problem.village ?? '',
        zones: problem.value ?? 0,
      });
    case 'workload_uneven':
      return words.workload_uneven({ zone, percent });
    case 'zone_ragged':
      return words.zone_ragged({ zone, compactness: (problem.value ?? 0).toFixed(2) });
    case 'cell_unassigned':
    case 'cell_orphaned':
    case 'zone_split':
    case 'zone_holed':
      return words[problem.name]({ zone, cells });
    case 'zone_empty':
    case 'zone_unstaffed':
      return words[problem.name]({ zone });
    default:
      return words[problem.name];
  }
}
