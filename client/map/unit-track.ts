import {
  frameAgeLimitSeconds,
  unitStatuses,
  type Frame,
  type UnitStatus,
} from '../../shared/contract/frame.ts';
import { freshnessOf, type Freshness, type FreshnessLimits } from '../../shared/rules/positions/freshness.ts';

/** Class of a fix by age, or that its tracker is sending a backlog. */
export type FixLook = Freshness | 'backlog';
const lookCodes: Readonly<Record<FixLook, number>> = {
  live: 0,
  recent: 1,
  old: 2,
  dark: 3,
  backlog: 4,
};

/** A person or team on the map. Places are Mercator: 0..1 from the north-west corner of the world. */
export interface Unit {
  readonly key: string;
  readonly kind: 'officer' | 'team';
  readonly id: number;
  fromX: number;
  fromY: number;
  toX: number;
  toY: number;
  status: UnitStatus;
  /** Instant of the fix on the server's clock. */
  fixAtMs: number;
  tooOld: boolean;
  backlog: boolean;
  headingDegrees: number;
  /** Number of the last frame that listed it. */
  listedIn: number;
}

/** Floats of one vertex: from x, y, to x, y, status, freshness, heading, bits, label. */
export const vertexFloats = 9;
const bits = { team: 1, selected: 2 };
/** A jump of more than about 500 m at this latitude is shown as a jump, not as a flight. */
const longestGlide = 500 / 40_075_017 / Math.cos((30 * Math.PI) / 180);
const longestGlideMs = 2000;

export const unitKey = (kind: 'officer' | 'team', id: number) => `${kind}:${id}`;

/** Mercator x of a longitude and y of a latitude, both 0..1. */
export const mercatorX = (lng: number) => (lng + 180) / 360;
export const mercatorY = (lat: number) =>
  (180 - (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / 360;

/** How a fix is shown; a backlog in transit outranks the age. Instants in ms, null without a fix. */
export function fixLook(
  fixAtMs: number | null,
  nowMs: number,
  backlog: boolean,
  limits: FreshnessLimits,
): FixLook {
  return backlog ? 'backlog' : freshnessOf(fixAtMs, nowMs, limits);
}

/** Everybody's last and next place: frames go in, one vertex buffer comes out, no object per update. */
export class UnitTrack {
  readonly units = new Map<string, Unit>();
  /** The same by number: a text for each row of a frame would be most of its work. */
  readonly #byNumber = new Map<number, Unit>();
  #frames = 0;
  #frameAtMs = 0;
  #glideMs = 0;
  #moving = false;

  /** Takes a frame at `nowMs` of the screen's clock. With `still` every unit jumps to its place. */
  apply(frame: Frame, nowMs: number, still: boolean): void {
    const share = this.progress(nowMs);
    const sinceMs = nowMs - this.#frameAtMs;
    this.#glideMs = still || this.#frameAtMs === 0 ? 0 : Math.min(longestGlideMs, Math.max(0, sinceMs));
    this.#frameAtMs = nowMs;
    this.#moving = false;
    for (const unit of this.units.values()) settle(unit, share);
    this.#frames += 1;
    for (let i = 0; i < frame.count; i++) {
      const isTeam = frame.isTeam[i] === 1;
      const id = frame.id[i]!;
      const number = id * 2 + (isTeam ? 1 : 0);
      const known = this.#byNumber.get(number);
      const lng = frame.lng[i]!;
      if (Number.isNaN(lng)) {
        if (known) this.#drop(number, known);
        continue;
      }
      const x = mercatorX(lng);
      const y = mercatorY(frame.lat[i]!);
      const unit = known ?? blank(isTeam ? 'team' : 'officer', id, x, y);
      if (!known) {
        this.units.set(unit.key, unit);
        this.#byNumber.set(number, unit);
      }
      unit.listedIn = this.#frames;
      unit.toX = x;
      unit.toY = y;
      if (still || Math.hypot(unit.toX - unit.fromX, unit.toY - unit.fromY) > longestGlide) settle(unit, 1);
      this.#moving ||= unit.fromX !== unit.toX || unit.fromY !== unit.toY;
      unit.status = unitStatuses[frame.status[i]!] ?? 'off_duty';
      unit.fixAtMs = frame.serverAtMs - frame.ageSeconds[i]! * 1000;
      unit.tooOld = frame.ageSeconds[i]! >= frameAgeLimitSeconds;
      unit.backlog = frame.backlog[i] === 1;
      unit.headingDegrees = frame.headingDegrees[i]!;
    }
    if (frame.changesOnly) return;
    for (const [number, unit] of this.#byNumber) if (unit.listedIn !== this.#frames) this.#drop(number, unit);
  }

  #drop(number: number, { key }: Unit): void {
    this.units.delete(key);
    this.#byNumber.delete(number);
  }

  /** How far the glide to the newest places is, 0..1. */
  progress(nowMs: number): number {
    return this.#glideMs === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - this.#frameAtMs) / this.#glideMs));
  }

  /** True while a picture drawn now differs from one drawn a moment later. */
  isMoving(nowMs: number): boolean {
    return this.#moving && this.progress(nowMs) < 1;
  }

  /** Where a unit is drawn now, Mercator. */
  placeOf(unit: Unit, nowMs: number): [x: number, y: number] {
    const share = this.progress(nowMs);
    return [unit.fromX + (unit.toX - unit.fromX) * share, unit.fromY + (unit.toY - unit.fromY) * share];
  }

  /** Vertices relative to an origin, officers below teams below emergencies below the selected one. */
  vertices(options: {
    readonly origin: readonly [number, number];
    readonly serverNowMs: number;
    readonly limits: FreshnessLimits;
    readonly labels: ReadonlyMap<string, number>;
    readonly selected: string | null;
    readonly shown: (unit: Unit) => boolean;
  }): Float32Array {
    const { origin, limits, labels, selected } = options;
    const drawn: Unit[][] = Array.from({ length: 8 }, () => []);
    let count = 0;
    for (const unit of this.units.values()) {
      if (!options.shown(unit)) continue;
      const rank =
        (unit.key === selected ? 4 : 0) +
        (unit.status === 'emergency' ? 2 : 0) +
        (unit.kind === 'team' ? 1 : 0);
      drawn[rank]!.push(unit);
      count += 1;
    }
    const data = new Float32Array(count * vertexFloats);
    let at = 0;
    for (const unit of drawn.flat()) {
      const look = fixLook(unit.tooOld ? null : unit.fixAtMs, options.serverNowMs, unit.backlog, limits);
      data[at++] = unit.fromX - origin[0];
      data[at++] = unit.fromY - origin[1];
      data[at++] = unit.toX - origin[0];
      data[at++] = unit.toY - origin[1];
      data[at++] = unitStatuses.indexOf(unit.status);
      data[at++] = lookCodes[look];
      data[at++] = Number.isNaN(unit.headingDegrees) ? -1 : unit.headingDegrees;
      data[at++] = (unit.kind === 'team' ? bits.team : 0) | (unit.key === selected ? bits.selected : 0);
      data[at++] = labels.get(unit.key) ?? -1;
    }
    return data;
  }
}

/** Makes the place reached so far the place to start from. */
function settle(unit: Unit, share: number): void {
  unit.fromX += (unit.toX - unit.fromX) * share;
  unit.fromY += (unit.toY - unit.fromY) * share;
  if (share === 1) {
    unit.fromX = unit.toX;
    unit.fromY = unit.toY;
  }
}

function blank(kind: Unit['kind'], id: number, x: number, y: number): Unit {
  return {
    key: unitKey(kind, id),
    kind,
    id,
    fromX: x,
    fromY: y,
    toX: x,
    toY: y,
    status: 'off_duty',
    fixAtMs: 0,
    tooOld: false,
    backlog: false,
    headingDegrees: NaN,
    listedIn: 0,
  };
}
