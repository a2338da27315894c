import { openBroker } from './templates.ts';

/** Runs once around a whole run of tests; databases are made when the first test asks, and all are stopped. */
export async function setup(): Promise<() => Promise<void>> {
  return openBroker();
}
