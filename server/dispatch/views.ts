import { choose } from '../../shared/rules/dispatch/choose.ts';
import { evaluate } from '../../shared/rules/dispatch/evaluate.ts';
import { ofPriority } from '../../shared/rules/dispatch/policy.ts';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { Shortfall } from '../../shared/contract/dispatch.ts';
import type { Situation } from '../../shared/rules/dispatch/situation.ts';
import type { View } from './claim.ts';
import type { IncidentRow } from '../incidents/store.ts';
import { momentAt, type Moment } from './moment.ts';
import { lookAt, situationOf, type Look, type Scene, type SceneWish } from './scene.ts';
import { subjectOf, type Subject } from './subject.ts';

/** How far a look reaches and what stands against single teams. */
export interface Reach {
  /** Null: as the line says. */
  readonly kind: TaskKind | null;
  /** Of the incident's needs; 0 is the lead's. */
  readonly line: number;
  readonly round: number;
  /** Null: the whole town. */
  readonly radiusMetres: number | null;
  readonly exclusions: Situation['exclusions'];
  /** Whom a person named to answer for auxiliaries. */
  readonly supervisorId?: number | null;
}

/** The whole town, first round, nobody excluded: what a person looks at. */
export const townWide = (
  kind: TaskKind | null = null,
  exclusions: Situation['exclusions'] = [],
  round = 1,
  line = 0,
): Reach => ({ kind, line, round, radiusMetres: null, exclusions });

/** Looks at the town for one incident and judges every team. `named` is in it whatever it does. */
export async function viewOf(
  look: Look,
  row: IncidentRow,
  reach: Reach,
  named: readonly number[] = [],
  known?: Moment,
): Promise<View> {
  const moment = known ?? (await momentAt(look));
  return viewFor(look, await subjectOf(look, row, moment), reach, named, moment);
}

/**
 * The same for a subject. In a town with very many teams the list of the nearest grows until enough of them may go;
 * with a radius it stops where the list reaches beyond it.
 */
export async function viewFor(
  look: Look,
  subject: Subject,
  reach: Reach,
  named: readonly number[] = [],
  known?: Moment,
): Promise<View> {
  const moment = known ?? (await momentAt(look));
  const { shortlist } = moment.inForce.policy;
  const remaining: SceneWish['remaining'] = (policy) =>
    ofPriority(policy.preempt.over, subject.priority).length > 0 || policy.capacity > 1;
  for (const size of [...shortlist.sizes, null]) {
    const scene = await lookAt(look, { named, near: subject, size, remaining }, moment);
    const view = await viewIn(scene, subject, reach);
    const { count, radiusMetres } = scene.notEvaluated;
    const reached =
      radiusMetres !== null && reach.radiusMetres !== null && radiusMetres >= reach.radiusMetres;
    if (count === 0 || size === null || reached) return view;
    if (choose(view.candidates).ranking.length >= shortlist.minimumEligible) return view;
  }
  throw new Error('a list of sizes ends with the whole town');
}

/** Judges every team of a scene for one incident. */
async function viewIn(scene: Scene, subject: Subject, reach: Reach): Promise<View> {
  const situation = await situationOf(scene, subject, reach);
  return { scene, subject, situation, candidates: evaluate(situation, scene.inForce.policy, scene.at) };
}

/** Team ids of a view, best first. */
export const rankingOf = ({ candidates }: View) => choose(candidates).ranking.map(({ teamId }) => teamId);

/** Why nobody can go. */
export const shortfallOf = ({ candidates }: View): readonly Shortfall[] => choose(candidates).shortfall;
