declare module 'shpjs' {
  import type { Geometry } from 'geojson';

  /** Geometries of a .shp file in the order of its records, in the file's own coordinates. */
  export function parseShp(shp: DataView): Geometry[];
  /** Rows of a .dbf file; `codePage` as in a .cpg file. */
  export function parseDbf(dbf: DataView, codePage?: string): Record<string, unknown>[];
  export function combine(parts: [Geometry[], Record<string, unknown>[] | undefined]): {
    features: { geometry: Geometry; properties: Record<string, unknown> }[];
  };
}
