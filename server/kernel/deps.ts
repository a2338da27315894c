import type { Knex } from 'knex';
import type { Config } from './config.ts';
import type { Fault } from './fault.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Wake } from './wake.ts';

/** Everything that a command may reach: the database, the clock, fresh ids, the log. Nothing else is global. */
export interface Deps {
  readonly db: Knex;
  readonly engine: 'embedded' | 'postgresql';
  /** Business time in milliseconds since 1970, UTC. The hand-held clock of the tests replaces it. */
  readonly now: () => number;
  /** A fresh UUID. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly config: Config;
  readonly wake: Wake;
  readonly metrics: Metrics;
  readonly fault: Fault;
  /** True in the embedded demo town: known sign-ins exist and are shown. */
  readonly demo: boolean;
}
