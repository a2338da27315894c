import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../../shared/contract/api.ts';
import type { EditionId } from '../../../shared/contract/ids.ts';
import { lngLat } from '../../../shared/contract/geo.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { engines } from '../../kit/database.ts';
import { ground } from '../../kit/ground.ts';
import { draftOf, openStudio, post, stroke, type Studio } from './studio-kit.ts';

type Imported = Output<'importPlan'>;

describe.each(engines())('plans in and out [%s]', (engine) => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio(engine);
  });
  afterAll(() => studio.close());

  const authorization = () => ({ authorization: `Bearer ${studio.planner.token}` });
  const download = async (editionId: EditionId, format: string) => {
    const answer = await fetch(`${studio.product.address}/plans/${editionId}.${format}`, {
      headers: authorization(),
    });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const upload = async (editionId: EditionId, meta: object, bytes: Buffer | string) => {
    const form = new FormData();
    form.set('meta', JSON.stringify(meta));
    form.set('file', new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]), 'plan');
    const answer = await fetch(`${studio.product.address}/api/v1/editions/${editionId}/import`, {
      method: 'POST',
      headers: authorization(),
      body: form,
    });
    return { status: answer.status, body: (await answer.json()) as Imported & { code?: string } };
  };
  const odd = async () => {
    const { planner, cell, zone } = studio;
    const draft = await draftOf(planner, 'odd');
    await post(planner, draft.id, [
      stroke(planner, [cell(1, 1), cell(2, 2)], zone(2)),
      stroke(planner, [cell(3, 3)], null),
    ]);
    return { draft, cells: (await planner.ok('readEdition', { params: { editionId: draft.id } })).cells };
  };

  test.each([
    ['csv', { format: 'csv' }],
    ['geojson', { format: 'geojson', crs: 'wgs84' }],
    ['zip', { format: 'shapefile', crs: 'wgs84' }],
  ])('export as %s and import is the identity, the unassigned cell included', async (format, meta) => {
    const { draft, cells } = await odd();
    const { body } = await upload(draft.id, meta, await download(draft.id, format));
    expect(body).toMatchObject({ rows: 16, errors: 0, warnings: 0, findings: [] });
    expect(body.pairs).toEqual(cells);
  });

  test('nothing is written: the file is a proposal', async () => {
    const { planner } = studio;
    const { draft, cells } = await odd();
    const other = await draftOf(planner, 'target');
    const before = await planner.ok('readEdition', { params: { editionId: other.id } });
    await upload(other.id, { format: 'csv' }, await download(draft.id, 'csv'));
    expect(await planner.ok('readEdition', { params: { editionId: other.id } })).toEqual(before);
    expect(cells).not.toEqual(before.cells);
  });

  test('errors come as a complete list by row, and propose nothing', async () => {
    const { draft } = await odd();
    const code = (n: number) => `${ground.code}${String(n).padStart(3, '0')}`;
    const { body } = await upload(
      draft.id,
      { format: 'csv' },
      `cell,zone\n${code(1)},1\n999,2\n${code(2)},77\n${code(1)},3\n${code(3)},x\n`,
    );
    expect(body.pairs).toEqual([]);
    expect(body.findings).toEqual([
      { row: 2, severity: 'error', code: 'cell_unknown', value: '999' },
      { row: 3, severity: 'error', code: 'zone_unknown', value: '77' },
      { row: 4, severity: 'error', code: 'cell_repeated', value: code(1) },
      { row: 5, severity: 'error', code: 'zone_unknown', value: 'x' },
    ]);
    const bare = await upload(draft.id, { format: 'csv' }, 'a,b\n1,2\n');
    expect(bare.body.findings).toMatchObject([{ row: 0, code: 'column_missing' }]);
    const broken = await upload(draft.id, { format: 'geojson', crs: 'wgs84' }, '{"features": 1}');
    expect(broken).toMatchObject({ status: 422, body: { code: 'file_unreadable' } });
    const empty = await upload(draft.id, { format: 'shapefile', crs: 'wgs84' }, Buffer.from('no archive'));
    expect(empty).toMatchObject({ status: 422, body: { code: 'file_unreadable' } });
  });

  test('polygons of zones choose cells by their largest part, in the stated datum; without one they are refused', async () => {
    const { planner, zone } = studio;
    const draft = await draftOf(planner, 'polygons');
    const box = (x0: number, x1: number) =>
      [
        [x0, -1],
        [x1, -1],
        [x1, 5],
        [x0, 5],
        [x0, -1],
      ].map(([x, y]) => {
        const raw = fromWgs84(
          lngLat(ground.west + x! * ground.step, ground.south + y! * ground.step),
          'gcj02',
        );
        return [raw.lng, raw.lat];
      });
    // the cut lies at 1.3 columns: the cells of column 1 have 70 % in zone 2
    const collection = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { zone: 1 },
          geometry: { type: 'Polygon', coordinates: [box(-1, 1.3)] },
        },
        {
          type: 'Feature',
          properties: { zone: 2 },
          geometry: { type: 'Polygon', coordinates: [box(1.3, 5)] },
        },
      ],
    });
    const { body } = await upload(draft.id, { format: 'geojson', crs: 'gcj02' }, collection);
    expect(body).toMatchObject({ errors: 0, warnings: 4 });
    expect(new Set(body.findings.map(({ code }) => code))).toEqual(new Set(['cell_divided']));
    const zones = new Map(body.pairs);
    for (let x = 0; x < 4; x++)
      for (let y = 0; y < 4; y++) expect(zones.get(studio.cell(x, y))).toBe(zone(x === 0 ? 1 : 2));
    // control: the same file taken for WGS-84 lies some 500 m off
    const wrong = await upload(draft.id, { format: 'geojson', crs: 'wgs84' }, collection);
    expect(wrong.body.findings).not.toEqual(body.findings);
    const silent = await upload(draft.id, { format: 'geojson' }, collection);
    expect(silent.body.code).toBe('crs_missing');
  });
});
