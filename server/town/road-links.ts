import type { RoadLink } from '../../shared/rules/roads/graph.ts';
import type { Town } from './town.ts';

/** The roads of a town as links of a road graph. */
export const roadLinks = (roads: Town['roads']): RoadLink[] =>
  roads.features.map(({ geometry, properties: p }) => ({
    id: p.id,
    source: p.source,
    target: p.target,
    kmh: p.kmh,
    lengthMetres: p.lengthMetres,
    oneWay: p.oneWay,
    coordinates: geometry.coordinates as [number, number][],
  }));
