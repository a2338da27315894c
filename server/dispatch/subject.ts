import type { Priority } from '../../shared/contract/dispatch-codes.ts';
import { lngLat } from '../../shared/contract/geo.ts';
import type { Need } from '../../shared/contract/needs.ts';
import type { CellId, IncidentId, ZoneId } from '../../shared/contract/ids.ts';
import type { Deps } from '../kernel/deps.ts';
import type { Tx } from '../kernel/transact.ts';
import { findMatterVersion, needsOfMatter, type IncidentRow, type MatterRow } from '../incidents/store.ts';
import { zoneNow } from '../zones/store.ts';
import type { Moment } from './moment.ts';
import { recusalKey } from '../teams/store-facts.ts';

/** What a decision asks about an incident, with what its matter needs. */
export interface Subject {
  readonly incidentId: IncidentId;
  readonly priority: Priority;
  readonly lng: number;
  readonly lat: number;
  readonly cellId: CellId | null;
  readonly zoneId: ZoneId | null;
  readonly matterCode: string | null;
  readonly matterVersion: number | null;
  readonly field: string | null;
  /** Line by line, the lead's first. */
  readonly needs: readonly [Need, ...Need[]];
  readonly recusalKeys: readonly string[];
  readonly waitingSinceAt: number;
}

/** An incident waits since it was filed, ms. */
export const waitsSince = (row: Pick<IncidentRow, 'filed_at' | 'reported_at'>): number =>
  Date.parse(row.filed_at ?? row.reported_at);

/** A matter's version never changes, so each is read once. */
const kept = new WeakMap<Deps, Map<number, MatterRow>>();

async function matterOf({ db, deps }: Pick<Tx, 'db' | 'deps'>, id: number): Promise<MatterRow | undefined> {
  const known = kept.get(deps) ?? new Map<number, MatterRow>();
  kept.set(deps, known);
  const found = known.get(id) ?? (await findMatterVersion(db, id));
  if (found) known.set(id, found);
  return found;
}

/**
 * An incident as the engine sees it. It waits since it was filed, whatever happened to it in between; its zone is that of
 * the edition in force now.
 */
export async function subjectOf(
  look: Pick<Tx, 'db' | 'deps' | 'at'>,
  row: IncidentRow,
  { editionId }: Pick<Moment, 'editionId'>,
): Promise<Subject> {
  const matter = row.matter_version_id === null ? undefined : await matterOf(look, row.matter_version_id);
  const pinned = { editionId: row.edition_id, zoneId: row.zone_id, point: lngLat(row.lng, row.lat) };
  const zoneId = (await zoneNow(look.db, look.at, editionId, pinned)) as ZoneId | null;
  return {
    incidentId: row.id as IncidentId,
    priority: row.priority,
    lng: row.lng,
    lat: row.lat,
    cellId: row.cell_id as CellId | null,
    zoneId,
    matterCode: row.matter_code,
    matterVersion: matter?.version ?? null,
    field: matter?.field ?? null,
    needs: (row.needs as [Need, ...Need[]] | null) ?? needsOfMatter(matter),
    recusalKeys: [recusalKey(row.id)],
    waitingSinceAt: waitsSince(row),
  };
}
