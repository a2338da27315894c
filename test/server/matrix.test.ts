import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes, type Route, type RouteName } from '../../shared/contract/routes.ts';
import { roles, type Role } from '../../shared/contract/roles.ts';
import { allowed, may } from '../../shared/rules/permissions.ts';
import { engines } from '../kit/database.ts';
import { addTeam, cellCentre } from '../kit/ground.ts';
import { phone, town, type Phone, type TestTown } from '../kit/town.ts';

/**
 * Role x route, exhaustive, over HTTP, against permissions.csv: `y` may, `-` is refused with 403, `401` must sign
 * in first. The table is written by hand on purpose: whoever adds a route decides there who may use it.
 */
const people = roles.filter((role) => role !== 'system');
const names = Object.keys(routes) as RouteName[];

type Cell = 'y' | '-' | '401';
type Table = ReadonlyMap<string, Readonly<Record<string, string>>>;
const table: Table = new Map(
  parse<Record<string, string>>(readFileSync(join(import.meta.dirname, 'permissions.csv'), 'utf8'), {
    columns: true,
  }).map((row) => [row.route!, row]),
);

/** The row that the present rules would need, for whoever has to write it. */
const rowOf = (name: RouteName): string => {
  const { action }: Route = routes[name];
  const cell = (role: Role): Cell => {
    if (action === null) return 'y';
    if (role === 'public') return '401';
    return allowed[role].includes(action) ? 'y' : '-';
  };
  return [name, ...people.map(cell)].join();
};

/** Cells in which an observation differs from the table; a route or role without a cell differs too. */
function differences(expected: Table, observed: ReadonlyMap<string, Cell>): string[] {
  return [...observed].flatMap(([key, cell]) => {
    const [name, role] = key.split(' ') as [RouteName, Role];
    const wanted = expected.get(name)?.[role];
    return wanted === cell
      ? []
      : [`${name} for ${role}: the table says ${wanted ?? 'nothing'}, the server ${cell}`];
  });
}

/** A number that no row has. */
const nobody = 2_000_000_000;

describe('who may use which route', () => {
  let place: TestTown;
  const phones = new Map<Role, Phone>();
  const broken: string[] = [];

  beforeAll(async () => {
    place = await town(engines().at(-1)!);
    for (const role of people)
      phones.set(
        role,
        role === 'public'
          ? phone(place.address, { personId: 0, name: role, token: '' })
          : await place.person(role),
      );
  });
  afterAll(() => place.close());

  /** Asks with nothing right in it but the sender: permission is judged before the shape. */
  async function observe(name: RouteName, role: Role): Promise<Cell> {
    const sender =
      name === 'signOut' && role !== 'public'
        ? await place.signIn(phones.get(role)!.name)
        : phones.get(role)!;
    const params = Object.fromEntries(
      [...routes[name].path.matchAll(/:(\w+)/g)].map(([, key]) => [key!, nobody]),
    );
    const { status, problem } = await sender.call(name, { params, body: { nothing: 1 } as never });
    if (status === 401 && problem.code === 'signin_missing') return '401';
    if (status === 403 && problem.code === 'action_forbidden') return '-';
    if (status >= 500) broken.push(`${name} for ${role}: ${status}`);
    return 'y';
  }

  test('every route has its row in permissions.csv, and every row its route', () => {
    const missing = names.filter((name) => !table.has(name)).map(rowOf);
    expect(missing, 'rows to decide about and to write down').toEqual([]);
    expect([...table.keys()].filter((name) => !(name in routes))).toEqual([]);
  });

  test('403 exactly where the table says', { timeout: 120_000 }, async () => {
    const observed = new Map<string, Cell>();
    for (const name of names)
      for (const role of people) observed.set(`${name} ${role}`, await observe(name, role));
    expect(observed.size).toBe(names.length * people.length);
    expect(differences(table, observed)).toEqual([]);
    expect(broken).toEqual([]);
    // controls: one cell turned round, and one route that nobody decided about
    const row = table.get('assignTeam')!;
    expect(differences(new Map([...table, ['assignTeam', { ...row, planner: 'y' }]]), observed)).toHaveLength(
      1,
    );
    const without = new Map([...table].filter(([name]) => name !== 'assignTeam'));
    expect(differences(without, observed)).toHaveLength(people.length);
  });
});

/** Bodies that pass the shape, for the routes that are judged by whose work they touch. */
const bodies: Partial<Record<RouteName, object>> = {
  declineAssignment: { reason: 'not_ours' },
  handleAssignment: { disposition: 'done', liability: 'none' },
  returnAssignment: { reason: 'test' },
  setTeamStatus: { status: 'available' },
  answerQuestion: { word: 'on_the_way' },
  requestHelp: { want: 'backup', text: 'two more' },
};

describe("the team's own work", () => {
  let place: TestTown;
  let own: Phone;
  let strangers: Phone[];
  let dispatcher: Phone;
  let ids: Record<string, number>;
  const bound = names.filter((name) =>
    ['assignment.answer', 'reporter.call', 'team.status'].includes(routes[name].action ?? ''),
  );

  beforeAll(async () => {
    place = await town(engines().at(-1)!);
    dispatcher = await place.person('dispatcher');
    const add = (code: string) => addTeam(place.deps.db, { code, at: place.now(), place: cellCentre(0, 0) });
    const [mine, other] = [await add('M1'), await add('O1')];
    own = await place.signIn(mine.people[0]!.name);
    // of another team, of none, and a helper of another team
    const off = await place.person('officer');
    const helper = await addTeam(place.deps.db, {
      code: 'H1',
      at: place.now(),
      place: cellCentre(0, 0),
      licensed: 0,
      auxiliaries: 1,
    });
    strangers = [await place.signIn(other.people[0]!.name), off, await place.signIn(helper.people[0]!.name)];
    const body = { matterCode: 'CY-01', point: cellCentre(0, 0), crs: 'wgs84' } as const;
    const { incident } = await dispatcher.ok('createIncident', { body });
    const assignment = await dispatcher.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: mine.teamId, override: 'order' },
    });
    ids = { assignmentId: assignment.id, teamId: mine.teamId, incidentId: incident.id };
  });
  afterAll(() => place.close());

  const ask = (sender: Phone, name: RouteName) =>
    sender.call(name, { params: ids, body: (bodies[name] ?? {}) as never });

  test('there are such routes, each with a body that passes its shape', async () => {
    expect(bound.length).toBeGreaterThan(6);
    for (const name of bound) {
      const { status, problem } = await ask(strangers[0]!, name);
      expect([name, status, problem.code]).toEqual([name, 403, 'action_forbidden']);
    }
  });

  test('other teams are refused, the own team and the command room are not', async () => {
    for (const name of bound) {
      for (const stranger of strangers) {
        const { status, problem } = await ask(stranger, name);
        expect([name, stranger.name, status, problem.code]).toEqual([
          name,
          stranger.name,
          403,
          'action_forbidden',
        ]);
      }
    }
    for (const name of bound)
      for (const sender of [own, dispatcher])
        expect([name, sender.name, (await ask(sender, name)).problem.code]).not.toEqual([
          name,
          sender.name,
          'action_forbidden',
        ]);
  });

  test('the same rule hides the buttons', () => {
    const asker = { role: 'officer', personId: 1, teamId: 7 } as const;
    expect(may(asker, 'assignment.answer', { teamId: 7 })).toBeNull();
    expect(may(asker, 'assignment.answer', { teamId: 8 })).toBe('action_forbidden');
  });
});
