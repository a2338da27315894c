import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { LineView, Policy, Recommendation } from '../../shared/contract/dispatch.ts';
import type { IncidentId, ZoneId } from '../../shared/contract/ids.ts';
import { needsLicensed } from '../../shared/rules/dispatch/crew.ts';
import { fillLines } from '../../shared/rules/dispatch/lines.ts';
import { supervisorsOf } from '../../shared/rules/dispatch/supervisor.ts';
import type { Situation, TeamFacts } from '../../shared/rules/dispatch/situation.ts';
import { Refused } from '../kernel/refused.ts';
import { endStates, findIncident, findMatter, needsOfMatter, type IncidentRow } from '../incidents/store.ts';
import type { View } from './claim.ts';
import { policyAt } from './policies.ts';
import { queueOf } from './queue.ts';
import { findLoop } from './store-loops.ts';
import type { Look } from './scene.ts';
import { assignmentsOf } from './store.ts';
import { type Subject } from './subject.ts';
import { linesOf, needsSeveral, refusalsOf } from './support.ts';
import { shortfallOf, townWide, viewFor, viewOf } from './views.ts';

/**
 * The card of an incident: every team on duty as it stands now, best first, with the reasons against the others. It
 * looks at the whole town, since a person may choose beyond the radius of a round.
 */
export async function recommend(
  look: Look,
  incidentId: number,
  asked: Asked = { line: 0 },
): Promise<Recommendation> {
  const row = await findIncident(look.db, incidentId);
  if (!row) throw new Refused('incident_unknown', { incidentId });
  if (endStates.includes(row.state)) throw new Refused('incident_ended', { incidentId, state: row.state });
  if (asked.line >= (row.needs?.length ?? 1) && asked.line > 0)
    throw new Refused('need_unknown', { incidentId, line: asked.line });
  return recommendFor(look, row, asked);
}

/** For which task, and for which line of what the incident needs. */
interface Asked {
  readonly kind?: TaskKind | undefined;
  readonly line: number;
}

/** The same for an incident that was loaded already and is open. */
export async function recommendFor(
  look: Look,
  row: IncidentRow,
  { kind, line }: Asked = { line: 0 },
): Promise<Recommendation> {
  const loop = (await findLoop(look.db, row.id))?.loop;
  const rows = needsSeveral(row) ? await assignmentsOf(look.db, row.id) : [];
  const exclusions =
    line === 0 ? loop?.exclusions : refusalsOf(rows, line, (await policyAt(look.db, look.at)).policy);
  const view = await viewOf(look, row, townWide(kind ?? null, exclusions, loop?.round, line));
  const lines = lineViews(linesOf(view, rows, loop?.exclusions), view.scene.inForce.policy, look.at);
  const card = { ...cardOf(view, row.id as IncidentId), lines };
  if (row.state !== 'filed' || card.shortfall.length === 0) return card;
  const queue = await queueOf(look, row);
  return { ...card, ...(queue && { queue }) };
}

/** What each line has, whom it would get next, and why it lacks somebody. */
function lineViews(lines: readonly Situation[], policy: Policy, at: number): LineView[] {
  const { fills } = fillLines(lines, policy, at);
  return lines.map(({ incident, line, teams }) => {
    const fill = fills.find((one) => one.line === line.line)!;
    const serves = ({ assignments }: TeamFacts) =>
      assignments.some((held) => held.incidentId === incident.incidentId && held.line === line.line);
    return {
      line: line.line,
      kind: line.taskKind,
      count: line.count,
      skills: [...line.skills],
      kit: [...line.kit],
      teamIds: teams.filter(serves).map(({ teamId }) => teamId),
      nextTeamIds: [...fill.teamIds],
      lacking: fill.lacking + fill.teamIds.length,
      shortfall: [...fill.shortfall],
    };
  });
}

/** An incident that is still being typed. */
export interface Draft {
  readonly lng: number;
  readonly lat: number;
  readonly zoneId: number | null;
  readonly matterCode: string | null;
}

/** The card of a draft: the place, and what its matter would need. */
export async function preview(look: Look, draft: Draft): Promise<Recommendation> {
  const matter = draft.matterCode === null ? undefined : await findMatter(look.db, draft.matterCode, look.at);
  const subject: Subject = {
    // the core sorts by number; a draft has none yet and comes first
    incidentId: 0 as IncidentId,
    priority: matter?.priority ?? 3,
    lng: draft.lng,
    lat: draft.lat,
    cellId: null,
    zoneId: draft.zoneId as ZoneId | null,
    matterCode: draft.matterCode,
    matterVersion: matter?.version ?? null,
    field: matter?.field ?? null,
    needs: needsOfMatter(matter),
    recusalKeys: [],
    waitingSinceAt: look.at,
  };
  return cardOf(await viewFor(look, subject, townWide()), null);
}

/** The wire form of a look at the town. */
export const cardOf = (view: View, incidentId: IncidentId | null): Recommendation => {
  const { incident, line, notEvaluated } = view.situation;
  return {
    incidentId,
    at: view.scene.at,
    line: line.line,
    taskKind: line.taskKind,
    round: incident.round,
    radiusMetres: incident.radiusMetres,
    candidates: [...view.candidates],
    notEvaluated: { ...notEvaluated },
    shortfall: [...shortfallOf(view)],
    ...(!needsLicensed(line.taskKind) && {
      supervision: {
        personId: line.supervisorId,
        choices: supervisorsOf(view.situation, view.scene.at),
      },
    }),
  };
};
