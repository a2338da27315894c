import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { get, hashOf, photo, upload, uploaded } from './upload-kit.ts';

/** CRC-32 of a PNG chunk (ISO 3309). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG of one colour that unfolds into more pixels than any phone takes, from a few kilobytes. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 1; // one bit a pixel, grey
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe.each(engines())('evidence [%s]', { timeout: 120_000 }, (engine) => {
  let place: TestTown;
  let officer: Phone;
  let dispatcher: Phone;
  let incidentId: number;
  const spot = { ...cellCentre(0, 0), crs: 'wgs84', accuracyMetres: 8 } as const;

  beforeAll(async () => {
    place = await town(engine);
    dispatcher = await place.person('dispatcher');
    await addTeam(place.deps.db, { code: 'A1', at: place.now(), place: cellCentre(0, 0) });
    officer = await place.signIn('A1-1');
    const body = { matterCode: 'FD-01', point: cellCentre(0, 0), crs: 'wgs84' } as const;
    incidentId = (await dispatcher.ok('createIncident', { body })).incident.id;
  });
  afterAll(() => place.close());

  test('original byte-exact with its hash, picture without EXIF, times, place and custody', async () => {
    const file = await photo('red', 2400, 1800);
    const sent = await uploaded(place, officer, file, {
      incidentId: incidentId as never,
      photoKind: 'near',
      slot: '车牌',
      place: spot,
      deviceAt: new Date(place.now() + 7000).toISOString(),
    });
    expect(sent).toMatchObject({
      sha256: hashOf(file),
      bytes: file.length,
      mediaType: 'image/jpeg',
      width: 2400,
      height: 1800,
      deviceOffsetSeconds: 7,
      accuracyMetres: 8,
      capturedBy: officer.personId,
    });
    const folder = join(place.deps.config.DATA_FOLDER, 'media');
    expect(readFileSync(join(folder, `${sent.id}.original`)).equals(file)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    const picture = await get(place, `/media/${sent.id}`, officer);
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': `attachment; filename="${sent.id}.webp"`,
      'x-content-type-options': 'nosniff',
    });
    expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
    const shown = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    expect([shown.format, shown.width, shown.height, shown.exif]).toEqual(['webp', 1600, 1200, undefined]);
    expect((await sharp(file).metadata()).exif).toBeDefined(); // control: it was there
    const set = await officer.ok('readEvidence', { params: { incidentId } });
    expect(set.custody.map(({ act }) => act)).toEqual(['captured', 'received']);
    expect(set.slots.find(({ word }) => word === '车牌')?.evidenceIds).toEqual([sent.id]);
  });

  test('the same upload again is one piece of evidence; another file under its key is refused', async () => {
    const key = randomUUID();
    const file = await photo('blue');
    const meta = { incidentId: incidentId as never, photoKind: 'far' as const };
    const first = await uploaded(place, officer, file, meta, key);
    expect(first.id).toBe(key);
    expect((await upload(place, officer, file, meta, key)).evidence).toEqual(first);
    expect((await upload(place, officer, await photo('pink'), meta, key)).problem.code).toBe('key_reused');
    const { evidence } = await officer.ok('readEvidence', { params: { incidentId } });
    expect(evidence.filter(({ id }) => id === key)).toHaveLength(1);
  });

  test('another hash, another kind of file, too many pixels, too many bytes, a damaged file', async () => {
    const meta = { incidentId: incidentId as never };
    const file = await photo('green');
    const code = async (bytes: Buffer, more = {}) =>
      (await upload(place, officer, bytes, { ...meta, ...more })).problem.code;
    expect(await code(file, { sha256: '0'.repeat(64) })).toBe('hash_wrong');
    const svg =
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect(await code(Buffer.from(svg))).toBe('media_unsupported');
    expect(await code(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('media_unsupported');
    expect(await code(Buffer.from('%PDF-1.7 and so on'))).toBe('media_unsupported');
    expect(await code(bomb(10_000, 5001))).toBe('picture_large');
    expect(await code(bomb(200, 200))).toBeUndefined(); // control: the same maker, a decent size
    expect(await code(Buffer.concat([file, Buffer.alloc(16 * 1024 * 1024)]))).toBe('media_large');
    expect(await code(file.subarray(0, file.length / 2))).toBe('picture_unreadable');
    expect(await code(file, { incidentId: 999_999 })).toBe('incident_unknown');
    expect(await code(file, { place: { lng: 30, lat: 121, crs: 'wgs84', accuracyMetres: 1 } })).toBe(
      'axis_swapped',
    );
    expect(await code(file, { place: { lng: 121, lat: 30, accuracyMetres: 1 } })).toBe('crs_missing');
    const folder = join(place.deps.config.DATA_FOLDER, 'media');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('who sees what: the picture for readers, the original for the reviewer and the auditor alone', async () => {
    const sent = await uploaded(place, officer, await photo('black'), { incidentId: incidentId as never });
    const reviewer = await place.person('legalReviewer');
    const auditor = await place.person('auditor');
    const head = await place.person('head');
    expect((await get(place, `/media/${sent.id}`)).status).toBe(401);
    for (const one of [officer, dispatcher, head, reviewer, auditor])
      expect((await get(place, `/media/${sent.id}`, one)).status).toBe(200);
    for (const one of [officer, dispatcher, head])
      expect((await get(place, `/media/${sent.id}/original`, one)).status).toBe(403);
    for (const one of [reviewer, auditor]) {
      const original = await get(place, `/media/${sent.id}/original`, one);
      expect(hashOf(Buffer.from(await original.arrayBuffer()))).toBe(sent.sha256);
    }
    const { custody } = await officer.ok('readEvidence', { params: { incidentId } });
    expect(
      custody.filter(({ evidenceId }) => evidenceId === sent.id).map(({ act, personId }) => [act, personId]),
    ).toEqual([
      ['captured', officer.personId],
      ['received', officer.personId],
      ['original_taken', reviewer.personId],
      ['original_taken', auditor.personId],
    ]);
    expect((await get(place, '/media/..%2f..%2fsecret.key', officer)).status).toBe(404);
  });

  test('the record cannot be changed, not even by its own program', async () => {
    const { db } = place.deps;
    await expect(db('evidence').update({ sha256: '0'.repeat(64) })).rejects.toThrow(/append-only/);
    await expect(db('custody').delete()).rejects.toThrow(/append-only/);
  });

  test('closing with and without the demand for the pair: 30 m of the real places', async () => {
    const pairOf = async () => (await officer.ok('readEvidence', { params: { incidentId } })).pair;
    expect(await pairOf()).toEqual({ before: 0, after: 0, spotMetres: null });
    const near = (metres: number) => ({ ...spot, lat: spot.lat + metres / 111_195 });
    const meta = { incidentId: incidentId as never };
    const original = await uploaded(place, officer, await photo('grey'), {
      ...meta,
      photoKind: 'before',
      place: spot,
    });
    await uploaded(place, officer, await photo('white'), {
      ...meta,
      photoKind: 'before',
      originalId: original.id,
    });
    await uploaded(place, officer, await photo('navy'), { ...meta, photoKind: 'after', place: near(45) });
    expect(await pairOf()).toEqual({ before: 1, after: 1, spotMetres: expect.closeTo(45, 0) });
    const { photosOf } = await import('../../../server/enforcement/evidence.ts');
    expect(await photosOf(place.deps.db, incidentId)).toEqual({ before: 1, after: 1, spotMetres: 0 });
    const administrator = await place.person('administrator');
    const settings = await administrator.ok('readEnforcementSettings');
    await administrator.ok('changeEnforcementSettings', { body: { ...settings, photosForClosing: true } });
    expect((await photosOf(place.deps.db, incidentId)).spotMetres).toBeCloseTo(45, 0);
    await uploaded(place, officer, await photo('teal'), { ...meta, photoKind: 'after', place: near(12) });
    expect((await pairOf()).spotMetres).toBeCloseTo(12, 0);
  });

  test('a town that has chosen nothing demands both: the pair of photos and the whole checklist', async () => {
    const { db } = place.deps;
    const chosen = await db('setting').where({ name: 'enforcement' }).first();
    await db('setting').where({ name: 'enforcement' }).delete();
    expect(await officer.ok('readEnforcementSettings')).toMatchObject({
      photosForClosing: true,
      evidenceForHandling: true,
    });
    await db('setting').insert({ ...chosen, value: JSON.stringify(chosen.value) });
  });

  test('the checklist of the matter is complete when each word has a photo or a reason', async () => {
    const params = { incidentId };
    const { evidenceOf } = await import('../../../server/enforcement/evidence.ts');
    const administrator = await place.signIn('administrator-6').catch(() => place.person('administrator'));
    const settings = await administrator.ok('readEnforcementSettings');
    expect(await evidenceOf(place.deps.db, incidentId)).toBe(true);
    await administrator.ok('changeEnforcementSettings', { body: { ...settings, evidenceForHandling: true } });
    expect(await evidenceOf(place.deps.db, incidentId)).toBe(false);
    const { slots } = await officer.ok('readEvidence', { params });
    expect(slots.map(({ word }) => word)).toEqual(['全景含消防车道标识', '车牌', '占用宽度', '时间点']);
    expect(
      (await officer.call('skipEvidence', { params, body: { slot: '招牌', reason: '无' } })).problem.code,
    ).toBe('slot_unknown');
    for (const slot of ['全景含消防车道标识', '占用宽度', '时间点'])
      await officer.ok('skipEvidence', { params, body: { slot, reason: '现场无法拍摄' } });
    expect(await evidenceOf(place.deps.db, incidentId)).toBe(true);
  });
});
