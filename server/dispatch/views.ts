import { choose } from '../../shared/rules/dispatch/choose.ts';
import { evaluate } from '../../shared/rules/dispatch/evaluate.ts';
import { ofPriority } from '../../shared/rules/dispatch/policy.ts';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { Shortfall } from '../../shared/contract/dispatch.ts';
import type { Situation } from '../../shared/rules/dispatch/situation.ts';
import type { View } from './claim.ts';
import { lookAt, situationOf, type Look, type Scene } from './scene.ts';
import type { Subject } from './subject.ts';

/** How far a look reaches and what stands against single teams. */
export interface Reach {
  readonly kind: TaskKind;
  readonly round: number;
  /** Null: the whole town. */
  readonly radiusMetres: number | null;
  readonly exclusions: Situation['exclusions'];
}

/** The whole town, first round, nobody excluded: what a person looks at. */
export const townWide = (
  kind: TaskKind = 'handle',
  exclusions: Situation['exclusions'] = [],
  round = 1,
): Reach => ({ kind, round, radiusMetres: null, exclusions });

/** Looks at the town for one incident and judges every team. `named` is in it whatever it does. */
export async function viewFor(
  look: Look,
  subject: Subject,
  reach: Reach,
  named: readonly number[] = [],
): Promise<View> {
  const scene = await lookAt(look, {
    named,
    near: subject,
    remaining: (policy) =>
      ofPriority(policy.preempt.over, subject.priority).length > 0 || policy.capacity > 1,
  });
  return viewIn(scene, subject, reach);
}

/** Judges every team of a scene for one incident. */
async function viewIn(scene: Scene, subject: Subject, reach: Reach): Promise<View> {
  const situation = await situationOf(scene, subject, reach);
  return { scene, situation, candidates: evaluate(situation, scene.inForce.policy, scene.at) };
}

/** Team ids of a view, best first. */
export const rankingOf = ({ candidates }: View) => choose(candidates).ranking.map(({ teamId }) => teamId);

/** Why nobody can go. */
export const shortfallOf = ({ candidates }: View): readonly Shortfall[] => choose(candidates).shortfall;
