import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { CircumstancesAnswered, Party, PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import type { FileActSchema, OpenFileSchema } from '../../../shared/contract/file-acts.ts';
import type { Matter } from '../../../shared/contract/matters.ts';
import { insertCalendar } from '../../../server/incidents/store-holidays.ts';
import { publishMatters } from '../../../server/incidents/store-write.ts';
import type { z } from 'zod';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import { town, type Answer, type Phone, type TestTown } from '../../kit/town.ts';
import type { Engine } from '../../kit/database.ts';
import { photo, uploaded } from './upload-kit.ts';

const data = (name: string) => readFileSync(join(import.meta.dirname, '../../../data', name), 'utf8');
export const catalogue = (JSON.parse(data('matters.json')) as { matters: Matter[] }).matters;

/** A signature as the glass gives it. */
export const glass = async (): Promise<string> =>
  (
    await sharp(
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><path d="M20 80 C60 10 90 110 130 50 S220 20 280 90" fill="none" stroke="black" stroke-width="5"/></svg>',
      ),
    )
      .png()
      .toBuffer()
  ).toString('base64');

/** An identity number with its check digit, for a birth date. */
export function cardNumber(birthDate: string, sequence = '012'): string {
  const body = `330205${birthDate.replaceAll('-', '')}${sequence}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

export const individual = (more: Partial<Party> = {}): Party => ({
  kind: 'individual',
  name: '张𬭎',
  idKind: 'identity_card',
  idNumber: cardNumber('1988-05-20'),
  birthDate: null,
  representative: null,
  address: '宁波市江北区慈城镇民权路1号',
  phone: '13800000000',
  plate: null,
  ...more,
});
export const organisation = (): Party => ({
  ...individual(),
  kind: 'organisation',
  name: '慈城某某餐饮有限公司',
  idKind: 'credit_code',
  idNumber: '91350100M000100Y43',
  representative: '李四',
});

/** Every question of the law answered so that nothing stands against a penalty. */
export const clear: CircumstancesAnswered = {
  partyPresent: true,
  capable: true,
  guardianPresent: false,
  grave: false,
  minorHarmless: false,
  firstMinor: 'no',
  faultless: false,
  mitigated: false,
  level: null,
};

export type Open = z.input<typeof OpenFileSchema>;
export type Act = z.input<typeof FileActSchema>;

export interface Court {
  readonly town: TestTown;
  dispatcher: Phone;
  head: Phone;
  reviewer: Phone;
  /** The two licensed officers of team A1. */
  first: Phone;
  second: Phone;
  readonly teamId: number;
  /** An incident of a matter at the centre of a cell, in its overlays; answers its number. */
  incident(matterCode: string): Promise<number>;
  photos(incidentId: number, count: number): Promise<string[]>;
  open(phone: Phone, incidentId: number, body: Open): Promise<Answer<'openFile'>>;
  /** Lets time pass, doing what falls due each `stepMs`; everybody signs in anew afterwards. */
  pass(ms: number, stepMs?: number): Promise<void>;
  act(phone: Phone, fileId: number, body: Act): Promise<Answer<'actOnFile'>>;
  did(phone: Phone, fileId: number, body: Act): Promise<PenaltyFileView>;
}

/** A town with the whole catalogue and calendar, two officers, a head, a legal reviewer. */
export async function court(engine: Engine, at?: number): Promise<Court> {
  const place = at === undefined ? await town(engine) : await town(engine, at);
  const { db } = place.deps;
  await publishMatters(db, catalogue, {
    holder: () => '慈城镇',
    status: () => 'delegated',
    document: '测试清单',
    from: place.now() - 900 * 86_400_000,
    scarceKit: new Set(),
  });
  const rows = data('calendar-2025-2026.csv')
    .trim()
    .split('\n')
    .filter((line) => /^\d{4}-/.test(line));
  await insertCalendar(
    db,
    rows.map((line) => {
      const [day = '', kind = ''] = line.split(',');
      return { day, kind: kind as 'holiday', name: '', source: 'test' };
    }),
  );
  const { teamId } = await addTeam(db, {
    code: 'A1',
    at: place.now(),
    place: cellCentre(0, 0),
    auxiliaries: 1,
    skills: ['市容', '消防初训', '环保', '食品'],
  });
  const dispatcher = await place.person('dispatcher');
  const made: Court = {
    town: place,
    dispatcher,
    head: await place.person('head'),
    reviewer: await place.person('legalReviewer'),
    first: await place.signIn('A1-1'),
    second: await place.signIn('A1-2'),
    teamId,
    async incident(matterCode: string) {
      const body = { matterCode, point: cellCentre(0, 0), crs: 'wgs84', address: '民权路12号门前' } as const;
      const { incident } = await made.dispatcher.ok('createIncident', { body });
      const { overlays } = catalogue.find(({ code }) => code === matterCode)!;
      await db('incident').where({ id: incident.id }).update({ overlays });
      return incident.id;
    },
    async photos(incidentId: number, count: number) {
      const colours = ['red', 'green', 'blue', 'navy', 'teal'];
      const taken: string[] = [];
      for (const colour of colours.slice(0, count))
        taken.push(
          (
            await uploaded(place, made.first, await photo(colour, 320, 240), {
              incidentId: incidentId as never,
            })
          ).id,
        );
      return taken;
    },
    async pass(ms: number, stepMs = ms) {
      await place.advance(ms, stepMs);
      for (const who of ['dispatcher', 'head', 'reviewer', 'first', 'second'] as const)
        made[who] = await place.signIn(made[who].name);
    },
    open: (phone: Phone, incidentId: number, body: Open) =>
      phone.call('openFile', { params: { incidentId }, body }),
    act: (phone: Phone, fileId: number, body: Act) => phone.call('actOnFile', { params: { fileId }, body }),
    did: (phone: Phone, fileId: number, body: Act) => phone.ok('actOnFile', { params: { fileId }, body }),
  };
  return made;
}
