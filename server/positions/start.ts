import type { LedgerEvent } from '../../shared/contract/events.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import { snapToRoad } from '../../shared/rules/roads/snap.ts';
import type { Deps } from '../kernel/deps.ts';
import { roadsRevision, townRoads } from '../zones/store-roads.ts';
import { findTown } from '../zones/store.ts';
import { tellDoubts, type TellDoubt } from './doubts.ts';
import { Frames, frameTickMs, type FrameSink, type Viewer } from './frames.ts';
import { River } from './river.ts';
import { readSettings } from './store-settings.ts';
import { doubtsOnDuty, dropDays, makeDay, officersOnDuty } from './store.ts';

/** The river at work. */
export interface Positions {
  readonly river: River;
  /** Follows a fact of the ledger: duty, teams, alarms. */
  follow(event: LedgerEvent): void;
  /** Begins to send frames. */
  flowTo<V extends Viewer>(sink: FrameSink<V>): void;
  /**
   * What falls due: the caches are read anew every minute, fixes of other processes are taken over, days of history
   * are made ahead and dropped.
   */
  tick(): Promise<void>;
  close(): Promise<void>;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A batch of another process may be written this long after its receipt. */
const overlapMs = 3000;
const daysAhead = 2;

/** `tell` brings to the room that a phone's places may not be trusted, or may be again (`null`). */
export async function startPositions(deps: Deps, tell: TellDoubt): Promise<Positions> {
  const river = new River(deps);
  let town: Awaited<ReturnType<typeof findTown>>;
  let setOrigin: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let loadedAt = Number.NEGATIVE_INFINITY;
  let keptDay = '';
  let mergedAt = deps.now();

  async function load(): Promise<void> {
    loadedAt = deps.now();
    await river.units.load();
    river.historyDays = (await readSettings(deps.db)).historyDays;
    town = await findTown(deps.db);
    if (town) river.bbox = town.bbox;
    setOrigin?.();
  }

  async function keepDays(): Promise<void> {
    const today = `${dayOf(deps.now())}/${river.historyDays}`;
    if (today === keptDay) return;
    for (let ahead = 0; ahead <= daysAhead; ahead++)
      await makeDay(deps.db, dayOf(deps.now() + ahead * dayMs));
    const dropped = await dropDays(deps.db, dayOf(deps.now() - river.historyDays * dayMs));
    if (dropped > 0) deps.log.info({ dropped }, 'days of position history have passed their retention');
    keptDay = today;
  }

  /** Fixes that came in through other processes; one process alone has the embedded database. */
  async function merge(): Promise<void> {
    if (deps.engine === 'embedded') return;
    const since = mergedAt - overlapMs;
    mergedAt = deps.now();
    river.units.merge(await officersOnDuty(deps.db, since));
    river.units.mergeDoubts(await doubtsOnDuty(deps.db, since));
  }

  /** Lays the ways of phones on the roads; without a network nothing can be told. */
  async function survey(): Promise<void> {
    if (!town || !river.survey.isDue()) return;
    const { graph } = await townRoads(deps, deps.db, await roadsRevision(deps.db));
    if (!graph) return;
    river.surveyDatums(lngLat(town.lng, town.lat), ({ lng, lat }) => {
      const road = snapToRoad(graph, lng, lat);
      return road && { point: lngLat(road.lng, road.lat), metres: road.metres };
    });
  }

  await load();
  await keepDays();
  return {
    river,
    follow(event) {
      if (event.type === 'positions.set') river.historyDays = event.data.settings.historyDays;
      river.units.follow(event);
    },
    flowTo(sink) {
      const flow = new Frames(deps, river.units, sink);
      setOrigin = () => {
        if (town) flow.origin = { lng: town.lng, lat: town.lat };
      };
      setOrigin();
      timer = setInterval(() => flow.tick(), frameTickMs);
    },
    async tick() {
      await keepDays();
      if (deps.now() - loadedAt >= minuteMs) await load();
      else await merge();
      await survey();
      await tellDoubts(river.units, tell);
    },
    async close() {
      clearInterval(timer);
      await river.writer.close();
    },
  };
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
