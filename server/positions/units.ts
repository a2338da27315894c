import type { AlarmView } from '../../shared/contract/alarms.ts';
import type { PositionDoubt } from '../../shared/contract/frame.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Crs } from '../../shared/contract/geo.ts';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import type { TeamPosition, TeamView } from '../../shared/contract/teams.ts';
import { doubtOf, untried, type Trust } from '../../shared/rules/positions/doubt.ts';
import { catchingUp, type Backlog } from '../../shared/rules/positions/freshness.ts';
import { alarmView, standingAlarms } from '../dispatch/store-alarms.ts';
import type { Deps } from '../kernel/deps.ts';
import { teamPositions, teamViews } from '../teams/store.ts';
import { comparableFixAt, placeOfTeam, type TeamPlace } from './place.ts';
import {
  doubtsOnDuty,
  dutiesNow,
  officersOnDuty,
  type ContactRow,
  type Duty,
  type OfficerRow,
} from './store.ts';

/** An officer on duty as this process knows them. */
export interface Officer {
  readonly duty: Duty;
  latest: PositionRecord | null;
  backlog: Backlog;
  /** What the newest fix says. */
  trust: Trust;
  /** The datum that the phone claims and its way belies; null while nothing speaks against it. */
  belied: Crs | null;
  /** When this process heard the phone last, ms. */
  heardAt: number;
}

/** An officer who has just signed on: nothing is known yet. */
export const officerOf = (duty: Duty): Officer => ({
  duty,
  latest: null,
  backlog: { latePosts: 0 },
  trust: untried,
  belied: null,
  heardAt: 0,
});

/** Why an officer's place may not be trusted; null when nothing is known against it. */
export const doubtOfOfficer = ({ trust, belied }: Officer): PositionDoubt | null =>
  doubtOf(trust, belied !== null);

/** A team as this process knows it. */
export interface Team {
  view: TeamView;
  place: TeamPlace | null;
}

/** One thing on the map whose row in the next frame must be sent. */
export type UnitKey = `officer/${number}` | `team/${number}`;

/** The units that an alarm is about. */
const keysOf = ({ personId, teamId }: AlarmView): UnitKey[] => [
  ...(personId === null ? [] : [`officer/${personId}` as const]),
  ...(teamId === null ? [] : [`team/${teamId}` as const]),
];

/**
 * Who is on duty, where they are, and where their teams are. A cache: it is filled from the tables at the start,
 * follows the ledger's facts, is read anew every minute, and asks the database before it calls anybody off duty.
 */
export class Units {
  readonly officers = new Map<number, Officer>();
  readonly teams = new Map<number, Team>();
  /** Units whose row changed since the last frame. */
  readonly changed = new Set<UnitKey>();
  /** People whose doubted place the room was told of, and is not told to be sound again. */
  readonly accused = new Set<number>();
  /** People and teams with a standing SOS. */
  readonly emergencies = new Set<UnitKey>();
  readonly #deps: Deps;
  readonly #onPlaced: (team: Team) => void;
  /** Signings on and off so far: what was read from the tables before one must not undo it. */
  #signings = 0;

  /** `onPlaced` is called when a team's place is another fix than before. */
  constructor(deps: Deps, onPlaced: (team: Team) => void) {
    this.#deps = deps;
    this.#onPlaced = onPlaced;
  }

  /** Reads duty, teams and latest places from the tables; newer fixes in memory stay. */
  async load(): Promise<void> {
    const { db } = this.#deps;
    const before = this.#signings;
    const duties = await dutiesNow(db);
    const views = await teamViews(db, this.#deps.now());
    const rows = await officersOnDuty(db);
    const doubts = await doubtsOnDuty(db);
    const places = await teamPositions(db);
    const alarms = await standingAlarms(db);
    if (this.#signings !== before) return this.load();
    const onDuty = new Set(duties.map(({ personId }) => personId));
    for (const personId of this.officers.keys()) if (!onDuty.has(personId)) this.#sign(personId, null);
    for (const duty of duties) this.#sign(duty.personId, duty);
    for (const row of rows) {
      const officer = this.officers.get(row.person_id);
      if (officer) officer.latest ??= recordOf(row);
    }
    for (const row of doubts) this.#remind(row);
    for (const view of views) this.#see(view);
    for (const position of places) {
      const team = this.teams.get(position.teamId);
      if (team && team.place === null && team.view.members.length > 0) team.place = placeOf(position);
    }
    this.emergencies.clear();
    this.accused.clear();
    for (const { kind, person_id: personId } of alarms)
      if (kind === 'position_doubted' && personId !== null) this.accused.add(personId);
    for (const alarm of alarms)
      if (alarm.kind === 'sos') for (const key of keysOf(alarmView(alarm))) this.emergencies.add(key);
  }

  /** The person's present duty; the database is asked when memory says otherwise than `teamId` or knows of none. */
  async dutyOf(personId: number, teamId?: number | null): Promise<Officer | undefined> {
    const known = this.officers.get(personId);
    const agrees = teamId === undefined ? known !== undefined : (known?.duty.teamId ?? null) === teamId;
    if (agrees) return known;
    const before = this.#signings;
    const [duty] = await dutiesNow(this.#deps.db, personId);
    if (this.#signings !== before) return this.dutyOf(personId, teamId);
    this.#sign(personId, duty ?? null);
    if (duty && !this.teams.has(duty.teamId))
      for (const view of await teamViews(this.#deps.db, this.#deps.now(), [duty.teamId])) this.#see(view);
    return this.officers.get(personId);
  }

  /** Follows the ledger. */
  follow(event: LedgerEvent): void {
    if (event.type === 'duty.started' || event.type === 'duty.ended') this.#signings += 1;
    if (event.type === 'duty.started') {
      const { personId, team } = event.data;
      this.#sign(personId, { personId, teamId: team.id, since: Date.parse(event.at) });
    }
    if (event.type === 'duty.ended') this.#sign(event.data.personId, null);
    if (
      (event.type === 'alarm.raised' || event.type === 'alarm.cleared') &&
      event.data.alarm.kind === 'sos'
    ) {
      for (const key of keysOf(event.data.alarm)) {
        if (event.type === 'alarm.raised') this.emergencies.add(key);
        else this.emergencies.delete(key);
        this.changed.add(key);
      }
    }
    if (event.type === 'alarm.raised' || event.type === 'alarm.cleared') {
      const { kind, personId } = event.data.alarm;
      if (kind === 'position_doubted' && personId !== null) {
        if (event.type === 'alarm.raised') this.accused.add(personId);
        else this.accused.delete(personId);
      }
    }
    const { team } = event.data as { readonly team?: TeamView };
    if (team) this.#see(team);
  }

  /** Takes newer fixes that another process has stored; the rows of the teams are that process's to write. */
  merge(rows: readonly OfficerRow[]): void {
    for (const row of rows) {
      const officer = this.officers.get(row.person_id);
      const newer = Date.parse(row.fix_at) > (officer?.latest ? comparableFixAt(officer.latest) : 0);
      if (!officer || !newer) continue;
      officer.latest = recordOf(row);
      this.changed.add(`officer/${row.person_id}`);
      const team = this.teams.get(officer.duty.teamId);
      if (team) this.place(team, false);
    }
  }

  /** Takes what another process, or this one before it started, has found against a phone. */
  mergeDoubts(rows: readonly DoubtRow[]): void {
    for (const row of rows) {
      const officer = this.officers.get(row.person_id);
      if (!officer || Date.parse(row.contacted_at) <= officer.heardAt) continue;
      if (doubtOfOfficer(officer) !== row.doubt) this.#judge(officer, row);
    }
  }

  /** The person's place is looked at with other eyes: the rows of the person and of the team are sent again. */
  distrust({ duty }: Officer): void {
    this.changed.add(`officer/${duty.personId}`);
    this.changed.add(`team/${duty.teamId}`);
    const team = this.teams.get(duty.teamId);
    if (team) this.place(team);
  }

  /** Why the team's place may not be trusted: what stands against the phone that places it, or could. */
  doubtOfTeam(team: Team): PositionDoubt | null {
    const members = team.view.members.flatMap(({ personId }) => this.officers.get(personId) ?? []);
    const placing = team.place ? this.officers.get(team.place.personId) : members.find(doubtOfOfficer);
    return placing ? doubtOfOfficer(placing) : null;
  }

  /** Derives the team's place anew after a member moved. */
  place(team: Team, ours = true): void {
    const members = team.view.members.map(({ personId, leader, licensed }) => {
      const officer = this.officers.get(personId);
      const own = officer?.duty.teamId === team.view.id;
      const doubted = own && doubtOfOfficer(officer) !== null;
      return { personId, leader, licensed, doubted, latest: own ? officer.latest : null };
    });
    const place = placeOfTeam(members, team.place, this.#deps.now());
    if (place?.fix === team.place?.fix) return;
    team.place = place;
    this.changed.add(`team/${team.view.id}`);
    if (ours) this.#onPlaced(team);
  }

  /** True while the phone that places the team sends a backlog. */
  catchingUp(team: Team): boolean {
    const officer = team.place ? this.officers.get(team.place.personId) : undefined;
    return officer !== undefined && catchingUp(officer.backlog);
  }

  /** What the table remembers of a phone that this process has not heard yet. */
  #remind(row: DoubtRow): void {
    const officer = this.officers.get(row.person_id);
    if (officer && officer.trust === untried && row.doubt !== null) this.#judge(officer, row);
  }

  #judge(officer: Officer, { doubt, fix_accuracy_metres: accuracyMetres }: DoubtRow): void {
    officer.belied = doubt === 'datum' ? (officer.latest?.rawCrs ?? 'wgs84') : null;
    officer.trust = {
      judgedAt: officer.trust.judgedAt,
      doubt: doubt === 'datum' ? null : doubt,
      accuracyMetres,
    };
    this.distrust(officer);
  }

  #see(view: TeamView): void {
    const team = this.teams.get(view.id) ?? { view, place: null };
    if (view.version < team.view.version) return;
    team.view = view;
    this.teams.set(view.id, team);
    // where a team was when its last member signed off is nobody's business
    if (view.members.length === 0) team.place = null;
    else this.place(team);
    this.changed.add(`team/${view.id}`);
    for (const { personId } of view.members) this.changed.add(`officer/${personId}`);
  }

  #sign(personId: number, duty: Duty | null): void {
    const known = this.officers.get(personId);
    if (known && duty && known.duty.teamId === duty.teamId && known.duty.since === duty.since) return;
    this.changed.add(`officer/${personId}`);
    if (duty) this.officers.set(personId, officerOf(duty));
    else this.officers.delete(personId);
  }
}

type DoubtRow = Pick<ContactRow, 'person_id' | 'contacted_at' | 'doubt' | 'fix_accuracy_metres'>;

/** A stored place of a team as this process holds it. */
const placeOf = (position: TeamPosition): TeamPlace => ({
  personId: position.personId,
  fixAt: Date.parse(position.fixAt),
  fix: recordOf({
    person_id: position.personId,
    team_id: position.teamId,
    lng: position.point.lng,
    lat: position.point.lat,
    fix_at: position.fixAt,
    received_at: position.fixAt,
    accuracy_metres: position.accuracyMetres,
    speed_metres_per_second: position.speedMetresPerSecond,
    heading_degrees: position.headingDegrees,
    battery: position.battery,
    source: position.source,
    raw_lng: null,
    raw_lat: null,
    raw_crs: 'wgs84',
  }),
});

/** A stored latest place as the record that the rules compare with. */
function recordOf(row: OfficerRow): PositionRecord {
  return {
    kind: 'fix',
    deviceId: String(row.person_id),
    label: null,
    uuid: null,
    fixedAt: Date.parse(row.fix_at),
    receivedAt: Date.parse(row.received_at),
    point: { lng: row.lng, lat: row.lat } as PositionRecord['point'],
    rawLng: row.raw_lng,
    rawLat: row.raw_lat,
    rawCrs: row.raw_crs as PositionRecord['rawCrs'],
    accuracyMetres: row.accuracy_metres,
    speedMetresPerSecond: row.speed_metres_per_second,
    headingDegrees: row.heading_degrees,
    altitudeMetres: null,
    battery: row.battery,
    charging: null,
    mock: false,
    valid: true,
    ping: false,
    source: 'native',
    provider: row.source,
  };
}
