import type { Bbox, LngLat } from '../../shared/contract/geo.ts';
import type { PositionAnswer, PositionRecord } from '../../shared/contract/positions.ts';
import { isHeartbeat, timeVerdict, withoutPlace } from '../../shared/rules/positions/accept.ts';
import { backlogAfter, catchingUp } from '../../shared/rules/positions/freshness.ts';
import { trustAfter } from '../../shared/rules/positions/doubt.ts';
import { latestAfter, marksOf } from '../../shared/rules/positions/marks.ts';
import type { NearestRoad } from '../../shared/rules/positions/road-residuals.ts';
import type { Deps } from '../kernel/deps.ts';
import { DatumSurvey } from './datum-survey.ts';
import { comparableFixAt } from './place.ts';
import { usualSettings } from './store-settings.ts';
import type { ContactRow, HistoryRow, OfficerRow, TeamRow } from './store.ts';
import { doubtOfOfficer, Units, type Officer, type Team } from './units.ts';
import { PositionWriter } from './writer.ts';

/** Fixes of a person that are remembered to tell duplicates apart; the table is the last word, which keeps one of each. */
const rememberedFixes = 100;

/** Ways of phones that are laid on the roads in one tick: a few milliseconds each. */
const surveysEachTick = 4;

const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * The river of positions: takes fixes of every source, keeps the latest place of each officer and team, and hands
 * rows to the writer. Whoever decodes a sender's form ends in `acceptFixes`.
 */
export class River {
  readonly units: Units;
  readonly writer: PositionWriter;
  readonly survey = new DatumSurvey();
  /** The town's bounding box; fixes 20 km beyond it are doubted. */
  bbox: Bbox = [-180, -90, 180, 90];
  /** How long the history is kept; older fixes are not taken. */
  historyDays = usualSettings.historyDays;
  readonly #deps: Deps;
  readonly #remembered = new Map<number, Set<number | string>>();

  constructor(deps: Deps) {
    this.#deps = deps;
    this.writer = new PositionWriter(deps);
    this.units = new Units(deps, (team) => this.#writeTeam(team));
  }

  /**
   * Takes what one message of a person's phone held. The answer promises that the fixes are part of the live picture
   * and wait for the disk (written within 250 ms); a fix that is doubted, late or dropped is no error, since a
   * phone repeats what is refused. `teamId` is the person's team where the caller has just read it: null for off
   * duty. Off duty nothing about the place is kept or logged.
   */
  async acceptFixes(
    personId: number,
    records: readonly PositionRecord[],
    known: { unreadable?: number; teamId?: number | null } = {},
  ): Promise<PositionAnswer> {
    const officer = await this.units.dutyOf(personId, known.teamId);
    const answer = {
      accepted: 0,
      duplicate: 0,
      dropped: { future: 0, old: 0, offDuty: 0, unreadable: known.unreadable ?? 0 },
    };
    for (const record of records) {
      const result = this.#take(personId, officer, record);
      if (result === 'accepted' || result === 'duplicate') answer[result] += 1;
      else answer.dropped[result] += 1;
      this.#deps.metrics.positions.inc({ source: record.source, result });
    }
    this.#hear(personId, officer, records);
    const newest = newestOf(records);
    if (officer && newest) this.#countBacklog(officer, newest);
    return answer;
  }

  #take(
    personId: number,
    officer: Officer | undefined,
    record: PositionRecord,
  ): 'accepted' | 'duplicate' | keyof PositionAnswer['dropped'] {
    if (record.kind === 'heartbeat') return 'accepted';
    const time = timeVerdict(record, this.historyDays * 86_400);
    if (time !== 'kept') return time;
    // a fix from before the shift is as private as one after it
    if (!officer || record.fixedAt < officer.duty.since) return 'offDuty';
    if (isHeartbeat(record, officer.latest)) return 'accepted';
    if (!this.#remember(personId, record)) return 'duplicate';
    const marks = marksOf(record, officer.latest, this.bbox);
    this.#judge(officer, record, marks);
    this.writer.history(historyRow(personId, officer.duty.teamId, record, marks));
    const latest = latestAfter(officer.latest, record, marks);
    if (latest !== officer.latest && latest !== null) {
      officer.latest = latest;
      this.units.changed.add(`officer/${personId}`);
      this.writer.officer(officerRow(officer, latest));
      const team = this.units.teams.get(officer.duty.teamId);
      if (team) this.units.place(team);
    }
    return record.point === null ? 'unreadable' : 'accepted';
  }

  /** False for a fix that came before: the same instant, or the phone's own id of the message. */
  #remember(personId: number, { fixedAt, uuid }: PositionRecord): boolean {
    const seen = this.#remembered.get(personId) ?? new Set<number | string>();
    this.#remembered.set(personId, seen);
    const keys = uuid === null ? [fixedAt] : [fixedAt, uuid];
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    for (const key of seen) {
      if (seen.size <= rememberedFixes) break;
      seen.delete(key);
    }
    return true;
  }

  #countBacklog(officer: Officer, newest: PositionRecord): void {
    const before = catchingUp(officer.backlog);
    officer.backlog = backlogAfter(officer.backlog, newest);
    if (catchingUp(officer.backlog) === before) return;
    this.units.changed.add(`officer/${officer.duty.personId}`);
    const team = this.units.teams.get(officer.duty.teamId);
    if (team?.place?.personId !== officer.duty.personId) return;
    this.units.changed.add(`team/${team.view.id}`);
    this.#writeTeam(team);
  }

  /** What a fix says for or against the phone's places. A phone that claims another datum now is judged anew. */
  #judge(officer: Officer, record: PositionRecord, marks: ReturnType<typeof marksOf>): void {
    const before = doubtOfOfficer(officer);
    officer.trust = trustAfter(officer.trust, record, marks);
    if (marks.every((mark) => mark === 'jitter')) {
      this.survey.take(officer.duty.personId, record);
      if (officer.belied !== null && officer.belied !== record.rawCrs) officer.belied = null;
    }
    if (doubtOfOfficer(officer) !== before) this.units.distrust(officer);
  }

  /** What the ways of phones show of their datum, at most some of them each time. */
  surveyDatums(town: LngLat, nearest: NearestRoad): void {
    for (const [personId, verdict] of this.survey.judge(town, nearest, surveysEachTick)) {
      const officer = this.units.officers.get(personId);
      if (!officer) this.survey.forget(personId);
      else if ((verdict !== 'sound') !== (officer.belied !== null)) {
        officer.belied = verdict === 'sound' ? null : (officer.latest?.rawCrs ?? 'wgs84');
        this.units.distrust(officer);
        this.writer.contact(contactRow(officer));
      }
    }
  }

  /** Notes that the phone lives and whether its places may be trusted; where it is stays out of it. */
  #hear(personId: number, officer: Officer | undefined, records: readonly PositionRecord[]): void {
    const last = records.at(-1);
    if (!last) return;
    if (officer) officer.heardAt = last.receivedAt;
    const { receivedAt, fixedAt, battery } = withoutPlace(last);
    const ahead = timeVerdict(last, this.historyDays * 86_400) === 'future';
    this.writer.contact({
      person_id: personId,
      contacted_at: iso(receivedAt),
      battery,
      clock_offset_seconds: ahead ? (fixedAt - receivedAt) / 1000 : null,
      doubt: officer ? doubtOfOfficer(officer) : null,
      fix_accuracy_metres: officer?.trust.accuracyMetres ?? null,
    });
  }

  #writeTeam(team: Team): void {
    const { place, view } = team;
    if (!place) return;
    const row: TeamRow = {
      team_id: view.id,
      person_id: place.personId,
      ...placeColumns(place.fix),
      catching_up: this.units.catchingUp(team),
    };
    this.writer.team(row);
  }
}

/** What is known of a phone as it was heard last. */
const contactRow = (officer: Officer): ContactRow => ({
  person_id: officer.duty.personId,
  contacted_at: iso(officer.heardAt),
  battery: officer.latest?.battery ?? null,
  clock_offset_seconds: null,
  doubt: doubtOfOfficer(officer),
  fix_accuracy_metres: officer.trust.accuracyMetres,
});

function newestOf(records: readonly PositionRecord[]): PositionRecord | undefined {
  let newest: PositionRecord | undefined;
  for (const record of records)
    if (record.kind === 'fix' && (!newest || record.fixedAt > newest.fixedAt)) newest = record;
  return newest;
}

/** A sound fix always has a point: `latestAfter` lets no other become the latest. */
const placeColumns = (fix: PositionRecord) => ({
  lng: fix.point!.lng,
  lat: fix.point!.lat,
  fix_at: iso(comparableFixAt(fix)),
  received_at: iso(fix.receivedAt),
  accuracy_metres: fix.accuracyMetres,
  speed_metres_per_second: fix.speedMetresPerSecond,
  heading_degrees: fix.headingDegrees,
  battery: fix.battery,
  source: fix.provider ?? fix.source,
});

const officerRow = (officer: Officer, fix: PositionRecord): OfficerRow => ({
  person_id: officer.duty.personId,
  team_id: officer.duty.teamId,
  ...placeColumns(fix),
  raw_lng: fix.rawLng,
  raw_lat: fix.rawLat,
  raw_crs: fix.rawCrs,
});

const historyRow = (
  personId: number,
  teamId: number,
  fix: PositionRecord,
  marks: readonly string[],
): HistoryRow => ({
  person_id: personId,
  fixed_at: iso(fix.fixedAt),
  received_at: iso(fix.receivedAt),
  team_id: teamId,
  lng: fix.point?.lng ?? null,
  lat: fix.point?.lat ?? null,
  accuracy_metres: fix.accuracyMetres,
  speed_metres_per_second: fix.speedMetresPerSecond,
  heading_degrees: fix.headingDegrees,
  source: fix.provider ?? fix.source,
  marks,
  raw_lng: fix.rawLng,
  raw_lat: fix.rawLat,
  raw_crs: fix.rawCrs,
});
