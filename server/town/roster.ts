import { dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { isoWeek, weekends, type RestDays } from './local-time.ts';
import type { Staff } from './staff.ts';

/** Shifts of the teams; the night runs into the next morning. */
export type Shift = 'early' | 'late' | 'night';

/** One person's hours at one post. */
export interface RosterRow {
  readonly person: string;
  /** Team of an enforcement crew; null for the command room and grid workers. */
  readonly team: string | null;
  readonly crew: 'A' | 'B' | null;
  readonly shift: Shift | 'day';
  readonly post: 'leader' | 'member' | 'driver' | '综合指挥岗' | '综合政务岗' | '执法协调岗' | 'grid';
  /** Zones covered in this shift, by number; empty outside the teams. */
  readonly zones: readonly number[];
  readonly startsAt: number;
  readonly endsAt: number;
}

const MINUTE = 60_000;
const hours: Readonly<Record<Shift | 'day', readonly [start: number, end: number]>> = {
  early: [7 * 60, 15 * 60],
  late: [14 * 60 + 30, 22 * 60 + 30],
  night: [22 * 60 + 30, 31 * 60],
  day: [8 * 60, 18 * 60],
};
const CREWS = 20;
const POSTS = ['综合指挥岗', '综合政务岗', '执法协调岗'] as const;

/** Answers who is on duty; pure, nothing is stored. */
export interface Roster {
  /** All rows whose shift begins on the local days of [from, to), in order of start. */
  rows(from: number, to: number): RosterRow[];
  /** Rows of those on duty at an instant. */
  dutyAt(at: number): RosterRow[];
}

/** The duty roster of a staff. `isRestDay` knows the moved working days. */
export function rosterOf(staff: Staff, isRestDay: RestDays = weekends): Roster {
  const turns = nightTurns(staff);
  const members = new Map<string, Staff['people'][number][]>();
  for (const person of staff.people) {
    if (!person.team) continue;
    const crew = `${person.team}-${person.crew}`;
    members.set(crew, [...(members.get(crew) ?? []), person]);
  }
  const dispatchers = staff.people.filter((p) => p.role === 'dispatcher');
  const gridWorkers = staff.people.filter((p) => p.role === 'gridWorker');

  const crewRows = (crew: string, shift: Shift, zones: readonly number[], day: number): RosterRow[] => {
    const [team, letter] = crew.split('-') as [string, 'A' | 'B'];
    return members.get(crew)!.map(({ name, role }, i) => ({
      person: name,
      team,
      crew: letter,
      shift,
      post: role === 'leader' ? 'leader' : i === 2 ? 'driver' : 'member',
      zones,
      ...span(day, shift),
    }));
  };

  const teamRows = (day: number): RosterRow[] => {
    const tonight = turns(day);
    const off = new Set([...tonight, ...turns(day - 1)]);
    const early = isoWeek(day) % 2 === 0 ? 'A' : 'B';
    const rest = isRestDay(day);
    const rows = (['early', 'late'] as const).flatMap((shift) => {
      const letter = shift === 'early' ? early : early === 'A' ? 'B' : 'A';
      return staff.teams.flatMap(({ code, zones, partner }): RosterRow[] => {
        const other = staff.teams.find((t) => t.code === partner)!;
        const here = !off.has(`${code}-${letter}`);
        const there = !off.has(`${partner}-${letter}`);
        // Partners take turns on rest days; on working days one covers for the other only when it is off.
        const mine = rest && here && there ? (day % 2 === 0) === code < partner : here;
        if (!mine) return [];
        const covers = rest || !there ? [...zones, ...other.zones].sort((a, b) => a - b) : zones;
        return crewRows(`${code}-${letter}`, shift, covers, day);
      });
    });
    const half = (from: number) => Array.from({ length: 10 }, (_, i) => from + i);
    return [
      ...rows,
      ...crewRows(tonight[0], 'night', half(1), day),
      ...crewRows(tonight[1], 'night', half(11), day),
    ];
  };

  const roomRows = (day: number): RosterRow[] =>
    dispatchers.flatMap(({ name }, i): RosterRow[] => {
      // Nine places in turn: three early, three late, one at night, two off.
      const place = (i + day) % dispatchers.length;
      if (place > 6) return [];
      const shift = place < 3 ? 'early' : place < 6 ? 'late' : 'night';
      return [
        {
          person: name,
          team: null,
          crew: null,
          shift,
          post: POSTS[place % 3]!,
          zones: [],
          ...span(day, shift),
        },
      ];
    });

  const gridRows = (day: number): RosterRow[] =>
    gridWorkers.flatMap(({ name }, i): RosterRow[] =>
      isRestDay(day) && (i + day) % 7 !== 0
        ? []
        : [
            {
              person: name,
              team: null,
              crew: null,
              shift: 'day',
              post: 'grid',
              zones: [],
              ...span(day, 'day'),
            },
          ],
    );

  const ofDay = (day: number) => [...teamRows(day), ...roomRows(day), ...gridRows(day)];
  return {
    rows(from, to) {
      const days = Array.from({ length: dayOf(to - 1) - dayOf(from) + 1 }, (_, i) => dayOf(from) + i);
      return days.flatMap(ofDay).sort((a, b) => a.startsAt - b.startsAt);
    },
    dutyAt(at) {
      const day = dayOf(at);
      return [...ofDay(day - 1), ...ofDay(day)].filter((row) => row.startsAt <= at && at < row.endsAt);
    },
  };
}

function span(day: number, shift: Shift | 'day'): { readonly startsAt: number; readonly endsAt: number } {
  const [start, end] = hours[shift];
  return { startsAt: startOfDay(day) + start * MINUTE, endsAt: startOfDay(day) + end * MINUTE };
}

/**
 * The two crews of each night: crews 2n and 2n + 1 of the order of turns, modulo 20, for day number n. The order
 * puts the A crews first and keeps partners two nights apart, so that one of them is always there by day.
 */
function nightTurns({ teams }: Staff): (day: number) => [string, string] {
  const order: string[] = Array.from({ length: CREWS / 2 }, () => '');
  const seen = new Set<string>();
  let pair = 0;
  for (const { code, partner } of teams) {
    if (seen.has(code)) continue;
    seen.add(code).add(partner);
    order[2 * ((2 * pair) % 5) + 1] = code;
    order[2 * ((2 * pair + 2) % 5)] = partner;
    pair++;
  }
  const crews = [...order.map((t) => `${t}-A`), ...order.map((t) => `${t}-B`)];
  return (day) => {
    const first = (((2 * day) % CREWS) + CREWS) % CREWS;
    return [crews[first]!, crews[first + 1]!];
  };
}
