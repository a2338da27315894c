import { createHash } from 'node:crypto';
import type { Client, QueryConfig } from 'pg';

/** A text that came so often is worth a plan that the connection keeps. */
const seenOften = 3;
/** Most texts that are counted, so that lists of every length do not fill the memory. */
const mostTexts = 1_000;

const seen = new Map<string, { times: number; readonly name: string }>();

type Told = (error: Error | null, answer?: unknown) => void;

/**
 * Lets a connection keep the plans of the statements that come again and again: of a command on the town half of the
 * database's time goes into planning. Only for a server of its own: the embedded engine has one session for all.
 * A connection whose plans went stale, because a migration changed a table, is not used again.
 */
export function keepPlans(client: Client & { __knex__disposed?: Error }): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((config: unknown, ...rest: unknown[]) => {
    const tell = rest.at(-1) as Told | undefined;
    const watch: Told = (error, answer) => {
      if (error && isStalePlan(error)) client.__knex__disposed = error;
      tell!(error, answer);
    };
    return query(named(config), ...(typeof tell === 'function' ? [...rest.slice(0, -1), watch] : rest));
  }) as Client['query'];
}

/** A table of a kept plan has got other columns since. */
export const isStalePlan = ({ code, message }: { code?: unknown; message?: unknown }): boolean =>
  code === '0A000' &&
  typeof message === 'string' &&
  message.endsWith('cached plan must not change result type');

function named(config: unknown): unknown {
  const { text, values, name } = (config ?? {}) as Partial<QueryConfig<unknown[]>>;
  if (typeof text !== 'string' || name !== undefined || !values?.length || 'submit' in (config as object))
    return config;
  const known = seen.get(text);
  if (!known) {
    if (seen.size < mostTexts)
      seen.set(text, { times: 1, name: createHash('sha1').update(text).digest('base64url') });
    return config;
  }
  known.times += 1;
  return known.times < seenOften ? config : { ...(config as QueryConfig), name: known.name };
}
