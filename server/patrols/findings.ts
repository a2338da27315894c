import type { Knex } from 'knex';
import type { z } from 'zod';
import type { FindingSharesSchema } from '../../shared/contract/patrols.ts';
import type { ReportSource } from '../../shared/contract/incidents.ts';
import { countFindings } from '../incidents/store-field.ts';
import { coverageBetween } from './store.ts';

/** What own people and own cameras found (主动发现), and what others had to tell (投诉). A dispatcher's entry is neither. */
const own: readonly ReportSource[] = ['patrol', 'grid_worker', 'self', 'video_ai'];
const told: readonly ReportSource[] = ['hotline_12345', 'department', 'superior', 'public_page'];

const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Self-found against reported in a period, by zone and in all, and the coverage of the rounds begun in it. */
export async function measureFindings(
  db: Knex,
  from: number,
  to: number,
  asOf: number,
): Promise<z.output<typeof FindingSharesSchema>> {
  const counts = await countFindings(db, from, to);
  const sum = (zoneId: number | null | undefined, sources: readonly ReportSource[]): number =>
    counts
      .filter((row) => (zoneId === undefined || row.zoneId === zoneId) && sources.includes(row.source))
      .reduce((total, row) => total + row.count, 0);
  const shares = (zoneId: number | null | undefined) => {
    const ownFound = sum(zoneId, own);
    const reported = sum(zoneId, told);
    return { ownFound, reported, selfFoundRate: rate(ownFound, ownFound + reported) };
  };
  const zones = [...new Set(counts.map(({ zoneId }) => zoneId))].sort((a, b) => (a ?? 0) - (b ?? 0));
  const { planned, visited } = await coverageBetween(db, from, to);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    asOf: new Date(asOf).toISOString(),
    rows: zones.map((zoneId) => ({ zoneId, ...shares(zoneId) })),
    total: shares(undefined),
    coverage: { planned, visited, patrolCoverage: rate(visited, planned) },
  };
}
