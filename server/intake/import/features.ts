import type { Geometry } from 'geojson';
import type { Findings } from './findings.ts';
import type { DeclaredCrs, ImportRequest, SourceFile } from './request.ts';
import { readShapefile } from './shapefile.ts';
import { readText } from './text.ts';

/** A feature as the file has it; coordinates are still in the declared reference system. */
export interface RawFeature {
  /** Place in the file, from 1. */
  readonly row: number;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Features of a GeoJSON file or a zipped Shapefile; empty, with findings, when it cannot be read. */
export async function readFeatures(
  file: SourceFile,
  request: Pick<ImportRequest, 'encoding' | 'crs'>,
  findings: Findings,
): Promise<readonly RawFeature[]> {
  const found = isZip(file.bytes)
    ? await readShapefile(file, request, findings)
    : readGeoJson(file, request, findings);
  if (found && found.length === 0) findings.add(null, 'layer_empty', 'features', 'the file has no features');
  return (found ?? []).map((feature, index) => ({
    row: index + 1,
    geometry: isObject(feature) && isObject(feature['geometry']) ? (feature['geometry'] as never) : null,
    properties: isObject(feature) && isObject(feature['properties']) ? feature['properties'] : {},
  }));
}

const isZip = (bytes: Buffer) => bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readGeoJson(
  file: SourceFile,
  { encoding, crs }: Pick<ImportRequest, 'encoding' | 'crs'>,
  findings: Findings,
): readonly unknown[] | undefined {
  const text = readText(file, encoding, findings);
  if (text === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    findings.add(null, 'json_invalid', 'file', (error as Error).message);
    return undefined;
  }
  const features = isObject(parsed) ? parsed['features'] : undefined;
  if (!Array.isArray(features)) {
    const type = isObject(parsed) ? JSON.stringify(parsed['type'] ?? 'no type') : typeof parsed;
    findings.add(null, 'file_wrong', 'features', `no list of features (the file is: ${type})`);
    return undefined;
  }
  compareCrs(JSON.stringify((parsed as Record<string, unknown>)['crs'] ?? ''), crs, findings);
  return features;
}

/** The old `crs` member of GeoJSON, where a file still has one, must not say something else than the operator. */
function compareCrs(member: string, crs: DeclaredCrs, findings: Findings): void {
  const named = /EPSG:+(\d+)/i.exec(member)?.[1] ?? (/CRS84/i.test(member) ? '4326' : undefined);
  if (named === undefined) return;
  const declared = 'epsg' in crs ? crs.epsg : { wgs84: 4326, cgcs2000: 4490 }[crs.datum as string];
  if (declared !== undefined && declared !== Number(named))
    findings.add(null, 'crs_contradicted', 'crs', `the file says EPSG:${named}, --crs says EPSG:${declared}`);
}

/** Reads properties of a feature by the product's field names: `--map` first, then the known names. */
export function propertyReader(map: ReadonlyMap<string, string>, findings: Findings) {
  const value = (feature: RawFeature, field: string, names: readonly string[]): string => {
    const mapped = map.get(field);
    const name = mapped ?? [field, ...names].find((key) => feature.properties[key] !== undefined);
    const found = name === undefined ? undefined : feature.properties[name];
    return found === undefined || found === null ? '' : asText(found).trim();
  };
  return {
    /** The value as text; empty when it is not there. */
    value,
    /** The same, with a finding when it is empty. */
    needed(feature: RawFeature, field: string, names: readonly string[]): string {
      const text = value(feature, field, names);
      if (text === '') {
        const present = Object.keys(feature.properties).join(', ') || 'none';
        findings.add(
          feature.row,
          'field_missing',
          map.get(field) ?? field,
          `no value; properties: ${present}`,
          { value: present },
        );
      }
      return text;
    },
    /** A whole number from `least`; null when it is not there, a finding when it is something else. */
    whole(feature: RawFeature, field: string, names: readonly string[], least: number): number | null {
      const text = value(feature, field, names);
      if (text === '') return null;
      if (/^-?\d+$/.test(text) && Number(text) >= least) return Number(text);
      findings.add(feature.row, 'field_invalid', field, `"${text}" is no whole number from ${least}`);
      return null;
    },
  };
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value);
