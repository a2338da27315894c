import type { Feature, FeatureCollection, Position } from 'geojson';
import type { Crs } from '../../../shared/contract/datums.ts';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import type { PlanPicture } from './picture.ts';
import type { Ground } from './ground.ts';
import { closedRing } from '../map/shapes.ts';

/** Number and name of a zone for files. */
export type ZoneLabel = (zoneId: ZoneId) => { readonly number: number | string; readonly name: string };

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** `cell,zone`: the 15-digit code and the number of the zone; empty for a cell without one. */
export function planCsv(ground: Ground, picture: PlanPicture, label: ZoneLabel): string {
  const rows = ground.graph.codes.map((code, cell) => {
    const zone = picture.assignment[cell]!;
    return `${code},${zone === 0 ? '' : quoted(String(label(zone as ZoneId).number))}`;
  });
  return `cell,zone\n${rows.join('\n')}\n`;
}

/** Turns a place of WGS-84 into another datum's. */
export type Shift = (lng: number, lat: number) => readonly [number, number];

/** Zones or cells as GeoJSON; `crs` stands in the file beside the features, since RFC 7946 knows WGS-84 only. */
export function planGeoJson(
  ground: Ground,
  picture: PlanPicture,
  label: ZoneLabel,
  what: 'zones' | 'cells',
  crs: Crs,
  shift: Shift | null,
): FeatureCollection & { readonly crs_name: Crs } {
  const place = (ring: Position[]): Position[] =>
    shift ? ring.map(([lng, lat]) => [...shift(lng!, lat!)]) : ring;
  const zones = (): Feature[] =>
    picture.zoneIds.flatMap((zoneId): Feature[] => {
      const shape = picture.shapes.get(zoneId);
      if (!shape) return [];
      return [
        {
          type: 'Feature',
          geometry: {
            type: 'MultiPolygon',
            coordinates: shape.polygons.map((polygon) => polygon.map((ring) => place(closedRing(ring)))),
          },
          properties: { zone: label(zoneId).number, name: label(zoneId).name },
        },
      ];
    });
  const cells = (): Feature[] =>
    ground.studio.cells.map((cell, i) => {
      const zone = picture.assignment[i]!;
      return {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: cell.rings.map((ring) => place(closedRing(ring))) },
        properties: { code: cell.code, zone: zone === 0 ? null : label(zone as ZoneId).number },
      };
    });
  return { type: 'FeatureCollection', crs_name: crs, features: what === 'zones' ? zones() : cells() };
}
