import type { EditionId } from '../../shared/contract/ids.ts';
import type { Deps } from '../kernel/deps.ts';
import { roadsOfClosures, zoneNeighbours } from '../zones/store.ts';
import { listCrews, type Crews } from '../teams/store-crew.ts';
import { notePolicy, policyOf, type PolicyInForce } from './policies.ts';
import type { Look } from './scene.ts';
import { findMoment } from './store-moment.ts';

/** What is in force at an instant, and the numbers under which a server keeps what seldom changes. */
export interface Moment {
  readonly inForce: PolicyInForce;
  readonly editionId: EditionId | null;
  readonly coverageId: number | null;
  /** Teams on duty in the whole town. */
  readonly onDuty: number;
  /** Projection in which this town measures metres (an EPSG code). */
  readonly metricSrid: number;
  /** Closures of roads that apply now. */
  readonly closureIds: readonly number[];
  readonly revisions: { readonly crews: number; readonly roads: number };
}

/** Asked once for each decision: everything that is kept in memory is used only under the number that this answers. */
export async function momentAt({ db, at }: Pick<Look, 'db' | 'at'>): Promise<Moment> {
  const { policyVersion, policyHash, editionId, ...row } = await findMoment(db, at);
  const found = policyVersion === null ? undefined : { version: policyVersion, hash: policyHash! };
  const inForce = await policyOf(db, found);
  notePolicy(db, inForce);
  return { ...row, editionId: editionId as EditionId | null, inForce };
}

interface Kept {
  crews?: { readonly number: number; readonly editionId: number | null; readonly value: Crews };
  closed?: { readonly key: string; readonly value: readonly number[] };
  readonly neighbours: Map<number, Map<number, number[]>>;
}

/** What each running product has read. */
const kept = new WeakMap<Deps, Kept>();

function keptOf(deps: Deps): Kept {
  const found = kept.get(deps) ?? { neighbours: new Map() };
  kept.set(deps, found);
  return found;
}

/** Crews, kit and zones of all teams. A number belongs to one content, also in a transaction that is rolled back. */
export async function crewsOf({ db, deps }: Look, { revisions, editionId }: Moment): Promise<Crews> {
  const mine = keptOf(deps);
  const known = mine.crews;
  if (known && known.number === revisions.crews && known.editionId === editionId) return known.value;
  const value = await listCrews(db, editionId);
  mine.crews = { number: revisions.crews, editionId, value };
  return value;
}

/** Roads that are closed now, ascending. */
export async function closedOf(
  { db, deps }: Look,
  { revisions, closureIds }: Moment,
): Promise<readonly number[]> {
  if (closureIds.length === 0) return [];
  const mine = keptOf(deps);
  const key = `${revisions.roads}:${closureIds.join()}`;
  if (mine.closed?.key !== key) mine.closed = { key, value: await roadsOfClosures(db, closureIds) };
  return mine.closed.value;
}

/** Editions and their coverages never change, so their neighbourhoods are asked once. */
export async function neighboursOf(
  { db, deps }: Look,
  editionId: number | null,
): Promise<ReadonlyMap<number, readonly number[]>> {
  if (editionId === null) return new Map();
  const { neighbours } = keptOf(deps);
  const found = neighbours.get(editionId) ?? (await zoneNeighbours(db, editionId));
  neighbours.set(editionId, found);
  return found;
}
