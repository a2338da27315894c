import type { Bbox, LngLat } from '../../shared/contract/geo.ts';
import { encodeFrame, unitStatusOf, type FrameRow } from '../../shared/contract/frame.ts';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import { ageSeconds, catchingUp } from '../../shared/rules/positions/freshness.ts';
import type { Deps } from '../kernel/deps.ts';
import { comparableFixAt } from './place.ts';
import { tileOf, tilesIn } from './tiles.ts';
import { doubtOfOfficer, type UnitKey, type Units } from './units.ts';

/** Somebody who receives frames. The same object stands for the same connection from tick to tick. */
export interface Viewer {
  /** Officers' own places are for those who direct them; others see teams. */
  readonly seesOfficers: boolean;
  readonly view: { readonly bbox: Bbox } | null;
  /** False while the connection has not taken what was written before. */
  readonly ready: boolean;
}

/** Where frames go: encoded once, sent to many. */
export interface FrameSink<V extends Viewer> {
  viewers(): readonly V[];
  send(to: readonly V[], frame: ArrayBuffer): void;
}

export const frameTickMs = 200;
/**
 * The whole picture goes out again this often, to everybody at the same tick: it heals whatever was lost and renews the
 * ages, and those who see the same share one encoding.
 */
const ticksPerKeyframe = 25;
/** Up to here everybody gets the whole town; above, what the viewport shows. */
const wholeTownUnits = 200;

/** A row, with the map tile that it stands in; null without a place. */
interface Placed {
  readonly row: FrameRow;
  readonly tile: number | null;
}

interface Stand {
  /** True: the whole picture at the next tick at which the line is free. */
  owed: boolean;
  group: string;
}

/**
 * Sends what changed since the last tick, one packed frame to each group of viewers who see the same. A viewer who
 * could not take a frame gets the whole picture at the next tick at which the line is free.
 */
export class Frames<V extends Viewer> {
  readonly #deps: Deps;
  readonly #units: Units;
  readonly #sink: FrameSink<V>;
  readonly #stands = new WeakMap<V, Stand>();
  /** Tile of each unit in the last frame, so that a view that it has left learns of it. */
  readonly #tiles = new Map<UnitKey, number | null>();
  #origin: { lng: number; lat: number } | undefined;
  #ticks = 0;

  constructor(deps: Deps, units: Units, sink: FrameSink<V>) {
    this.#deps = deps;
    this.#units = units;
    this.#sink = sink;
  }

  /** Middle of the town, from which places are counted. */
  set origin(origin: { lng: number; lat: number }) {
    this.#origin = origin;
  }

  tick(): void {
    this.#ticks += 1;
    const viewers = this.#sink.viewers();
    const changed = [...this.#units.changed];
    this.#units.changed.clear();
    const now = this.#deps.now();
    const rows = changed.map((key) => ({
      key,
      ...this.#placed(key, now),
      before: this.#tiles.get(key) ?? null,
    }));
    for (const { key, tile } of rows) {
      if (tile === null) this.#tiles.delete(key);
      else this.#tiles.set(key, tile);
    }
    const groups = this.#group(viewers);
    for (const { members, tiles, officers } of groups.values()) {
      const seen = (key: UnitKey, tile: number | null, before: number | null) =>
        (officers || key.startsWith('team')) &&
        (tiles === null || (tile !== null && tiles.has(tile)) || (before !== null && tiles.has(before)));
      const due = members.filter((viewer) => this.#keyframeDue(viewer));
      const others = members.filter((viewer) => viewer.ready && !due.includes(viewer));
      if (due.length > 0) {
        const whole = this.#all(now).filter(({ key, tile }) => tile !== null && seen(key, tile, null));
        this.#send(due, whole, now, false);
      }
      const delta = rows.filter(({ key, tile, before }) => seen(key, tile, before));
      if (delta.length > 0 && others.length > 0) this.#send(others, delta, now, true);
    }
  }

  #send(to: readonly V[], rows: readonly Placed[], serverAtMs: number, changesOnly: boolean): void {
    const list = rows.map(({ row }) => row).filter(({ id }) => id <= 0xffff);
    const first = list.find(({ place }) => place !== null)?.place ?? { lng: 0, lat: 0 };
    const origin = this.#origin ?? first;
    this.#sink.send(to, encodeFrame({ serverAtMs, origin, rows: list, changesOnly }));
  }

  /** Viewers who see the same: by what the role may see and, in a large town, by the tiles in view. */
  #group(viewers: readonly V[]) {
    const cut = this.#units.officers.size + this.#units.teams.size > wholeTownUnits;
    const groups = new Map<string, { members: V[]; tiles: Set<number> | null; officers: boolean }>();
    for (const viewer of viewers) {
      const tiles = cut && viewer.view ? tilesIn(viewer.view.bbox) : null;
      const name = `${viewer.seesOfficers ? 'officers' : 'teams'} ${tiles?.join() ?? 'all'}`;
      const group = groups.get(name) ?? {
        members: [],
        tiles: tiles && new Set(tiles),
        officers: viewer.seesOfficers,
      };
      group.members.push(viewer);
      groups.set(name, group);
      const stand = this.#stands.get(viewer);
      if (!stand) this.#stands.set(viewer, { owed: true, group: name });
      else if (stand.group !== name) Object.assign(stand, { owed: true, group: name });
    }
    return groups;
  }

  #keyframeDue(viewer: V): boolean {
    const stand = this.#stands.get(viewer)!;
    const due = stand.owed || this.#ticks % ticksPerKeyframe === 0;
    stand.owed = !viewer.ready;
    return due && viewer.ready;
  }

  #all(now: number) {
    const keys: UnitKey[] = [
      ...[...this.#units.officers.keys()].map((id) => `officer/${id}` as const),
      ...[...this.#units.teams.keys()].map((id) => `team/${id}` as const),
    ];
    return keys.map((key) => ({ key, ...this.#placed(key, now) }));
  }

  #placed(key: UnitKey, now: number): Placed {
    const id = Number(key.slice(key.indexOf('/') + 1));
    const emergency = this.#units.emergencies.has(key);
    if (key.startsWith('officer')) {
      const officer = this.#units.officers.get(id);
      const team = officer && this.#units.teams.get(officer.duty.teamId);
      const status = emergency ? 'emergency' : team ? unitStatusOf[team.view.status] : 'off_duty';
      const backlog = officer !== undefined && catchingUp(officer.backlog);
      const doubt = officer ? doubtOfOfficer(officer) : null;
      return placedRow({ id, kind: 'officer', status, backlog, doubt }, officer?.latest ?? null, now);
    }
    const team = this.#units.teams.get(id);
    const status = emergency ? 'emergency' : team ? unitStatusOf[team.view.status] : 'off_duty';
    const backlog = team !== undefined && this.#units.catchingUp(team);
    const doubt = team ? this.#units.doubtOfTeam(team) : null;
    return placedRow({ id, kind: 'team', status, backlog, doubt }, team?.place?.fix ?? null, now);
  }
}

function placedRow(
  unit: Pick<FrameRow, 'id' | 'kind' | 'status' | 'backlog' | 'doubt'>,
  fix: PositionRecord | null,
  now: number,
): Placed {
  const place: LngLat | null = fix?.point ?? null;
  return {
    tile: place && tileOf(place),
    row: {
      ...unit,
      place,
      ageSeconds: fix ? ageSeconds(comparableFixAt(fix), now) : Number.POSITIVE_INFINITY,
      headingDegrees: fix?.headingDegrees ?? null,
    },
  };
}
