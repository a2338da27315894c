import type { Deps } from './deps.ts';

/** A phone may be without a network for a month and then repeat what it sent: so long its answers are kept. */
const keptMs = 31 * 86_400_000;
const hourMs = 3_600_000;

const sweptAt = new WeakMap<Deps, number>();

/** Forgets, once an hour, the answers of commands that nobody repeats any more. */
export async function sweepKeys(deps: Deps): Promise<void> {
  const at = deps.now();
  if (at - (sweptAt.get(deps) ?? -Infinity) < hourMs) return;
  sweptAt.set(deps, at);
  await deps
    .db('idempotency')
    .where('at', '<', new Date(at - keptMs))
    .delete();
}
