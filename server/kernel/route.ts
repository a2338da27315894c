import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { api, type Output, type Parsed, type Shape } from '../../shared/contract/api.ts';
import type { Action } from '../../shared/contract/actions.ts';
import type { RefusalCode } from '../../shared/contract/refusals.ts';
import { routes, type Route, type RouteName } from '../../shared/contract/routes.ts';
import type { Deps } from './deps.ts';
import { Refused, refuseIf } from './refused.ts';
import { transact, type Actor, type Tx } from './transact.ts';

/** One request, parsed and permitted. */
export interface Call<N extends RouteName> {
  readonly deps: Deps;
  readonly actor: Actor;
  readonly params: Parsed<N, 'params'>;
  readonly query: Parsed<N, 'query'>;
  readonly body: Parsed<N, 'body'>;
  readonly request: Request;
  readonly response: Response;
}

export type Handler<N extends RouteName> =
  | { readonly kind: 'read'; readonly run: (call: Call<N>) => Promise<Output<N>> }
  | { readonly kind: 'command'; readonly run: (tx: Tx, call: Call<N>) => Promise<Output<N>> };

/** Every endpoint of the contract with its handler: a route without one does not compile in app.ts. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };

/** An endpoint that changes nothing, or guards its own change (signing in, taking positions). */
export const read = <N extends RouteName>(run: (call: Call<N>) => Promise<Output<N>>): Handler<N> => ({
  kind: 'read',
  run,
});

/** An endpoint that is one command: one transaction, idempotent by its key, facts in the ledger. */
export const command = <N extends RouteName>(
  run: (tx: Tx, call: Call<N>) => Promise<Output<N>>,
): Handler<N> => ({
  kind: 'command',
  run,
});

/** How the edge learns who asks and what that person may do; given by app.ts, since the kernel knows no domain. */
export interface Gate {
  authenticate(request: Request): Promise<Actor | undefined>;
  permit(actor: Actor, action: Action): RefusalCode | null;
}

const publicActor: Actor = { kind: 'public', id: null, name: 'public', role: 'public', teamId: null };

/** Mounts the whole contract: parse -> authenticate -> permit -> run -> answer, written once. */
export function mount(router: Router, deps: Deps, handlers: Handlers, gate: Gate): void {
  // still paths first, so that /incidents/preview is not taken for an id
  const names = (Object.keys(routes) as RouteName[]).sort(
    (a, b) => Number(routes[a].path.includes(':')) - Number(routes[b].path.includes(':')),
  );
  for (const name of names) {
    const route: Route = routes[name];
    router[route.method](route.path, (request, response) => serve(name, route, request, response));
  }

  async function serve(name: RouteName, route: Route, request: Request, response: Response): Promise<void> {
    const stop = deps.metrics.httpSeconds.startTimer({ route: name });
    response.once('finish', () => stop({ code: response.statusCode }));
    const actor = (await gate.authenticate(request)) ?? publicActor;
    if (route.action !== null) {
      if (actor.role === 'public') throw new Refused('signin_missing');
      refuseIf(gate.permit(actor, route.action));
    }
    const shape: Shape = api[name];
    const call = {
      deps,
      actor,
      params: parse(shape.params, request.params, 'params'),
      query: parse(shape.query ?? z.strictObject({}), request.query, 'query'),
      body:
        route.method === 'get'
          ? undefined
          : parse(shape.body ?? z.strictObject({}), request.body ?? {}, 'body'),
      request,
      response,
    } as unknown as Call<RouteName>;
    const handler = handlers[name] as unknown as Handler<RouteName>;
    const output =
      handler.kind === 'read'
        ? await handler.run(call)
        : await transact(deps, actor, (tx) => handler.run(tx, call), idempotent(route, request));
    deps.fault('before-answer');
    response.json(output);
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function idempotent(route: Route, request: Request) {
  if (route.keyless) return undefined;
  const key = request.header('idempotency-key');
  if (!key || !uuid.test(key))
    throw new Refused('key_missing', { header: 'Idempotency-Key', expected: 'a UUID' });
  return {
    key: key.toLowerCase(),
    route: `${request.method} ${request.path}`,
    body: request.body as unknown,
  };
}

/**
 * Parses one part; names each wrong field. A field that nobody knows is 400, a wrong value 422. The character
 * U+0000 is wrong everywhere: a database of text cannot keep it.
 */
export function parse(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const unkept = withNul(value, part);
  const nul = unkept === undefined ? [] : [{ path: unkept, message: 'the character U+0000 is not allowed' }];
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    if (nul.length > 0) throw new Refused('fields_invalid', {}, nul);
    return parsed.data;
  }
  const found = parsed.error.issues.slice(0, 20).flatMap((issue) => {
    const at = [part, ...issue.path.map(String)];
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...at, key].join('.'), message: 'unknown field: leave it out' }))
      : [{ path: at.join('.'), message: issue.message }];
  });
  const errors = [...nul, ...found];
  const crs = parsed.error.issues.find((issue) => issue.path.at(-1) === 'crs');
  if (crs) {
    const given = (value as Record<string, unknown> | null)?.crs;
    throw new Refused(given === undefined ? 'crs_missing' : 'crs_unknown', {}, errors);
  }
  const unknown =
    nul.length === 0 && parsed.error.issues.every((issue) => issue.code === 'unrecognized_keys');
  throw new Refused(unknown ? 'fields_unknown' : 'fields_invalid', {}, errors);
}

/** Path of a text (or of a member's name) that holds U+0000. Not recursive: what came in may be nested deeply. */
function withNul(value: unknown, part: string): string | undefined {
  const waiting: { path: string; value: unknown }[] = [{ path: part, value }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value: here } = next;
    if (typeof here === 'string' && here.includes('\0')) return path;
    if (typeof here !== 'object' || here === null) continue;
    for (const [key, one] of Object.entries(here)) {
      if (key.includes('\0')) return path;
      waiting.push({ path: `${path.length > 200 ? part : path}.${key}`, value: one });
    }
  }
  return undefined;
}
