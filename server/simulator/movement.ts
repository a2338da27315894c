import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import { route, type Route } from '../../shared/rules/roads.ts';
import type { RoadGraph } from '../../shared/rules/roads/graph.ts';

/** Something that drives along the roads; instants in ms, `speed` multiplies the pace. */
export class Vehicle {
  private way: Route | undefined;
  private startedAt = 0;
  private place: LngLat;
  private readonly roads: RoadGraph;
  private readonly speed: number;

  constructor(roads: RoadGraph, place: LngLat, speed: number) {
    this.roads = roads;
    this.place = place;
    this.speed = speed;
  }

  /** Sets off for a point; a place without a way is reached at once. */
  driveTo(target: LngLat, at: number): void {
    const way = route(this.roads, this.where(at), target);
    this.startedAt = at;
    this.way = way ?? undefined;
    if (!way) this.place = target;
  }

  /** Where it is now. */
  where(at: number): LngLat {
    const { way } = this;
    if (!way) return this.place;
    const seconds = ((at - this.startedAt) / 1000) * this.speed;
    const next = way.atSeconds.findIndex((reached) => reached > seconds);
    if (next === -1) {
      const [lng, lat] = way.coordinates.at(-1)!;
      this.place = lngLat(lng, lat);
      this.way = undefined;
      return this.place;
    }
    if (next === 0) return this.place;
    const [from, to] = [way.coordinates[next - 1]!, way.coordinates[next]!];
    const [begun, ends] = [way.atSeconds[next - 1]!, way.atSeconds[next]!];
    const share = (seconds - begun) / (ends - begun);
    this.place = lngLat(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
    return this.place;
  }

  /** True while it drives. */
  moving(at: number): boolean {
    this.where(at);
    return this.way !== undefined;
  }
}
