import type { Findings } from './findings.ts';
import { instantOf } from './instants.ts';
import type { Layered } from './job.ts';
import type { ImportRequest } from './request.ts';
import { readTable, type TableRow } from './table.ts';
import { importTeams } from './teams-write.ts';

/** A team as the rows of its members describe it. */
export interface ListedTeam {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly lng: number;
  readonly lat: number;
  readonly zones: readonly number[];
  readonly capacity: 1 | 2;
  readonly kit: readonly string[];
  readonly members: ListedMember[];
}

/** A person of a team. Instants in ms; null: not said. */
export interface ListedMember {
  readonly line: number;
  readonly name: string;
  readonly displayName: string;
  readonly kind: 'officer' | 'auxiliary';
  readonly post: 'leader' | 'member' | 'driver';
  readonly licence: { number: string; fields: readonly string[]; from: number; to: number } | null;
  readonly skills: readonly string[];
  readonly startsAt: number | null;
  readonly endsAt: number | null;
}

const columns = {
  team: { names: ['team_code', '编组'], needed: true },
  teamName: { names: ['team_name', '编组名称'] },
  homeLng: { names: ['home_lng', 'lng', 'longitude', '驻点经度'], needed: true },
  homeLat: { names: ['home_lat', 'lat', 'latitude', '驻点纬度'], needed: true },
  zones: { names: ['zone', '片区'], needed: true },
  capacity: { names: ['容量'] },
  kit: { names: ['equipment', '装备'] },
  person: { names: ['sign_in', '登录名'], needed: true },
  displayName: { names: ['display_name', '姓名'], needed: true },
  kind: { names: ['role', '身份'], needed: true },
  post: { names: ['岗位'] },
  licence: { names: ['licence_number', '执法证号'] },
  licenceFrom: { names: ['licence_from', '证件起'] },
  licenceTo: { names: ['licence_to', '证件止'] },
  licenceFields: { names: ['licence_fields', '执法领域'] },
  skills: { names: ['skill', '技能'] },
  startsAt: { names: ['starts_at', '上岗'] },
  endsAt: { names: ['ends_at', '下岗'] },
};

/** Team columns that may be left empty from a team's second row on, but may not say something else. */
const ofTeam = ['teamName', 'homeLng', 'homeLat', 'zones', 'capacity', 'kit'] as const;

/** Teams 编组: one row a person; people get no password, an administrator or a link gives them one. */
export const prepareTeams: Layered = async (file, request, findings) => {
  const teams = new Map<string, { team: ListedTeam; first: TableRow }>();
  const people = new Map<string, number>();
  const licences = new Map<string, number>();
  for (const row of readTable(file, request, columns, findings)) {
    const code = row.get('team');
    if (code === '') findings.add(row.line, 'field_missing', 'team', 'no team code');
    const known = teams.get(code);
    if (known) {
      for (const field of ofTeam)
        if (row.get(field) !== '' && row.get(field) !== known.first.get(field))
          findings.add(
            row.line,
            'row_differs',
            field,
            `"${row.get(field)}", in line ${known.first.line} "${known.first.get(field)}"`,
          );
    } else teams.set(code, { team: readTeam(row, findings), first: row });
    const member = readMember(row, request, findings);
    once(people, member.name, row.line, 'person_repeated', 'person', findings);
    if (member.licence)
      once(licences, member.licence.number, row.line, 'licence_repeated', 'licence', findings);
    teams.get(code)!.team.members.push(member);
  }
  const listed = [...teams.values()].map(({ team }) => team);
  return (job) => importTeams(job, listed);
};

function once(
  seen: Map<string, number>,
  word: string,
  line: number,
  code: 'person_repeated' | 'licence_repeated',
  field: string,
  findings: Findings,
): void {
  const other = seen.get(word);
  if (word !== '' && other !== undefined)
    findings.add(line, code, field, `"${word}" stands in line ${other} too`);
  seen.set(word, line);
}

const words = (text: string) =>
  text
    .split(/[;；、|]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

function readTeam(row: TableRow, findings: Findings): ListedTeam {
  const [lng, lat] = [row.get('homeLng'), row.get('homeLat')];
  if (lng === '' || lat === '' || !Number.isFinite(Number(lng)) || !Number.isFinite(Number(lat)))
    findings.add(row.line, 'coordinate_invalid', 'homeLng', `longitude "${lng}", latitude "${lat}"`);
  const zones = words(row.get('zones'));
  const odd = zones.filter((word) => !/^[1-9]\d{0,3}$/.test(word));
  if (zones.length === 0 || odd.length > 0)
    findings.add(row.line, 'field_invalid', 'zones', `"${row.get('zones')}": zone numbers joined by ;`);
  const capacity = row.get('capacity') || '1';
  if (capacity !== '1' && capacity !== '2')
    findings.add(row.line, 'field_invalid', 'capacity', `"${capacity}": 1 or 2 incidents at a time`);
  return {
    line: row.line,
    code: row.get('team'),
    name: row.get('teamName') || row.get('team'),
    lng: Number(lng),
    lat: Number(lat),
    zones: zones.map(Number),
    capacity: capacity === '2' ? 2 : 1,
    kit: words(row.get('kit')),
    members: [],
  };
}

function readMember(row: TableRow, { timeZone }: ImportRequest, findings: Findings): ListedMember {
  const kind = { officer: 'officer', 执法人员: 'officer', auxiliary: 'auxiliary', 执法辅助人员: 'auxiliary' }[
    row.get('kind')
  ];
  if (!kind)
    findings.add(row.line, 'field_invalid', 'kind', `"${row.get('kind')}" is neither officer nor auxiliary`);
  const post = {
    '': 'member',
    member: 'member',
    leader: 'leader',
    组长: 'leader',
    driver: 'driver',
    司机: 'driver',
  }[row.get('post')];
  if (!post)
    findings.add(row.line, 'field_invalid', 'post', `"${row.get('post')}" is none of leader, member, driver`);
  for (const field of ['person', 'displayName'] as const)
    if (row.get(field) === '') findings.add(row.line, 'field_missing', field, 'no value');
  const instant = (field: string): number | null => {
    if (row.get(field) === '') return null;
    const at = instantOf(row.get(field), timeZone);
    if (Number.isNaN(at)) findings.add(row.line, 'time_invalid', field, `"${row.get(field)}"`);
    return at;
  };
  const number = row.get('licence');
  const [from, to] = [instant('licenceFrom'), instant('licenceTo')];
  if (number !== '' && (from === null || to === null || from >= to))
    findings.add(
      row.line,
      'field_invalid',
      'licenceTo',
      `licence ${number} is valid from "${row.get('licenceFrom')}" to "${row.get('licenceTo')}"`,
    );
  if (number === '' && kind === 'officer')
    findings.add(row.line, 'licence_missing', 'licence', row.get('displayName'));
  const [startsAt, endsAt] = [instant('startsAt'), instant('endsAt')];
  if (startsAt !== null && endsAt !== null && startsAt >= endsAt)
    findings.add(row.line, 'field_invalid', 'endsAt', 'the shift ends before it starts');
  return {
    line: row.line,
    name: row.get('person'),
    displayName: row.get('displayName'),
    kind: (kind ?? 'officer') as ListedMember['kind'],
    post: (post ?? 'member') as ListedMember['post'],
    licence:
      number === ''
        ? null
        : { number, fields: words(row.get('licenceFields')), from: from ?? 0, to: to ?? 0 },
    skills: words(row.get('skills')),
    startsAt,
    endsAt,
  };
}
