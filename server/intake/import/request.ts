import type { Crs } from '../../../shared/contract/geo.ts';

export const layers = ['cells', 'zones', 'communities', 'overlays', 'roads', 'teams', 'incidents'] as const;
export type Layer = (typeof layers)[number];

/** The declared reference system: a datum that `rules/datum.ts` knows, or a number that PostGIS transforms. */
export type DeclaredCrs = { readonly datum: Crs } | { readonly epsg: number };

/** One import as asked for on the command line. */
export interface ImportRequest {
  readonly layer: Layer;
  readonly crs: DeclaredCrs;
  readonly source: string;
  readonly licence: string;
  readonly dryRun: boolean;
  /** Field of the product -> property or column of the file. */
  readonly map: ReadonlyMap<string, string>;
  readonly encoding: 'utf-8' | 'gbk';
  readonly createTown: string | null;
  readonly townCode: string | null;
  readonly metricSrid: number | null;
  readonly codeRule: '15' | 'any';
  readonly mergeSameCode: boolean;
  readonly multi: 'refuse' | 'keep' | 'split';
  readonly repair: boolean;
  readonly allowHoles: boolean;
  readonly newOutline: boolean;
  readonly publish: boolean;
  readonly editionName: string | null;
  readonly skipBadRows: boolean;
  readonly timeZone: string;
  /** Word of the file -> matter code. */
  readonly matters: ReadonlyMap<string, string>;
  /** File incidents whose matter is known, so that their deadlines run. */
  readonly fileKnown: boolean;
  readonly rosterDays: number;
}

/** A request with nothing asked for beyond the compulsory. */
export const plainRequest = (
  wanted: Pick<ImportRequest, 'layer' | 'crs' | 'source' | 'licence'> & Partial<ImportRequest>,
): ImportRequest => ({
  dryRun: false,
  map: new Map(),
  encoding: 'utf-8',
  createTown: null,
  townCode: null,
  metricSrid: null,
  codeRule: '15',
  mergeSameCode: false,
  multi: 'refuse',
  repair: false,
  allowHoles: false,
  newOutline: false,
  publish: false,
  editionName: null,
  skipBadRows: false,
  timeZone: 'Asia/Shanghai',
  matters: new Map(),
  fileKnown: false,
  rosterDays: 30,
  ...wanted,
});

/** A file as it lies on disk. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Buffer;
}
