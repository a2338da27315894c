import type { Geometry } from 'geojson';
import type { Knex } from 'knex';
import { findByExternalId, listMatters } from '../../incidents/store.ts';
import { lngLat } from '../../../shared/contract/geo.ts';
import { axesSwapped, outsideTown, toWgs84 } from '../../../shared/rules/datum.ts';
import { Refused } from '../../kernel/refused.ts';
import { findTown, locate, type TownRow } from '../../zones/store.ts';
import { insertPlaces } from '../../zones/store-write.ts';
import { findDefaultPlaces } from './default-places.ts';
import type { Findings } from './findings.ts';
import { instantOf } from './instants.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { datumOf, inWgs84 } from './place.ts';
import type { ReasonCode } from './reasons.ts';
import { readTable, type TableRow } from './table.ts';

interface ListedIncident {
  readonly line: number;
  readonly externalId: string;
  readonly reportedAt: number;
  readonly text: string;
  readonly address: string;
  readonly matter: string;
  /** As the file has it, in the declared reference system. */
  readonly lng: number;
  readonly lat: number;
}

/** Fields of an incident and the names that other systems' lists use: 12345 exports, Open311 cities, NYC 311. */
const columns = {
  externalId: {
    names: ['external_id', 'unique_key', 'service_request_id', 'id', '工单编号', '编号'],
    needed: true,
  },
  reportedAt: {
    names: ['reported_at', 'created_date', 'requested_datetime', '上报时间', '受理时间'],
    needed: true,
  },
  lng: { names: ['longitude', 'lon', 'long', '经度'], needed: true },
  lat: { names: ['latitude', '纬度'], needed: true },
  text: { names: ['description', 'descriptor', '内容', '问题描述'] },
  address: { names: ['incident_address', '地址'] },
  matter: { names: ['matter_code', 'complaint_type', 'service_name', '事项'] },
};

type Complain = (line: number, code: ReasonCode, field: string, what: string) => void;

/** Incident lists: each row goes through the product's own command at the instant that the row names. */
export const prepareIncidents: Layered = async (file, request, findings) => {
  const complain: Complain = request.skipBadRows ? findings.skip : findings.add;
  const lines = new Map<string, number>();
  const listed = readTable(file, request, columns, findings).flatMap((row) => {
    const incident = readRow(row, request.timeZone, complain);
    if (!incident) return [];
    const other = lines.get(incident.externalId);
    if (other !== undefined) {
      complain(row.line, 'id_repeated', 'externalId', `"${incident.externalId}" stands in line ${other} too`);
      return [];
    }
    lines.set(incident.externalId, row.line);
    return [incident];
  });
  return (job) => importIncidents(job, listed, complain);
};

function readRow(row: TableRow, timeZone: string, complain: Complain): ListedIncident | undefined {
  const externalId = row.get('externalId');
  const time = row.get('reportedAt');
  const [x, y] = [row.get('lng'), row.get('lat')];
  const reportedAt = instantOf(time, timeZone);
  const wrong = whatIsWrong(externalId, time, reportedAt, x, y);
  if (wrong) {
    complain(row.line, ...wrong);
    return undefined;
  }
  const matter = row.get('matter');
  const text = [matter, row.get('text')].filter((part) => part !== '').join(': ');
  return {
    line: row.line,
    externalId,
    reportedAt,
    text: text.slice(0, 2000),
    address: row.get('address').slice(0, 200),
    matter,
    lng: Number(x),
    lat: Number(y),
  };
}

function whatIsWrong(
  externalId: string,
  time: string,
  reportedAt: number,
  x: string,
  y: string,
): [code: ReasonCode, field: string, what: string] | undefined {
  const place = `longitude "${x}", latitude "${y}"`;
  if (externalId === '' || externalId.length > 64)
    return ['field_invalid', 'externalId', `"${externalId}" has not 1 to 64 characters`];
  if (Number.isNaN(reportedAt)) return ['time_invalid', 'reportedAt', `"${time}"`];
  if (x === '' || y === '' || (Number(x) === 0 && Number(y) === 0)) return ['place_missing', 'lng', place];
  if (!Number.isFinite(Number(x)) || !Number.isFinite(Number(y))) return ['coordinate_invalid', 'lng', place];
  return undefined;
}

async function importIncidents(
  job: Job,
  listed: readonly ListedIncident[],
  complain: Complain,
): Promise<Outcome> {
  const { tx, request, findings, say, report } = job;
  const town = await findTown(tx.db);
  if (!town) findings.add(null, 'town_missing', 'file', 'the database is empty');
  findings.stopOnErrors();
  const rows = await placeable(tx.db, job, listed, town!, complain);
  findings.stopOnErrors();

  const fresh: ListedIncident[] = [];
  for (const row of rows)
    if ((await findByExternalId(tx.db, 'department', row.externalId)) === undefined) fresh.push(row);
  const known = rows.length - fresh.length;
  if (known > 0) say(`${known} rows were imported before`);
  await markDefaultPlaces(job, fresh);
  const matterAt = await matterReader(tx.db, job, fresh);
  const doubts = new Map<string, number>();
  let filed = 0;
  for (const [index, row] of fresh.toSorted((a, b) => a.reportedAt - b.reportedAt).entries()) {
    const { text, address, externalId, lng, lat } = row;
    try {
      const made = await report(
        { ...tx, at: row.reportedAt },
        {
          point: { lng, lat },
          crs: datumOf(request.crs) ?? 'wgs84',
          text,
          address,
          externalId,
          matterCode: matterAt(row),
          file: request.fileKnown,
        },
      );
      for (const doubt of made.doubts) doubts.set(doubt, (doubts.get(doubt) ?? 0) + 1);
      if (made.doubts.includes('outside')) findings.add(row.line, 'place_outside', 'lng', `${lng}, ${lat}`);
      if (made.filedAt !== null) filed += 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      complain(
        row.line,
        error.code === 'axis_swapped' ? 'axis_swapped' : 'coordinate_invalid',
        'lng',
        `${lng}, ${lat}`,
      );
    }
    if (index % 100 === 99) say(`${index + 1} of ${fresh.length} incidents`);
  }
  const counts = {
    new: fresh.length,
    known,
    skipped: findings.list.filter(({ level }) => level === 'skipped').length,
    filed,
  };
  const doubtful = [...doubts].map(([doubt, count]) => `${count} ${doubt}`).join(', ');
  return {
    counts,
    changed: fresh.length > 0,
    notes: [
      ...(doubtful === '' ? [] : [`doubtful places: ${doubtful}`]),
      ...(fresh.length > filed
        ? [`${fresh.length - filed} incidents wait as reported: a dispatcher files or rejects them`]
        : []),
    ],
  };
}

/** Rows whose place can be judged; a projection is transformed here, a datum by the command. */
async function placeable(
  db: Knex,
  { request, findings }: Job,
  listed: readonly ListedIncident[],
  town: TownRow,
  complain: Complain,
): Promise<ListedIncident[]> {
  const datum = datumOf(request.crs);
  const points = listed.map((row) => ({
    ...row,
    row: row.line,
    geometry: { type: 'Point', coordinates: [row.lng, row.lat] } as Geometry,
  }));
  const placed =
    datum === null
      ? (await inWgs84(db, request.crs, points, findings)).map((row) => {
          const [lng, lat] = (row.geometry as { coordinates: number[] }).coordinates;
          return { ...row, lng: lng!, lat: lat! };
        })
      : points;
  return placed.filter(({ line, lng, lat }) => {
    const read = toWgs84({ lng, lat, crs: datum ?? 'wgs84' });
    const swapped =
      axesSwapped(lng, lat) || (isFar(lng, lat, town) && Math.abs(lng) <= 90 && !isFar(lat, lng, town));
    if (read.ok && !swapped) return true;
    complain(
      line,
      swapped ? 'axis_swapped' : 'coordinate_invalid',
      'lng',
      `longitude ${lng}, latitude ${lat}`,
    );
    return false;
  });
}

const isFar = (lng: number, lat: number, town: TownRow) => outsideTown(lngLat(lng, lat), town.bbox);

/** Registers the list's default points as such, so that every report on them, now and later, is doubted. */
async function markDefaultPlaces(
  { tx, request, findings }: Job,
  rows: readonly ListedIncident[],
): Promise<void> {
  const crs = datumOf(request.crs) ?? 'wgs84';
  for (const { lng, lat, rows: count, addresses } of findDefaultPlaces(rows)) {
    const what = `${count} of ${rows.length} rows lie at ${lng}, ${lat} under ${addresses} addresses`;
    findings.add(null, 'default_coordinate', 'lng', what);
    const read = toWgs84({ lng, lat, crs });
    if (!read.ok || (await locate(tx.db, read.value, tx.at)).defaultCoordinate) continue;
    const geometry: Geometry = { type: 'Point', coordinates: [read.value.lng, read.value.lat] };
    const name = `default place of ${request.source}`;
    await insertPlaces(tx.db, [{ kind: 'geocoder_default', name, geometry, defaultCoordinate: true }]);
  }
}

/** Finds the matter code of a row that was in force at its instant; counts the words that name none. */
async function matterReader(
  db: Knex,
  { request, findings }: Job,
  rows: readonly ListedIncident[],
): Promise<(row: ListedIncident) => string | null> {
  const day = 86_400_000;
  const byDay = new Map<number, Set<string>>();
  for (const { reportedAt } of rows) {
    const number = Math.floor(reportedAt / day);
    if (!byDay.has(number))
      byDay.set(number, new Set((await listMatters(db, number * day)).map(({ matter_code }) => matter_code)));
  }
  const codeOf = ({ matter, reportedAt }: ListedIncident): string | null => {
    const code = request.matters.get(matter) ?? matter;
    return byDay.get(Math.floor(reportedAt / day))!.has(code) ? code : null;
  };
  reportUnknown(rows, codeOf, findings);
  return codeOf;
}

function reportUnknown(
  rows: readonly ListedIncident[],
  codeOf: (row: ListedIncident) => string | null,
  findings: Findings,
): void {
  const unknown = new Map<string, ListedIncident[]>();
  for (const row of rows)
    if (row.matter !== '' && codeOf(row) === null)
      unknown.set(row.matter, [...(unknown.get(row.matter) ?? []), row]);
  for (const [matter, of] of [...unknown].sort(([, a], [, b]) => b.length - a.length))
    findings.add(
      of[0]!.line,
      'matter_unknown',
      'matter',
      `"${matter}", ${of.length} row${of.length === 1 ? '' : 's'}`,
    );
}
