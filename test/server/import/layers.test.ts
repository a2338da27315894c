import { expect, test } from 'vitest';
import { createIncident } from '../../../server/incidents/commands.ts';
import { assignFaces, type Face } from '../../../server/intake/import/faces.ts';
import { pieces } from '../../../server/intake/import/pieces.ts';
import { systemActor, transact } from '../../../server/kernel/transact.ts';
import { findPasswordHash } from '../../../server/auth/store.ts';
import { listTeams } from '../../../server/teams/store.ts';
import { describeEachEngine } from '../../kit/database.ts';
import { addTeam, cellCentre, layGround } from '../../kit/ground.ts';
import { monday } from '../../kit/town.ts';
import { depsOf, geoJson, importFile, ningbo, reasonsOf, rowCounts, type Square } from './desk.ts';

const line = (coordinates: number[][], properties: object) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates },
});
const collection = (features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

describeEachEngine('the other layers', (_engine, database) => {
  test('roads are cut where they cross at a shared position; what is cut off is told', async () => {
    const deps = depsOf(database());
    await layGround(deps.db, monday);
    const roads = [
      line(
        [
          [121.43, 29.97],
          [121.44, 29.97],
          [121.45, 29.97],
        ],
        { highway: 'primary', name: '解放路', oneway: 'yes' },
      ),
      line(
        [
          [121.44, 29.96],
          [121.44, 29.97],
          [121.44, 29.98],
        ],
        { highway: 'residential', maxspeed: '10' },
      ),
      line(
        [
          [121.45, 29.97],
          [121.45, 29.98],
        ],
        { highway: 'tertiary_link', oneway: '-1', bridge: 'yes' },
      ),
      line(
        [
          [121.43, 29.99],
          [121.435, 29.99],
        ],
        { highway: 'cycleway' },
      ),
    ];
    const result = await importFile(deps, 'roads r.geojson --crs wgs84', collection(roads));
    expect([result.ended, reasonsOf(result)]).toEqual(['written', { class_unknown: 1, roads_apart: 1 }]);
    expect(result.counts).toEqual({ lines: 4, roads: 6, junctions: 8, parts: 2 });
    const stored = await deps
      .db('road')
      .orderBy('id')
      .select('class', 'name', 'kmh', 'one_way', 'bridge', 'source', 'target');
    expect(stored).toEqual([
      { class: 'primary', name: '解放路', kmh: 45, one_way: true, bridge: false, source: 0, target: 1 },
      { class: 'primary', name: '解放路', kmh: 45, one_way: true, bridge: false, source: 1, target: 2 },
      { class: 'residential', name: null, kmh: 10, one_way: false, bridge: false, source: 3, target: 1 },
      { class: 'residential', name: null, kmh: 10, one_way: false, bridge: false, source: 1, target: 4 },
      // against the line: it runs from the line's end to its start
      { class: 'tertiary', name: null, kmh: 30, one_way: true, bridge: true, source: 5, target: 2 },
      { class: 'cycleway', name: null, kmh: 20, one_way: false, bridge: false, source: 6, target: 7 },
    ]);
    const whole = await importFile(deps, 'roads r.geojson --crs wgs84', collection(roads.slice(0, 3)));
    expect(whole.counts).toMatchObject({ roads: 5, parts: 1 });
  });

  test('teams come with people, licences and a roster, and nobody has a password', async () => {
    const deps = depsOf(database());
    const head =
      'team,team_name,home_lng,home_lat,zones,kit,person,display_name,kind,post,licence,licence_from,licence_to,skills\n';
    const rows = [
      'T1,一队,121.43,29.97,1;2,drone,t1-1,张三,officer,leader,浙B001,2024-01-01,2030-01-01,消防;市容',
      'T1,,,,,,t1-2,李四,officer,,,,,',
      'T1,,,,,,t1-3,王五,auxiliary,driver,,,,',
      'T2,二队,121.44,29.98,3,,t2-1,赵六,officer,,浙B002,2020-01-01,2025-01-01,',
    ];
    const csv = `${head}${rows.join('\n')}\n`;
    const before = await rowCounts(deps.db);
    const tried = await importFile(deps, 'teams t.csv --crs wgs84 --dry-run', csv);
    expect(tried.ended).toBe('tried');
    expect(await rowCounts(deps.db)).toEqual(before);
    const result = await importFile(deps, 'teams t.csv --crs wgs84', csv);
    // one officer without a licence, one whose licence has run out
    expect([result.ended, reasonsOf(result)]).toEqual(['written', { licence_missing: 2 }]);
    expect(result.counts).toEqual({ new: 2, people: 4, known: 0 });
    expect((await listTeams(deps.db)).map(({ code, name, on_duty }) => [code, name, on_duty])).toEqual([
      ['T1', '一队', false],
      ['T2', '二队', false],
    ]);
    const people = await deps.db('person').orderBy('name').select('id', 'name', 'role');
    expect(people.map(({ name, role }) => [name, role])).toEqual([
      ['t1-1', 'officer'],
      ['t1-2', 'officer'],
      ['t1-3', 'auxiliary'],
      ['t2-1', 'officer'],
    ]);
    for (const { id } of people) expect(await findPasswordHash(deps.db, id)).toBeUndefined();
    expect(await deps.db('licence').orderBy('number').select('number', 'valid_to')).toEqual([
      // local midnight in Ningbo
      { number: '浙B001', valid_to: '2029-12-31T16:00:00.000Z' },
      { number: '浙B002', valid_to: '2024-12-31T16:00:00.000Z' },
    ]);
    expect(await deps.db('duty').whereNull('signed_on_at').count({ n: '*' })).toEqual([{ n: 4 }]);
    expect(await deps.db('edition_team').count({ n: '*' })).toEqual([{ n: 3 }]);
    const again = await importFile(deps, 'teams t.csv --crs wgs84', csv);
    expect([again.ended, again.counts]).toEqual(['unchanged', { new: 0, people: 0, known: 2 }]);
    const bad = await importFile(
      deps,
      'teams t.csv --crs wgs84',
      `${head}T3,三队,121.43,29.97,9,,t1-1,张三,officer,,浙B001,2024-01-01,2030-01-01,\nT3,四队,,,,,t3-2,钱七,chief,,,,,\n`,
    );
    expect(reasonsOf(bad)).toEqual({ row_differs: 1, field_invalid: 1 });
    const stored = await importFile(
      deps,
      'teams t.csv --crs wgs84',
      `${head}T3,三队,121.43,29.97,9,,t1-1,张三,officer,,浙B001,2024-01-01,2030-01-01,\n`,
    );
    expect(reasonsOf(stored)).toEqual({ zone_unknown: 1, person_repeated: 1, licence_repeated: 1 });
  });

  test('a dry run of new zones counts the incidents and assignments that would change zone', async () => {
    const deps = depsOf(database());
    const { teamId } = await addTeam(deps.db, { code: 'Z', at: monday, place: cellCentre(0, 0) });
    const report = (x: number, y: number) =>
      transact(deps, systemActor, (tx) =>
        createIncident(tx, {
          point: cellCentre(x, y),
          crs: 'wgs84',
          text: '',
          address: '',
          matterCode: null,
          file: false,
          source: 'dispatcher',
        }),
      );
    const [first] = [await report(0, 0), await report(0, 0), await report(3, 3)];
    await deps.db('incident').where({ id: first.id }).update({ state: 'filed' });
    await deps.db('assignment').insert({
      incident_id: first.id,
      team_id: teamId,
      kind: 'handle',
      slot: 1,
      is_lead: true,
      line: 0,
      state: 'offered',
      offered_at: new Date(monday),
      idem_key: deps.newId(),
    });
    // the first cell moves from zone 1 to zone 2; all the others stay
    const zone = (i: number) => (i === 0 ? 2 : 1 + Math.floor((i % 4) / 2) + 2 * Math.floor(i / 8));
    const csv = `code,number\n${ningbo()
      .map(({ code }, i) => `${code},${zone(i)}\n`)
      .join('')}`;
    const before = await rowCounts(deps.db);
    const result = await importFile(deps, 'zones z.csv --crs wgs84 --dry-run', csv);
    expect([result.ended, result.counts]).toEqual([
      'tried',
      { zones: 4, cells: 16, incidentsThatChangeZone: 2, assignmentsThatChangeZone: 1 },
    ]);
    expect(await rowCounts(deps.db)).toEqual(before);
  });

  test('a cell that is split in the source replaces the old one, and a draft carries the zones over', async () => {
    const deps = depsOf(database());
    const halves = (old: Square): Square[] => {
      const [[west, south], [east], [, north]] = old.ring as unknown as [
        [number, number],
        [number],
        [number, number],
      ];
      const middle = (west + east) / 2;
      const half = (code: string, x0: number, x1: number): Square => ({
        code,
        ring: [
          [x0, south],
          [x1, south],
          [x1, north],
          [x0, north],
          [x0, south],
        ],
      });
      return [half('330205103018017', west, middle), half('330205103018018', middle, east)];
    };
    const squares = [...ningbo().slice(0, 15), ...halves(ningbo()[15]!)];
    const result = await importFile(deps, 'cells c.geojson --crs wgs84', geoJson(squares));
    expect([result.ended, reasonsOf(result)]).toEqual(['written', {}]);
    expect(result.counts).toMatchObject({ cells: 17, new: 2, unchanged: 15, replaced: 1 });
    const draft = await deps.db('edition').where({ status: 'draft' }).first('id');
    const rows = await deps
      .db('edition_cell as e')
      .join('cell as c', 'c.id', 'e.cell_id')
      .join('zone as z', 'z.id', 'e.zone_id')
      .where({ edition_id: draft.id })
      .whereIn('c.code', ['330205103018017', '330205103018018'])
      .orderBy('c.code')
      .select('c.code', 'z.number', deps.db.raw('cardinality(c.supersedes) replaced'));
    expect(rows).toEqual([
      { code: '330205103018017', number: 4, replaced: 1 },
      { code: '330205103018018', number: 4, replaced: 1 },
    ]);
    // control: the old code with a new shape is refused
    const taken = squares.map((s) => (s.code.endsWith('017') ? { ...s, code: '330205103018016' } : s));
    const refused = await importFile(deps, 'cells c.geojson --crs wgs84', geoJson(taken));
    expect([refused.ended, reasonsOf(refused)]).toEqual(['refused', { code_taken: 1 }]);
  });

  test('communities are brought up to date, overlays added once', async () => {
    const deps = depsOf(database());
    const community = (name: string) =>
      collection([
        {
          type: 'Feature',
          properties: { code: '330205103018', name },
          geometry: { type: 'Polygon', coordinates: [ningbo()[0]!.ring] },
        },
      ]);
    const run = async (text: string) =>
      (await importFile(deps, 'communities m.geojson --crs wgs84', text)).counts;
    expect(await run(community('五联村委会'))).toEqual({ new: 1, changed: 0, unchanged: 0 });
    expect(await run(community('五联村委会'))).toEqual({ new: 0, changed: 0, unchanged: 1 });
    expect(await run(community('五湖村委会'))).toEqual({ new: 0, changed: 1, unchanged: 0 });
    expect(await deps.db('community').first('display_name', 'kind')).toMatchObject({ kind: 'village' });
    const overlay = collection([
      {
        type: 'Feature',
        properties: {
          kind: 'forest_fire',
          name: '北山',
          legalBasis: '浙江省森林消防条例 14',
          months: '11,12,1,2,3,4',
        },
        geometry: { type: 'Polygon', coordinates: [ningbo()[5]!.ring] },
      },
    ]);
    expect((await importFile(deps, 'overlays o.geojson --crs wgs84', overlay)).counts).toEqual({
      new: 1,
      known: 0,
    });
    expect((await importFile(deps, 'overlays o.geojson --crs wgs84', overlay)).ended).toBe('unchanged');
    expect(await deps.db('overlay').first('months', 'hour_to', 'source')).toEqual({
      months: [11, 12, 1, 2, 3, 4],
      hour_to: 24,
      source: 'a survey (test only)',
    });
  });
});

const face = (id: number, claims: number[], squareMetres: number, widthMetres = 100): Face => ({
  id,
  claims,
  squareMetres,
  widthMetres,
});

test('an overlap goes to the claimant, a slit to the neighbour with the longest border, a wide hole to nobody', () => {
  const faces = [
    face(1, [10], 1000),
    face(2, [20], 1000),
    face(3, [10, 20], 5, 1),
    face(4, [], 8, 1),
    face(5, [], 900, 50),
  ];
  const borders = [
    { a: 1, b: 3, metres: 10 },
    { a: 2, b: 3, metres: 12 },
    { a: 1, b: 4, metres: 30 },
    { a: 2, b: 4, metres: 20 },
    { a: 1, b: 5, metres: 60 },
  ];
  expect(assignFaces(faces, borders, 20)).toEqual(
    new Map([
      [1, 10],
      [2, 20],
      [3, 20],
      [4, 10],
    ]),
  );
});

test('a crumb that an overlap cuts off goes to its neighbour, a second real part stays', () => {
  const faces = [face(1, [10], 1000), face(2, [20], 1000), face(3, [10], 4), face(4, [10], 400)];
  const borders = [
    { a: 2, b: 3, metres: 5 },
    { a: 2, b: 4, metres: 50 },
  ];
  expect(assignFaces(faces, borders, 20)).toEqual(
    new Map([
      [1, 10],
      [2, 20],
      [4, 10],
      [3, 20],
    ]),
  );
});

test('pieces of a graph, the largest first', () => {
  expect(
    pieces(
      [1, 2, 3, 4],
      [
        [3, 4],
        [4, 2],
      ],
    ),
  ).toEqual([[2, 4, 3], [1]]);
});
