import type { Crs, LngLat } from '../../shared/contract/geo.ts';
import { fromWgs84 } from '../../shared/rules/datum.ts';
import { metresBetween } from '../../shared/rules/distance.ts';
import { displaced, rounded } from './incident-places.ts';
import { incidentTexts, inventedPhone, inventedPlate } from './incident-texts.ts';
import type { TrueIncident } from './incidents.ts';
import { covers } from './covers.ts';
import { hash, randomStream, type Random } from './random.ts';
import type { Town } from './town.ts';

/** Who reports, with shares (assumed). */
const SOURCES = [
  ['patrol', 0.45],
  ['grid_worker', 0.3],
  ['hotline_12345', 0.12],
  ['video_ai', 0.08],
  ['department', 0.05],
] as const;
export type DraftSource = (typeof SOURCES)[number][0];

const DEFAULT_COORDINATE = 0.1;
const TAGGED_GCJ = 0.05;
const MISLABELLED_GCJ = 0.005;
const SWAPPED = 0.01;
const DUPLICATES = 0.01;
const NO_ADDRESS = 0.1;

/** A report as it reaches the town. */
export interface ReportDraft {
  readonly externalId: string;
  readonly at: number;
  readonly matterCode: string;
  readonly source: DraftSource;
  readonly crs: Crs;
  readonly lng: number;
  readonly lat: number;
  readonly text: string;
  readonly address: string | null;
  readonly reporterPhone: string | null;
}

/** What was done to the coordinates of a report. */
export type CoordinateDefect = 'default_coordinate' | 'gcj_tagged' | 'gcj_mislabelled' | 'axes_swapped';

/** The truth behind a report; kept in a file that the product never reads. */
export interface ReportTruth {
  readonly externalId: string;
  readonly incidentKey: string;
  readonly place: LngLat;
  readonly defect: CoordinateDefect | null;
  readonly addressMissing: boolean;
  /** External id of the report that this one repeats in other words. */
  readonly duplicateOf: string | null;
}

/** Reports of the incidents with injected defects, in order of time, and the truth in the same order. */
export function reportIncidents(
  town: Town,
  seed: number,
  incidents: readonly TrueIncident[],
): { readonly reports: ReportDraft[]; readonly truth: ReportTruth[] } {
  const places = nameGiver(town);
  const offices = new Map(
    town.places.features
      .filter((p) => p.properties.defaultCoordinate)
      .map((p) => [p.properties.communityCode, p.geometry.coordinates as [number, number]]),
  );
  const pairs = incidents.flatMap((incident) => {
    const random = randomStream(seed, `report:${incident.key}`);
    const source = drawSource(random);
    const defect = drawDefect(source, random);
    const first = write(incident, incident.place, incident.at, source, defect, 0, random);
    if (random.next() >= DUPLICATES) return [first];
    const place = displaced(incident.place, 12, random);
    const near = metresBetween(incident.place.lng, incident.place.lat, place.lng, place.lat) < 60;
    const at = incident.at + 60_000 + random.below(29 * 60_000);
    const again = write(incident, near ? place : incident.place, at, drawSource(random), null, 1, random);
    return [first, { ...again, truth: { ...again.truth, duplicateOf: first.draft.externalId } }];
  });
  pairs.sort((a, b) => a.draft.at - b.draft.at || (a.draft.externalId < b.draft.externalId ? -1 : 1));
  return { reports: pairs.map((p) => p.draft), truth: pairs.map((p) => p.truth) };

  function write(
    incident: TrueIncident,
    place: LngLat,
    at: number,
    source: DraftSource,
    defect: CoordinateDefect | null,
    wording: 0 | 1,
    random: Random,
  ): { readonly draft: ReportDraft; readonly truth: ReportTruth } {
    const where = places(place);
    const plate = inventedPlate(random.below(10_000));
    const words = incidentTexts[incident.matterCode]![wording].replace('{plate}', plate);
    const addressMissing = random.next() < NO_ADDRESS;
    const phone = inventedPhone(random.below(10_000));
    const externalId = wording ? `${incident.key}-b` : incident.key;
    return {
      draft: {
        externalId,
        at,
        matterCode: incident.matterCode,
        source,
        ...coordinates(place, defect, offices.get(where.communityCode)!),
        text: `${where.name}附近：${words}`,
        address: addressMissing ? null : `慈城镇${where.name}`,
        reporterPhone: source === 'hotline_12345' ? phone : null,
      },
      truth: { externalId, incidentKey: incident.key, place, defect, addressMissing, duplicateOf: null },
    };
  }
}

function coordinates(
  place: LngLat,
  defect: CoordinateDefect | null,
  office: readonly [number, number],
): Pick<ReportDraft, 'crs' | 'lng' | 'lat'> {
  const shifted = () => {
    const raw = fromWgs84(place, 'gcj02');
    return rounded(raw.lng, raw.lat);
  };
  switch (defect) {
    case 'default_coordinate':
      return { crs: 'wgs84', lng: office[0], lat: office[1] };
    case 'gcj_tagged':
      return { crs: 'gcj02', lng: shifted().lng, lat: shifted().lat };
    case 'gcj_mislabelled':
      return { crs: 'wgs84', lng: shifted().lng, lat: shifted().lat };
    case 'axes_swapped':
      return { crs: 'wgs84', lng: place.lat, lat: place.lng };
    default:
      return { crs: 'wgs84', lng: place.lng, lat: place.lat };
  }
}

function drawSource(random: Random): DraftSource {
  let u = random.next();
  for (const [source, share] of SOURCES) {
    u -= share;
    if (u < 0) return source;
  }
  return 'department';
}

function drawDefect(source: DraftSource, random: Random): CoordinateDefect | null {
  if (source === 'hotline_12345' && random.next() < DEFAULT_COORDINATE) return 'default_coordinate';
  let u = random.next();
  const defects = [
    ['gcj_tagged', TAGGED_GCJ],
    ['gcj_mislabelled', MISLABELLED_GCJ],
    ['axes_swapped', SWAPPED],
  ] as const;
  for (const [defect, share] of defects) {
    u -= share;
    if (u < 0) return defect;
  }
  return null;
}

/** Names a place by its community, its cell and an invented house number. */
function nameGiver(town: Town): (place: LngLat) => { readonly name: string; readonly communityCode: string } {
  const names = new Map(
    town.communities.features.map((c) => [c.properties.code12, c.properties.displayName]),
  );
  const cells = town.cells.features.map(({ geometry, properties }) => {
    const ring = geometry.coordinates[0]!;
    const [x, y] = [ring.map((p) => p[0]!), ring.map((p) => p[1]!)];
    return {
      geometry,
      properties,
      west: Math.min(...x),
      east: Math.max(...x),
      south: Math.min(...y),
      north: Math.max(...y),
    };
  });
  return ({ lng, lat }) => {
    const cell =
      cells.find(
        (c) =>
          lng >= c.west &&
          lng <= c.east &&
          lat >= c.south &&
          lat <= c.north &&
          covers(c.geometry, [lng, lat]),
      ) ?? cells[0]!;
    const { code15, communityCode } = cell.properties;
    const number = (hash(`${Math.round(lng * 2000)} ${Math.round(lat * 2000)}`) % 298) + 1;
    return {
      name: `${names.get(communityCode)}${Number(code15.slice(12))}号网格示意路${number}号`,
      communityCode,
    };
  };
}
