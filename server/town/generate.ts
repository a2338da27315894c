import type { LineString, Polygon } from 'geojson';
import { administer } from './administration.ts';
import { highwayEdges, riverEdges } from './bridges.ts';
import { bandAlong, orderedChain } from './chains.ts';
import { POPULATED_FROM, URBAN_MANAGEMENT_FROM } from './land-use.ts';
import { chooseRoads } from './main-roads.ts';
import { lakeRing } from './old-town.ts';
import { drawOverlays } from './overlays.ts';
import { heritageShapes } from './heritage.ts';
import { placePlaces } from './places.ts';
import { randomStream } from './random.ts';
import { drawRoads } from './road-lines.ts';
import { polygonOf } from './shapes.ts';
import { layStreets } from './streets.ts';
import { surveyTown } from './survey.ts';
import {
  DEFAULT_SEED,
  feature,
  layer,
  type BarrierProperties,
  type FineCell,
  type Town,
  type WaterProperties,
} from './town.ts';

const RIVER_HALF_KM = 0.035;

/**
 * The synthetic Cicheng: real counts, names and codes, invented borders. Pure and deterministic: the same seed
 * gives the same bytes on every engine. Takes a few seconds.
 */
export function generateTown(seed: number = DEFAULT_SEED): Town {
  const survey = surveyTown(seed);
  const { terrain, fine, vertices } = survey;
  const { mesh } = terrain;
  const { codeOfFine, unitOfFine, useOfFine, ...administration } = administer(seed, survey);
  const streets = layStreets(survey, randomStream(seed, 'lattice'));
  const classes = chooseRoads(survey, streets, randomStream(seed, 'streets'));
  const roads = drawRoads(streets.graph, classes);
  const communities = administration.communities.features.map((f) => f.properties);
  const kindOf = new Map(communities.map((c) => [c.code12, c.kind]));
  const places = placePlaces(survey, roads, unitOfFine, communities);
  const highway = orderedChain(mesh, highwayEdges(terrain));
  const river = orderedChain(mesh, riverEdges(terrain));
  const km = (chain: readonly number[]) => chain.map((v) => [mesh.x[v]!, mesh.y[v]!] as const);
  const degrees = (v: number): [number, number] => [vertices[v]![0] / 1e7, vertices[v]![1] / 1e7];
  const overlays = drawOverlays(
    {
      survey,
      lattice: streets.lattice,
      highway: km(highway),
      outline: administration.town.features[0]!.geometry,
      useOfFine,
      inCommunity: unitOfFine.map((code) => kindOf.get(code) === 'community'),
      roads: roads.features,
      places,
    },
    randomStream(seed, 'overlays'),
  );
  const { moat } = heritageShapes(streets.lattice, km(highway));
  return {
    seed,
    ...administration,
    roads: layer(seed, roads.features),
    overlays: layer(seed, overlays),
    places: layer(
      seed,
      places.map((p) => p.feature),
    ),
    barriers: layer<LineString, BarrierProperties>(seed, [
      feature(
        { type: 'LineString', coordinates: river.map(degrees) },
        { kind: 'river', name: '姚江', passable: false },
      ),
      feature(
        { type: 'LineString', coordinates: highway.map(degrees) },
        { kind: 'motorway', name: 'S319', passable: true },
      ),
    ]),
    waters: layer<Polygon, WaterProperties>(seed, [
      feature(polygonOf(bandAlong(km(river), RIVER_HALF_KM)), { kind: 'river', name: '姚江' }),
      feature(moat, { kind: 'moat', name: '护城河' }),
      feature(polygonOf(lakeRing()), { kind: 'lake', name: '慈湖' }),
    ]),
    roadNodes: roads.nodes,
    fine: mesh.rings.map((ring, i): FineCell => {
      const urban = fine.density[i]! >= URBAN_MANAGEMENT_FROM;
      return {
        ring: [...ring, ring[0]!].map(degrees),
        cell: codeOfFine[i]!,
        communityCode: unitOfFine[i]!,
        areaKm2: fine.areaKm2[i]!,
        population: fine.population[i]!,
        density: fine.density[i]!,
        landUse: useOfFine[i]!,
        urbanManagement: urban,
        populated: fine.population[i]! / fine.areaKm2[i]! > POPULATED_FROM,
      };
    }),
  };
}
