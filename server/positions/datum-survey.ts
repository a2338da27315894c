import type { LngLat } from '../../shared/contract/geo.ts';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import { distanceMetres } from '../../shared/rules/distance.ts';
import { datumVerdict, suspicion, type DatumVerdict } from '../../shared/rules/positions/datum-suspicion.ts';
import { roadResiduals, type NearestRoad } from '../../shared/rules/positions/road-residuals.ts';

/** A fix counts for the track when the device has moved this far since the last that did. */
const stepMetres = 40;
/** A track is judged anew after this many more fixes of it. */
const judgeAfter = 10;
const kept = 2 * suspicion.samples;

interface Track {
  fixes: LngLat[];
  fresh: number;
}

/** The latest way of each device under the datum that it claims, and which of them are due to be judged. */
export class DatumSurvey {
  readonly #tracks = new Map<number, Map<string, Track>>();

  /** Takes a sound fix. A device that begins to claim another datum starts a new track. */
  take(personId: number, record: PositionRecord): void {
    if (record.point === null) return;
    const mine = this.#tracks.get(personId) ?? new Map<string, Track>();
    this.#tracks.set(personId, mine);
    const device = `${record.source} ${record.deviceId} ${record.rawCrs}`;
    const track = mine.get(device) ?? { fixes: [], fresh: 0 };
    mine.set(device, track);
    const last = track.fixes.at(-1);
    if (last && distanceMetres(last, record.point) < stepMetres) return;
    track.fixes.push(record.point);
    track.fresh += 1;
    if (track.fixes.length > kept) track.fixes.shift();
  }

  /** True when a track has grown enough to be judged. */
  isDue(): boolean {
    return [...this.#tracks.values()].some((mine) => [...mine.values()].some(isDue));
  }

  forget(personId: number): void {
    this.#tracks.delete(personId);
  }

  /**
   * Judges at most `most` tracks that have grown, and tells of each what it shows: a person whose devices all look sound
   * is `sound`, one whose device does not is what that device is. What cannot be told is left out.
   */
  judge(town: LngLat, nearest: NearestRoad, most: number): Map<number, DatumVerdict> {
    const told = new Map<number, DatumVerdict>();
    let left = most;
    for (const [personId, mine] of this.#tracks) {
      for (const track of mine.values()) {
        if (!isDue(track)) continue;
        if (left-- <= 0) return told;
        track.fresh = 0;
        const verdict = datumVerdict(roadResiduals(track.fixes, town, nearest), town);
        const before = told.get(personId);
        if (verdict !== 'unknown' && (before === undefined || before === 'sound'))
          told.set(personId, verdict);
      }
    }
    return told;
  }
}

const isDue = ({ fresh, fixes }: Track): boolean => fresh >= judgeAfter && fixes.length >= suspicion.samples;
