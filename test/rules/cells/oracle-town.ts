import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellId } from '../../../shared/contract/ids.ts';
import { buildTopology } from '../../../shared/rules/cells/arcs.ts';
import type { Coverage, PlannedCell } from '../../../shared/rules/cells/coverage.ts';
import { dissolve } from '../../../shared/rules/cells/dissolve.ts';
import { projectionAt } from '../../../shared/rules/cells/projection.ts';
import { doubleArea, vertexAt } from '../../../shared/rules/cells/ring.ts';
import type { Ring } from '../../../shared/rules/cells/ring.ts';

interface Grids {
  readonly features: readonly {
    readonly properties: { readonly grid: number; readonly zone: number; readonly workload: number };
    readonly geometry: { readonly coordinates: readonly (readonly (readonly [number, number])[])[] };
  }[];
}

const file = join(import.meta.dirname, '../../../data/acceptance/dispatch-oracle/grids.geojson');

/** The features of the 192-cell acceptance town. */
export const oracleFeatures = (): Grids['features'] =>
  (JSON.parse(readFileSync(file, 'utf8')) as Grids).features;

/** The metric projection of the acceptance town. */
export const oracleProjection = projectionAt(vertexAt(121.45, 29.985));

/** Closed GeoJSON ring -> open integer ring, counter-clockwise. */
export function ringFrom(closed: readonly (readonly [number, number])[]): Ring {
  const ring = closed.slice(0, -1).map(([lng, lat]) => vertexAt(lng, lat));
  return doubleArea(ring) > 0 ? ring : ring.toReversed();
}

/** A coverage from cells, its outline derived by dissolving all of them. */
export function coverageFrom(cells: readonly PlannedCell[]): Coverage {
  const topology = buildTopology(cells.map((cell) => cell.rings));
  return {
    cells: new Map(cells.map((cell) => [cell.id, cell])),
    outline: dissolve(
      topology,
      cells.map((_, i) => i),
    ).flat(),
    issuedCodes: new Set(cells.map((cell) => cell.code15)),
  };
}

/** The acceptance town as a coverage: 46 villages of about four cells each, numbered in file order. */
export function oracleCoverage(): Coverage {
  return coverageFrom(
    oracleFeatures().map(({ properties, geometry }) => ({
      id: properties.grid as CellId,
      code15: `330205103${String(properties.grid % 46).padStart(3, '0')}${String(Math.floor(properties.grid / 46) + 1).padStart(3, '0')}`,
      kind: 'basic' as const,
      rings: geometry.coordinates.map(ringFrom),
      supersedes: [],
    })),
  );
}
