import type { Handlers } from '../kernel/route.ts';
import type { Deps } from '../kernel/deps.ts';
import { Deliverer } from './deliver.ts';
import { Ladder } from './ladder.ts';
import { outsideOf, type Box } from './outside.ts';
import { Robots } from './robots.ts';
import { integrationHandlers } from './routes.ts';

/** Everything that goes out of the product, at work. */
export interface Integrations {
  readonly handlers: ReturnType<typeof integrationHandlers> & Partial<Handlers>;
  /** Makes and sends what is due; nobody waits for a receiver. */
  tick(): Promise<void>;
  /** Waits for what is being sent. */
  close(): Promise<void>;
}

export function startIntegrations(deps: Deps, box: Box): Integrations {
  const outside = outsideOf(deps, box);
  const robots = new Robots(outside);
  const deliverer = new Deliverer(outside);
  const ladder = new Ladder(outside, robots);
  return {
    handlers: integrationHandlers(outside, robots),
    async tick() {
      await ladder.tick();
      await deliverer.tick();
    },
    async close() {
      await Promise.all([ladder.idle(), deliverer.idle()]);
    },
  };
}
