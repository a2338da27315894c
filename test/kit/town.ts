import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Body, Output, Query } from '../../shared/contract/api.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { apiBase, routes, type Route, type RouteName } from '../../shared/contract/routes.ts';
import type { Role } from '../../shared/contract/roles.ts';
import { createApp, type App } from '../../server/app.ts';
import { hashPassword } from '../../server/auth/login.ts';
import { findPerson, insertPerson, setPasswordHash } from '../../server/auth/store.ts';
import { readConfig } from '../../server/kernel/config.ts';
import type { Deps } from '../../server/kernel/deps.ts';
import { noFault } from '../../server/kernel/fault.ts';
import { createLog } from '../../server/kernel/log.ts';
import { createMetrics } from '../../server/kernel/metrics.ts';
import { createWake } from '../../server/kernel/wake.ts';
import type { Engine } from './database.ts';
import { layGround } from './ground.ts';
import { lendDatabase } from './lent.ts';

/** Monday 16 March 2026, 10:00 in Ningbo: a working day inside duty hours. */
export const monday = Date.UTC(2026, 2, 16, 2, 0, 0);

/** A client of the public interface, signed in as one person. */
export interface Phone {
  readonly personId: number;
  readonly name: string;
  readonly token: string;
  call<N extends RouteName>(name: N, call?: CallOptions<N>): Promise<Answer<N>>;
  /** As `call`, but throws unless the answer is 2xx, and gives its body. */
  ok<N extends RouteName>(name: N, call?: CallOptions<N>): Promise<Output<N>>;
}

export interface CallOptions<N extends RouteName> {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Query<N>;
  readonly body?: Body<N>;
  readonly key?: string;
}

export interface Answer<N extends RouteName> {
  readonly status: number;
  readonly output: Output<N>;
  readonly problem: Problem;
}

/** The product on its own database with a hand-held clock, listening on a free port of 127.0.0.1. */
export interface TestTown {
  readonly deps: Deps;
  readonly app: App;
  /** Connection string of its database, on PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly address: string;
  /** Business time now; `advance` moves it and does what falls due on the way, second by second at most `stepMs`. */
  now(): number;
  advance(ms: number, stepMs?: number): Promise<void>;
  /** Makes a person and signs in. */
  person(role: Role, name?: string): Promise<Phone>;
  /** Signs in somebody who exists (a team's member made by ground.ts, say). */
  signIn(name: string): Promise<Phone>;
  close(): Promise<void>;
}

const password = 'a long test password';
let passwordHash: Promise<string> | undefined;

/**
 * Starts the product with a ground of 4 x 4 cells in four zones (see ground.ts), empty of teams and people; `settings` are
 * those of the environment, and `lay` may lay another ground.
 */
export async function town(
  engine: Engine,
  at = monday,
  settings: Readonly<Record<string, string>> = {},
  lay: (deps: Deps) => Promise<void> = (deps) => layGround(deps.db, at),
): Promise<TestTown> {
  const database = await lendDatabase(engine);
  let clock = at;
  const deps: Deps = {
    db: database.db,
    engine,
    now: () => clock,
    newId: () => randomUUID(),
    log: createLog(process.env.TEST_LOG ?? 'silent'),
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_FOLDER: database.folder, ...settings }),
    wake: createWake(),
    metrics: createMetrics(),
    fault: noFault,
    demo: false,
  };
  await lay(deps);
  const app = await createApp(deps);
  await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  let people = 0;

  async function person(role: Role, name = `${role}-${people + 1}`): Promise<Phone> {
    await insertPerson(deps.db, { name, displayName: name, role }, clock);
    people += 1;
    return signIn(name);
  }

  async function signIn(name: string): Promise<Phone> {
    const found = await findPerson(deps.db, name);
    if (!found) throw new Error(`no person is named ${name}`);
    passwordHash ??= hashPassword(password);
    await setPasswordHash(deps.db, found.id, await passwordHash, clock);
    const response = await fetch(`${address}${apiBase}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    if (!response.ok) throw new Error(`sign-in of ${name} failed: ${await response.text()}`);
    const token = /grid_login=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
    const { personId } = (await response.json()) as Output<'readMe'>;
    return phone(address, { personId, name, token });
  }

  return {
    deps,
    app,
    databaseUrl: database.url,
    address,
    now: () => clock,
    async advance(ms, stepMs = 1000) {
      const end = clock + ms;
      while (clock < end) {
        clock = Math.min(end, clock + stepMs);
        await app.tick();
      }
    },
    person,
    signIn,
    async close() {
      await app.close();
      await new Promise((resolve) => {
        app.server.close(resolve);
        app.server.closeAllConnections();
      });
      await database.close();
    },
  };
}

/** A client that carries a token as a bearer. */
export function phone(address: string, who: { personId: number; name: string; token: string }): Phone {
  async function call<N extends RouteName>(name: N, options: CallOptions<N> = {}): Promise<Answer<N>> {
    const route: Route = routes[name];
    const path = route.path.replaceAll(/:(\w+)/g, (_, key: string) => String(options.params?.[key]));
    const query = new URLSearchParams(
      Object.entries((options.query ?? {}) as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
    ).toString();
    const response = await fetch(`${address}${apiBase}${path}${query && `?${query}`}`, {
      method: route.method.toUpperCase(),
      headers: {
        authorization: `Bearer ${who.token}`,
        ...(route.method !== 'get' && {
          'content-type': 'application/json',
          'idempotency-key': options.key ?? randomUUID(),
        }),
      },
      ...(route.method !== 'get' && { body: JSON.stringify(options.body ?? {}) }),
    });
    const json: unknown = await response.json();
    return { status: response.status, output: json as Output<N>, problem: json as Problem };
  }
  return {
    ...who,
    call,
    async ok(name, options) {
      const answer = await call(name, options);
      if (answer.status >= 300)
        throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.problem)}`);
      return answer.output;
    },
  };
}
