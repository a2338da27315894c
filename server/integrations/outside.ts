import type { Deps } from '../kernel/deps.ts';
import { readHosts, systemResolve, type Network } from './guard.ts';

/** Seals what must not be read in the database (server/enforcement/seal.ts; app.ts gives it). */
export interface Box {
  close(context: string, clear: Uint8Array | string): Buffer;
  open(context: string, sealed: Uint8Array): Buffer;
}

/** What everything here stands on: the running product, its seal, and what may be reached outside. */
export interface Outside {
  readonly deps: Deps;
  readonly box: Box;
  readonly network: Network;
}

/** The operator's list of hosts is read at each use: the environment does not change, tests may. */
export const outsideOf = (deps: Deps, box: Box): Outside => ({
  deps,
  box,
  network: {
    get privateHosts() {
      return readHosts(deps.config.PRIVATE_HOSTS);
    },
    resolve: systemResolve,
  },
});
