import { createHash } from 'node:crypto';
import { parse as parseCsv } from 'csv-parse/sync';
import type { z } from 'zod';
import type {
  AddedListSchema,
  AddListMetaSchema,
  DrawListSchema,
  IncidentList,
} from '../../shared/contract/plan-files.ts';
import { toWgs84 } from '../../shared/rules/datum.ts';
import { dateOfDay, dayOf, startOfDay } from '../../shared/rules/calendar.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Actor, type Tx } from '../kernel/transact.ts';
import type { Deps } from '../kernel/deps.ts';
import { findTown } from '../zones/store.ts';
import { inChild } from './child.ts';
import type { DrawOrder } from './draw-child.ts';
import { FileFindings } from './findings.ts';
import type { ListedRow } from './replay-world.ts';
import { addList, listOfHash, type ListRow } from './store-replays.ts';

export const listView = (row: ListRow): IncidentList => ({
  id: row.id,
  name: row.name,
  from: row.from_at,
  to: row.to_at,
  incidents: row.incidents,
  synthetic: row.synthetic,
});

const columns = ['reportedAt', 'lng', 'lat', 'priority', 'onSceneSeconds'] as const;
const longestSeconds = 864_000;

/** Takes a list of incidents from a CSV; it is stored only when no row has an error. The same bytes are the same list. */
export async function addIncidentList(
  deps: Deps,
  actor: Actor,
  meta: z.output<typeof AddListMetaSchema>,
  bytes: Buffer,
): Promise<z.output<typeof AddedListSchema>> {
  const findings = new FileFindings();
  const { rows, records } = readRows(bytes, meta.crs, findings);
  if (findings.errors > 0 || rows.length === 0)
    return { list: null, rows: records, errors: findings.errors, findings: findings.shown };
  const list = await transact(deps, actor, (tx) =>
    store(tx, meta.name, rows, createHash('sha256').update(bytes).digest('hex'), false),
  );
  return { list: listView(list), rows: records, errors: 0, findings: findings.shown };
}

function readRows(
  bytes: Buffer,
  crs: z.output<typeof AddListMetaSchema>['crs'],
  findings: FileFindings,
): { rows: ListedRow[]; records: number } {
  let records: Record<string, string>[];
  try {
    records = parseCsv<Record<string, string>>(bytes, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    findings.add(0, 'error', 'file_unreadable', error instanceof Error ? error.message : '');
    return { rows: [], records: 0 };
  }
  const present = Object.keys(records[0] ?? {});
  for (const column of columns)
    if (!present.includes(column)) findings.add(0, 'error', 'column_missing', column);
  if (findings.errors > 0) return { rows: [], records: records.length };
  const rows = records.flatMap((record, i): ListedRow[] => {
    const row = i + 1;
    const number = (name: string, least: number, largest: number): number => {
      const value = record[name] === '' || record[name] === undefined ? NaN : Number(record[name]);
      if (!(value >= least && value <= largest))
        findings.add(row, 'error', 'value_invalid', `${name} ${record[name]}`);
      return value;
    };
    const before = findings.errors;
    const at = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(record.reportedAt ?? '')
      ? Date.parse(record.reportedAt!)
      : NaN;
    if (Number.isNaN(at)) findings.add(row, 'error', 'value_invalid', `reportedAt ${record.reportedAt}`);
    const [lng, lat] = [number('lng', -2e7, 2e7), number('lat', -2e7, 2e7)];
    const place = toWgs84({ lng, lat, crs });
    if (!place.ok) findings.add(row, 'error', 'value_invalid', `${lng}, ${lat}`);
    const priority = number('priority', 1, 4);
    if (!Number.isInteger(priority))
      findings.add(row, 'error', 'value_invalid', `priority ${record.priority}`);
    const onSceneMs = number('onSceneSeconds', 0, 86_400) * 1000;
    const responseMs = record.responseSeconds ? number('responseSeconds', 0, longestSeconds) * 1000 : null;
    if (findings.errors > before || !place.ok) return [];
    return [
      {
        at,
        lng: place.value.lng,
        lat: place.value.lat,
        priority: priority as ListedRow['priority'],
        onSceneMs,
        responseMs,
        teamCode: record.teamCode || null,
      },
    ];
  });
  return { rows, records: records.length };
}

/** Draws incidents with the generator of the synthetic town, up to the beginning of today: for synthetic towns only. */
export async function drawIncidentList(
  deps: Deps,
  actor: Actor,
  { days, seed }: z.output<typeof DrawListSchema>,
): Promise<IncidentList> {
  const town = await findTown(deps.db);
  if (!town?.synthetic) throw new Refused('action_forbidden', { reason: 'the town is not synthetic' });
  const to = startOfDay(dayOf(deps.now()));
  const from = to - days * 86_400_000;
  const key = createHash('sha256')
    .update(JSON.stringify(['synthetic', from, to, seed]))
    .digest('hex');
  const known = await listOfHash(deps.db, key);
  if (known) return listView(known);
  const order: DrawOrder = { seed, from, to };
  const rows = await inChild<ListedRow[]>('draw-child.ts', order).outcome;
  const name = `${dateOfDay(dayOf(from))} – ${dateOfDay(dayOf(to) - 1)} #${seed}`;
  return listView(await transact(deps, actor, (tx) => store(tx, name, rows, key, true)));
}

function store(tx: Tx, name: string, rows: readonly ListedRow[], sha256: string, synthetic: boolean) {
  const ordered = rows.toSorted((a, b) => a.at - b.at);
  return addList(tx.db, {
    name,
    sha256,
    from: ordered[0]!.at,
    to: ordered.at(-1)!.at + 1,
    incidents: ordered.length,
    synthetic,
    body: JSON.stringify(ordered),
    by: tx.actor.id,
    at: tx.at,
  });
}
