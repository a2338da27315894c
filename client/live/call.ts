import { create } from 'zustand';
import type { Body, Output, Params, Query } from '../../shared/contract/api.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import type { RefusalCode } from '../../shared/contract/refusals.ts';
import { apiBase, routes, type Route, type RouteName } from '../../shared/contract/routes.ts';

/** What a call carries; parts that a route does not have must be absent. */
export interface CallParts<N extends RouteName> {
  readonly params?: Params<N>;
  readonly query?: Query<N>;
  readonly body?: Body<N>;
  /** The idempotency key of an act that is tried again; a new one otherwise. */
  readonly key?: string;
}

/** The server said no, or could not answer; `code` has its sentence in words. */
export class CallRefused extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** Number of a bug in the log. */
  readonly id: string | null;
  constructor(problem: Pick<Problem, 'status'> & Partial<Problem>) {
    super(problem.title ?? problem.code ?? 'no answer');
    this.code = (problem.code ?? 'database_unavailable') as RefusalCode;
    this.status = problem.status;
    this.detail = problem.detail ?? {};
    this.errors = problem.errors ?? [];
    this.id = problem.id ?? null;
  }
}

const pausesMs = [250, 1000, 3000];
const longestPauseMs = 30_000;

/** When the next attempt at a busy server is made, on the machine's clock; null while it answers. */
export const useAway = create<{ readonly retryAtMs: number | null }>()(() => ({ retryAtMs: null }));

/** The pause that a busy server asks for, ms; null when it names none. */
const askedPauseMs = (answer: Response | null): number | null => {
  const seconds = Number(answer?.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? Math.min(longestPauseMs, seconds * 1000) : null;
};

/** Calls an endpoint by its name. Tries again with the same key when the server is away; throws CallRefused. */
export async function call<N extends RouteName>(name: N, parts: CallParts<N> = {}): Promise<Output<N>> {
  const route: Route = routes[name];
  const key = parts.key ?? crypto.randomUUID();
  for (let attempt = 0; ; attempt++) {
    const answer = await send(route, parts, key);
    if (answer?.ok) {
      if (useAway.getState().retryAtMs !== null) useAway.setState({ retryAtMs: null });
      return (await answer.json()) as Output<N>;
    }
    const refused = answer ? await refusedBy(answer) : new CallRefused({ status: 0 });
    const planned = pausesMs[attempt];
    const away = refused.status === 0 || refused.status === 503;
    if (!away || planned === undefined) {
      useAway.setState({ retryAtMs: null });
      throw refused;
    }
    const pauseMs = askedPauseMs(answer) ?? planned * (0.75 + Math.random() / 2);
    if (refused.status === 503) useAway.setState({ retryAtMs: Date.now() + pauseMs });
    await new Promise((done) => setTimeout(done, pauseMs));
  }
}

/** The parts of a call without their names. */
interface Loose {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** Path and query of a call below the origin. */
export function addressOf(route: Route, parts: Loose): string {
  const params = (parts.params ?? {}) as Record<string, unknown>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(
    (parts.query ?? {}) as Record<string, string | number | boolean | null | undefined>,
  ))
    if (value !== undefined && value !== null) query.set(name, String(value));
  const search = query.toString();
  return `${apiBase}${path}${search ? `?${search}` : ''}`;
}

async function send(route: Route, parts: Loose, key: string): Promise<Response | null> {
  const mutation = route.method !== 'get';
  const headers: Record<string, string> = { accept: 'application/json' };
  if (mutation) headers['content-type'] = 'application/json';
  if (mutation && !route.keyless) headers['idempotency-key'] = key;
  try {
    return await fetch(addressOf(route, parts), {
      method: route.method.toUpperCase(),
      headers,
      credentials: 'same-origin',
      ...(mutation ? { body: JSON.stringify(parts.body ?? {}) } : {}),
    });
  } catch {
    return null;
  }
}

async function refusedBy(response: Response): Promise<CallRefused> {
  try {
    return new CallRefused({ ...((await response.json()) as Problem), status: response.status });
  } catch {
    return new CallRefused({
      status: response.status,
      code: response.status >= 500 ? 'bug' : 'body_malformed',
    });
  }
}
