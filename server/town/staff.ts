import { dayMs } from '../../shared/rules/calendar.ts';
import { allSkills } from './matters.ts';
import { pairZones, type TeamZones } from './team-zones.ts';
import type { Town } from './town.ts';

/** A person by label: nobody real, so nobody has a name. */
export interface StaffMember {
  /** Sign-in name, unique. */
  readonly name: string;
  readonly displayName: string;
  readonly role:
    | 'dispatcher'
    | 'leader'
    | 'officer'
    | 'auxiliary'
    | 'gridWorker'
    | 'planner'
    | 'head'
    | 'legalReviewer'
    | 'auditor'
    | 'administrator';
  readonly team: string | null;
  readonly crew: 'A' | 'B' | null;
  /** Cell of a grid worker. */
  readonly cell: string | null;
  readonly skills: readonly string[];
}

/** An enforcement licence (执法证) of a person. */
export interface StaffLicence {
  readonly person: string;
  readonly number: string;
  /** Fields of administration; empty for all. */
  readonly fields: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
}

/** A piece of equipment and who holds it: a person, or a crew such as T03-A. */
export interface StaffDevice {
  readonly code: string;
  readonly kind: 'pda' | 'bodycam' | 'vehicle' | 'soundMeter' | 'drone' | 'gasDetector' | 'labelPrinter';
  /** The word of the equipment column of the matters. */
  readonly nameZh: string;
  readonly holder: string;
}

/** All who work for the town, their licences and their kit. */
export interface Staff {
  readonly teams: readonly TeamZones[];
  readonly people: readonly StaffMember[];
  readonly licences: readonly StaffLicence[];
  readonly devices: readonly StaffDevice[];
}

/** Crew whose second officer's licence ran out the day before: it may not decide. */
export const LAPSED = 't07-b-2';
/** Officers whose licences end within 30 days. */
export const ENDING = ['t02-a-1', 't04-b-2'] as const;
/** Officer who may act in one field only. */
export const RESTRICTED = 't09-a-2';

const crews = ['A', 'B'] as const;

/** The staff of a town as of a day; all numbers assumed. `seededAt` anchors the licences' dates. */
export function staffOf(town: Town, seededAt: number): Staff {
  const teams = pairZones(town);
  const special = specialSkills(teams.map((t) => t.code));
  const enforcement = teams.flatMap(({ code }) =>
    crews.flatMap((crew) =>
      [1, 2, 3, 4].map((n): StaffMember => {
        const name = `${code}-${crew}-${n}`.toLowerCase();
        const isOfficer = n <= 2;
        return {
          name,
          displayName: `${isOfficer ? '执法员' : '辅助'} ${code}-${crew}-${n}`,
          role: n === 1 ? 'leader' : isOfficer ? 'officer' : 'auxiliary',
          team: code,
          crew,
          cell: null,
          skills: isOfficer ? ['市容', ...(n === 1 ? ['消防初训'] : []), ...(special.get(name) ?? [])] : [],
        };
      }),
    ),
  );
  const office = (role: StaffMember['role'], label: string, prefix: string, count: number): StaffMember[] =>
    Array.from({ length: count }, (_, i) => ({
      name: count === 1 ? prefix : `${prefix}-${i + 1}`,
      displayName: count === 1 ? label : `${label} ${i + 1}`,
      role,
      team: null,
      crew: null,
      cell: null,
      skills: [],
    }));
  const people = [
    ...enforcement,
    ...office('dispatcher', '派遣员', 'dispatcher', 9),
    ...office('head', '镇执法负责人', 'head', 1),
    ...office('head', '镇执法副负责人', 'deputy', 2),
    ...office('legalReviewer', '法制审核员', 'reviewer', 2),
    ...office('planner', '网格规划员', 'planner', 1),
    ...office('auditor', '监督审计员', 'auditor', 1),
    ...office('administrator', '系统管理员', 'administrator', 1),
    ...town.cells.features.map(({ properties: { code15 } }): StaffMember => ({
      name: `grid-${code15}`,
      displayName: `网格员 ${code15}`,
      role: 'gridWorker',
      team: null,
      crew: null,
      cell: code15,
      skills: [],
    })),
  ];
  const officers = enforcement.filter((p) => p.role !== 'auxiliary');
  return {
    teams,
    people,
    licences: officers.map(({ name }, i) => licenceOf(name, i, seededAt)),
    devices: devicesOf(teams, enforcement),
  };
}

function licenceOf(person: string, index: number, seededAt: number): StaffLicence {
  const lapsed = person === LAPSED;
  const ending = ENDING.findIndex((name) => name === person);
  const days = lapsed ? -1 : ending >= 0 ? 9 + 12 * ending : 400 + 37 * (index % 17);
  return {
    person,
    number: `合成-33020510${String(index + 1).padStart(4, '0')}`,
    fields: person === RESTRICTED ? ['城市管理'] : [],
    validFrom: seededAt + (days - 5 * 365) * dayMs,
    validTo: seededAt + days * dayMs,
  };
}

/** Each special skill goes to the second officers of four teams, two in each crew. */
function specialSkills(teams: readonly string[]): Map<string, string[]> {
  const skills = new Map<string, string[]>();
  const special = allSkills().filter((s) => s !== '市容' && s !== '消防初训');
  special.forEach((skill, k) => {
    for (let i = 0; i < 4; i++) {
      const team = teams[(3 * k + i * 3) % teams.length]!;
      const name = `${team}-${crews[i % 2]}-2`.toLowerCase();
      skills.set(name, [...(skills.get(name) ?? []), skill]);
    }
  });
  return skills;
}

function devicesOf(teams: readonly TeamZones[], people: readonly StaffMember[]): StaffDevice[] {
  const held = (kind: StaffDevice['kind'], nameZh: string, prefix: string, holders: readonly string[]) =>
    holders.map((holder, i): StaffDevice => ({
      code: `${prefix}-${String(i + 1).padStart(3, '0')}`,
      kind,
      nameZh,
      holder,
    }));
  const names = people.map((p) => p.name);
  const crew = (team: number, letter: 'A' | 'B') => `${teams[team]!.code}-${letter}`;
  return [
    ...held('pda', '移动终端', 'PDA', names),
    ...held(
      'bodycam',
      '执法记录仪',
      'CAM',
      people.filter((p) => p.role !== 'auxiliary').map((p) => p.name),
    ),
    ...held(
      'vehicle',
      '执法车',
      'CAR',
      teams.flatMap((t) => crews.map((c) => `${t.code}-${c}`)),
    ),
    ...held('soundMeter', '声级计', 'SND', [crew(1, 'B'), crew(6, 'A')]),
    ...held('drone', '无人机', 'UAV', [crew(0, 'A'), crew(5, 'B')]),
    ...held('gasDetector', '检漏仪', 'GAS', [crew(3, 'A'), crew(8, 'B')]),
    ...held('labelPrinter', '告知单打印', 'PRN', [crew(2, 'A'), crew(4, 'B'), crew(7, 'A'), crew(9, 'B')]),
  ];
}
