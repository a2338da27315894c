import { calendarDate, daysFromSpringFestival } from './local-time.ts';

/** Where a matter happens: the weight of a fine cell. */
export type PlaceWeight = 'P' | 'C' | 'I' | 'F' | 'H' | 'O' | 'W' | 'R';
/** When in the day. */
export type HourProfile = 'vend' | 'fire' | 'park' | 'night' | 'burn' | 'litter' | 'evening' | 'day';

/** One matter's part of the whole; all assumed. */
export interface MatterMix {
  readonly code: string;
  readonly priority: 1 | 2 | 3 | 4;
  /** Per cent of all incidents. */
  readonly share: number;
  readonly place: PlaceWeight;
  readonly hours: HourProfile;
}

const TABLE: Readonly<Record<1 | 2 | 3 | 4, string>> = {
  1: `FD-01 2.4 P fire, FD-02 0.5 C day, CY-19 0.5 R night, GA-01 0.2 C day, PL-01 0.2 F day, LA-01 0.05 F day,
      FO-01 0.15 H burn`,
  2: `FD-03 1.0 C day, FD-04 4.0 P fire, FD-05 0.3 I day, CY-12 2.0 P burn, MU-01 1.6 R day, EN-03 1.2 F burn,
      EN-04 1.6 I day, EN-05 2.2 I night, EN-08 0.4 W day, PL-02 0.4 C day, FW-01 0.9 P evening, HC-01 0.4 O day`,
  3: `CY-01 11 C vend, CY-02 10 C vend, CY-03 2 R day, CY-04 4 C day, CY-08 1.8 C day, CY-09 0.2 R day,
      CY-11 4 P litter, CY-20 9 C park, MU-02 0.6 P day, EN-01 0.6 C evening, EN-02 0.8 C evening, EN-06 1.0 C evening`,
  4: `CY-05 2.5 C day, CY-06 3 P day, CY-07 5 C day, CY-10 2.5 C litter, CY-13 1.5 P day, CY-14 1.5 P litter,
      CY-15 4 C park, CY-16 4 C litter, CY-17 3 P litter, CY-18 2 P day, EN-07 3 P evening, WA-01 1 W evening,
      FS-01 0.8 C vend, MK-01 0.6 C day, HC-02 0.6 O day`,
};

/** The 46 matters with their shares. */
export const matterMix: readonly MatterMix[] = ([1, 2, 3, 4] as const).flatMap((priority) =>
  TABLE[priority].split(',').map((entry): MatterMix => {
    const [code, share, place, hours] = entry.trim().split(' ') as [string, string, PlaceWeight, HourProfile];
    return { code, priority, share: Number(share), place, hours };
  }),
);

const REST = 0.1;
const spans: Readonly<Record<HourProfile, readonly (readonly [from: number, to: number, weight: number])[]>> =
  {
    vend: [
      [6, 8, 3],
      [17, 21, 3],
      [8, 17, 1],
    ],
    fire: [
      [19, 23, 3],
      [7, 19, 0.4],
      [23, 31, 0.3],
    ],
    park: [
      [8, 10, 2],
      [17, 20, 2],
      [10, 17, 1],
    ],
    night: [
      [22, 26, 4],
      [2, 6, 1],
      [20, 22, 1],
    ],
    burn: [
      [16, 19, 4],
      [9, 16, 1],
    ],
    litter: [
      [8, 10, 3],
      [10, 18, 1],
      [18, 21, 0.8],
    ],
    evening: [
      [18, 22, 4],
      [12, 18, 1],
    ],
    day: [
      [8, 18, 1],
      [6, 8, 0.4],
      [18, 20, 0.4],
    ],
  };

/** Weight of each of the 24 hours. */
export function hourWeights(profile: HourProfile): number[] {
  const weights = Array.from({ length: 24 }, () => REST);
  for (const [from, to, weight] of spans[profile]) for (let h = from; h < to; h++) weights[h % 24] = weight;
  return weights;
}

/** Factor of a day for a matter: rest days and seasons. */
export function dayFactor({ code, place, hours }: MatterMix, day: number, isRestDay: boolean): number {
  let factor = 1;
  if (isRestDay && (hours === 'vend' || hours === 'park' || hours === 'evening')) factor *= 1.3;
  if (isRestDay && place === 'I') factor *= 0.7;
  return factor * season(code, hours, day);
}

function season(code: string, hours: HourProfile, day: number): number {
  const { month, date } = calendarDate(day);
  const summer = month >= 5 && month <= 9;
  switch (code) {
    case 'FO-01':
      if (month === 4 && date <= 7) return 5;
      return month >= 11 || month <= 4 ? 1 : 0;
    case 'FW-01': {
      const near = daysFromSpringFestival(day);
      return near !== null && near >= -3 && near <= 15 ? 20 : 0.2;
    }
    case 'EN-02':
      return summer ? 2.5 : 0.4;
    case 'EN-07':
      return summer ? 1.5 : 1;
    default:
      return hours === 'burn' && (month === 10 || month === 11) ? 3 : 1;
  }
}
