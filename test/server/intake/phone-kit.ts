import type { RegisterDeviceSchema, SetUp } from '../../../shared/contract/devices.ts';
import type { z } from 'zod';
import { until } from '../live/console.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Engine } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';

/** 22 November 2026, 06:05:30 UTC: half a minute after the time that the recorded requests carry. */
export const recordedAt = Date.UTC(2026, 10, 22, 6, 5, 30);
/** The place and the instant of the recorded requests. */
export const recorded = {
  lng: 121.44516,
  lat: 29.98017,
  fixedAt: '2026-11-22T06:05:01.000Z',
  seconds: 1795327501,
};

export interface Street {
  readonly town: TestTown;
  readonly administrator: Phone;
  /** A new team of two on duty since an hour ago, nowhere yet. */
  crew(options?: Partial<Parameters<typeof addTeam>[1]>): Promise<Crew>;
  device(
    phone: Phone,
    kind: 'traccar_client' | 'owntracks' | 'traccar_forward' | 'pda',
    more?: Partial<z.input<typeof RegisterDeviceSchema>>,
  ): Promise<SetUp>;
  /** Sends something to the door for phones; `path` may be a whole address. */
  send(path: string, init?: RequestInit): Promise<Heard>;
  /**
   * Rows of the history of a person, oldest first: as soon as there are `expected`, which is waited for; without a
   * number after a time in which what came is written.
   */
  history(phone: Phone, expected?: number): Promise<Record<string, unknown>[]>;
}

export interface Crew {
  readonly teamId: number;
  readonly leader: Phone;
  readonly member: Phone;
}

export interface Heard {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

export const form = (text: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: text,
});
export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
export const basic = ({ userName, secret }: SetUp): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`,
});

/** A town whose clock stands where the recorded requests were made, and what its phones need. */
export async function street(engine: Engine): Promise<Street> {
  const place = await town(engine, recordedAt);
  const administrator = await place.person('administrator');
  let teams = 0;
  return {
    town: place,
    administrator,
    async crew(options = {}) {
      const code = `T${(teams += 1)}`;
      const made = await addTeam(place.deps.db, {
        code,
        at: place.now(),
        place: cellCentre(1, 1),
        fixAgeSeconds: 7200,
        ...options,
      });
      const [leader, member] = [
        await place.signIn(made.people[0]!.name),
        await place.signIn(made.people[1]!.name),
      ];
      return { teamId: made.teamId, leader, member };
    },
    async device(phone, kind, more = {}) {
      const body = { personId: phone.personId as never, kind, label: '手机', crs: 'wgs84', ...more } as const;
      const { setUp } = await administrator.ok('registerDevice', { body });
      return setUp!;
    },
    async send(path, init) {
      const response = await fetch(path.startsWith('http') ? path : `${place.address}${path}`, {
        redirect: 'manual',
        ...init,
      });
      const { status, headers } = response;
      return { status, type: headers.get('content-type'), text: await response.text() };
    },
    async history(phone, expected) {
      const read = () => place.deps.db('position').where({ person_id: phone.personId }).orderBy('fixed_at');
      if (expected === undefined) await new Promise((resolve) => setTimeout(resolve, 500));
      else await until(async () => (await read()).length >= expected);
      return read();
    },
  };
}
