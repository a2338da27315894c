import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { z } from 'zod';
import { zocker } from 'zocker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Shape } from '../../shared/contract/api.ts';
import { ProblemSchema, type Problem } from '../../shared/contract/problem.ts';
import { refusals, type RefusalCode } from '../../shared/contract/refusals.ts';
import { apiBase, routes, type Route, type RouteName } from '../../shared/contract/routes.ts';
import { roles, type Role } from '../../shared/contract/roles.ts';
import { allowed } from '../../shared/rules/permissions.ts';
import { raiseAlarm } from '../../server/dispatch/store-alarms.ts';
import { insertProposal } from '../../server/dispatch/store-proposals.ts';
import { engines } from '../kit/database.ts';
import { addTeam, cellCentre } from '../kit/ground.ts';
import { town, type Phone, type TestTown } from '../kit/town.ts';
import { faultsOf } from '../load/checker.ts';
import { giveLogins } from '../load/logins.ts';
import { bytesOf, mutations, pathIds, queryOf, spoilt, type Mutation } from '../load/mutations.ts';

/**
 * Whatever comes in over HTTP: right values made from the contract, spoilt in every way. Never a 5xx, always a
 * problem document that names the field, never a stack; a 2xx has the shape that the contract promises. FUZZ sets
 * the requests per route (300 for the long form), FUZZ_SEED another series.
 */
const runs = Number(process.env.FUZZ ?? 15);
const seed = Number(process.env.FUZZ_SEED ?? 1);
const engine = engines().at(-1)!;

interface Sent {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** What is wrong with an answer; nothing when it keeps the promise. */
export function complaint(
  name: RouteName,
  { status, type, text }: Sent,
  wrongFields: readonly string[],
): string | undefined {
  if (status >= 500) return `${status}: ${text.slice(0, 300)}`;
  if (/\n\s+at |node_modules|\.ts:\d|select .* from |syntax error/i.test(text))
    return `inner workings: ${text.slice(0, 300)}`;
  if (status < 300) {
    const { output }: Shape = api[name];
    const parsed = output.safeParse(JSON.parse(text));
    return parsed.success
      ? undefined
      : `a ${status} without the promised shape: ${parsed.error.message.slice(0, 600)}`;
  }
  if (!type.startsWith('application/problem+json')) return `a ${status} of type ${type}`;
  const problem = ProblemSchema.safeParse(JSON.parse(text));
  if (!problem.success) return `no problem document: ${text.slice(0, 200)}`;
  const { code, errors = [] } = problem.data;
  if (refusals[code as RefusalCode] !== status) return `${code} with status ${status}`;
  const aboutFields = ['fields_invalid', 'fields_unknown', 'crs_missing', 'crs_unknown'].includes(code);
  if (aboutFields && !errors.every(({ path }) => /^(params|query|body)(\.|$)/.test(path)))
    return `${code} names ${JSON.stringify(errors)}`;
  if (aboutFields && errors.length === 0 && code.startsWith('fields')) return `${code} names no field`;
  if (aboutFields && wrongFields.length > 0 && !errors.some(({ path }) => wrongFields.includes(path)))
    return `${code} names ${errors.map(({ path }) => path).join()}, wrong are ${wrongFields.join()}`;
  return undefined;
}

test('control: a crash, a stack, a page, a nameless or a misnamed field are complained about', () => {
  const problem = (status: number, rest: object) => ({
    status,
    type: 'application/problem+json; charset=utf-8',
    text: JSON.stringify({ type: '/problems/x', title: 'x', status, ...rest }),
  });
  const fine = problem(422, { code: 'fields_invalid', errors: [{ path: 'body.text', message: 'short' }] });
  expect(complaint('noteIncident', fine, ['body.text'])).toBeUndefined();
  expect(complaint('noteIncident', fine, ['body.other'])).toMatch(/wrong are/);
  expect(complaint('noteIncident', problem(422, { code: 'fields_invalid' }), [])).toMatch(/no field/);
  expect(complaint('noteIncident', problem(400, { code: 'fields_invalid' }), [])).toMatch(/with status/);
  expect(complaint('noteIncident', { ...fine, type: 'text/html' }, [])).toMatch(/of type/);
  expect(complaint('noteIncident', { ...fine, text: 'Error\n    at run (a.ts:3:1)' }, [])).toMatch(
    /inner workings/,
  );
  expect(complaint('noteIncident', problem(500, { code: 'bug' }), [])).toMatch(/^500/);
  expect(complaint('signOut', { status: 200, type: 'application/json', text: '{"more":1}' }, [])).toMatch(
    /promised shape/,
  );
});

describe(`fuzz of every route, ${runs} requests each [${engine}]`, () => {
  let place: TestTown;
  const phones = new Map<Role, Phone>();
  let ids: Record<string, number[]> = {};

  beforeAll(async () => {
    place = await town(engine);
    const { db } = place.deps;
    const at = place.now();
    // whom the requests lock out, rename or demote: the senders stay as they are
    await place.person('auditor', 'bystander');
    for (const role of roles.filter((role) => !['system', 'public', 'officer', 'leader'].includes(role)))
      phones.set(role, await place.person(role));
    for (const [i, code] of ['F1', 'F2', 'F3', 'F4'].entries())
      await addTeam(db, {
        code,
        at,
        place: cellCentre(i, i),
        capacity: 2,
        auxiliaries: 1,
        zoneNumbers: [1 + i],
      });
    phones.set('officer', await place.signIn('F1-1'));
    phones.set('leader', await place.signIn('F2-1'));
    const dispatcher = phones.get('dispatcher')!;
    for (let i = 0; i < 8; i++) {
      const body = { matterCode: 'CY-01', point: cellCentre(i % 4, i >> 1), crs: 'wgs84' } as const;
      const { incident } = await dispatcher.ok('createIncident', { body });
      if (i % 2 === 0) await dispatcher.call('dispatchIncident', { params: { incidentId: incident.id } });
      await raiseAlarm(db, { kind: 'incident_urgent', incidentId: incident.id, at });
    }
    const [assignment] = await db('assignment').select('*').limit(1);
    await insertProposal(db, {
      kind: 'swap',
      incidentId: assignment.incident_id,
      assignmentId: assignment.id,
      fromTeamId: assignment.team_id,
      toTeamId: 2,
      etaSeconds: 60,
      gainSeconds: 100,
      otherIncidentId: null,
      otherEtaSeconds: null,
      changes: [{ incidentId: assignment.incident_id, fromTeamId: assignment.team_id, toTeamId: 2 }],
      at,
    });
    const list = async (table: string): Promise<number[]> => (await db(table).pluck('id')).map(Number);
    ids = {
      incidentId: await list('incident'),
      assignmentId: await list('assignment'),
      teamId: await list('team'),
      alarmId: await list('alarm'),
      proposalId: await list('proposal'),
      editionId: await list('edition'),
      zoneId: await list('zone'),
      cellId: await list('cell'),
      personId: (await list('person')).filter(
        (id) => ![...phones.values()].some((one) => one.personId === id),
      ),
      into: await list('incident'),
    };
  });
  afterAll(() => place.close());

  /** A right value of a schema; numbers that name rows name rows that are there, every second time. */
  function rightValue(schema: z.ZodType | undefined, number: number): unknown {
    if (!schema) return {};
    return named(zocker(schema).setSeed(number).generate(), number);
  }
  function named(value: unknown, number: number): unknown {
    if (Array.isArray(value)) return value.map((one) => named(one, number));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => {
        const list = ids[key] ?? (key.endsWith('TeamId') ? ids.teamId : undefined);
        if (list && typeof one === 'number' && number % 2 === 0) return [key, list[number % list.length]];
        if (key === 'matterCode' && number % 2 === 0) return [key, 'CY-01'];
        if (key === 'crs') return [key, number % 3 === 0 ? one : 'wgs84'];
        if (key === 'point' && number % 2 === 0) return [key, cellCentre(number % 4, (number >> 2) % 4)];
        return [key, named(one, number)];
      }),
    );
  }

  /** Paths of what the contract itself finds wrong with a value, of one part. */
  function wrong(schema: z.ZodType | undefined, part: string, value: unknown): string[] {
    const parsed = schema?.safeParse(value);
    if (!parsed || parsed.success) return [];
    return parsed.error.issues.flatMap((issue) => {
      const at = [part, ...issue.path.map(String)];
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...at, key].join('.'))
        : [at.join('.')];
    });
  }

  async function send(name: RouteName, number: number, mutation: Mutation, where: string[], sender: Phone) {
    const route: Route = routes[name];
    const { query, body }: Shape = api[name];
    let next = 0;
    const path = route.path.replaceAll(/:\w+/g, () => where[next++] ?? '1');
    const inQuery = route.method === 'get';
    const right = rightValue(inQuery ? query : body, number);
    const search = inQuery && query ? queryOf(right as Record<string, unknown>, mutation) : '';
    const sent = inQuery ? undefined : bytesOf(spoilt(right, mutation), mutation);
    const response = await fetch(`${place.address}${apiBase}${path}${search && `?${search}`}`, {
      method: route.method.toUpperCase(),
      headers: {
        authorization: `Bearer ${sender.token}`,
        ...(sent && { 'content-type': sent.type, 'idempotency-key': randomUUID() }),
      },
      ...(sent && { body: new Uint8Array(sent.bytes) }),
    });
    const answer = {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text: await response.text(),
    };
    const parsed =
      sent && mutation.kind !== 'text' ? (JSON.parse(sent.bytes.toString()) as unknown) : undefined;
    const wrongFields = parsed === undefined ? [] : wrong(body, 'body', parsed);
    return { answer, wrongFields, asked: `${path}?${search} ${sent?.bytes.toString().slice(0, 300) ?? ''}` };
  }

  test.each(Object.keys(routes) as RouteName[])('%s', { timeout: 20_000 + runs * 500 }, async (name) => {
    const route: Route = routes[name];
    const may = [...phones.keys()].filter(
      (role) => route.action === null || allowed[role].includes(route.action),
    );
    const params = [...route.path.matchAll(/:(\w+)/g)].map(([, key]) => pathIds(ids[key!] ?? [1, 2]));
    const arbitrary = fc.record({
      number: fc.nat(100_000),
      mutation: mutations,
      role: fc.constantFrom(...may),
      where: fc.tuple(...params),
    });
    const property = fc.assert(
      fc.asyncProperty(arbitrary, async ({ number, mutation, role, where }) => {
        const sender = { ...phones.get(role)! };
        if (name === 'signOut') {
          const [token] = await giveLogins(place.deps.db, [sender.personId], place.now());
          Object.assign(sender, { token });
        }
        const { answer, wrongFields, asked } = await send(name, number, mutation, where, sender);
        // a wrong number in the path is found before what is wrong in the body
        const inBody = answer.text.includes('"params') ? [] : wrongFields;
        const found = complaint(name, answer, inBody);
        if (found) throw new Error(`${role}: ${found}\n${asked}`);
      }),
      {
        seed,
        numRuns: runs,
        endOnFailure: false,
        interruptAfterTimeLimit: 15_000 + runs * 450,
        markInterruptAsFailure: false,
      },
    );
    await expect(property).resolves.toBeUndefined();
  });

  test('a mutation without a key, or with one that is no UUID, is refused by name', async () => {
    const { token } = phones.get('dispatcher')!;
    for (const key of [undefined, '', 'x', '123', `${randomUUID()}0`]) {
      const response = await fetch(`${place.address}${apiBase}/incidents`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify({ point: cellCentre(0, 0), crs: 'wgs84' }),
      });
      expect([response.status, ((await response.json()) as Problem).code]).toEqual([400, 'key_missing']);
    }
  });

  test('paths and methods that nobody serves are problem documents too', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['DELETE', '/incidents'],
      ['PATCH', '/incidents/1'],
      ['GET', '/incidents/1/..%2f..%2fetc'],
      ['GET', '/%c0%af'],
      ['GET', `/incidents/${'9'.repeat(5000)}`],
    ] as const) {
      const response = await fetch(`${place.address}${apiBase}${path}`, {
        method,
        headers: { authorization: `Bearer ${phones.get('dispatcher')!.token}` },
      });
      expect([path, Math.floor(response.status / 100)]).toEqual([path, 4]);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('after all of it the ledger is whole and no team holds too much', async () => {
    expect(await faultsOf(place.deps.db)).toEqual([]);
  });
});
