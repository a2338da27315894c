import { z } from 'zod';
import type { LngLat } from '../../shared/contract/geo.ts';
import type { TravelTime } from '../../shared/rules/roads.ts';
import type { Deps } from '../kernel/deps.ts';

const TableSchema = z.object({
  code: z.literal('Ok'),
  durations: z.array(z.array(z.number().nullable())),
  distances: z.array(z.array(z.number().nullable())),
});

/** A server that did not answer is left alone for this long, so that each decision does not wait anew. */
const restMs = 30_000;
const resting = new WeakMap<Deps, number>();

/**
 * Travel times from many origins to one place by the table service of an OSRM server (GET /table/v1/driving), in
 * the order of the origins; null inside for an origin without a way. Undefined when the server is not there, is too
 * slow or answers nonsense: the caller falls back. At most `timeoutMs` pass.
 */
export async function askOsrm(
  deps: Deps,
  server: { url: string; timeoutMs: number; at: number },
  origins: readonly LngLat[],
  destination: LngLat,
): Promise<(TravelTime | null)[] | undefined> {
  if (origins.length === 0) return [];
  if (server.at < (resting.get(deps) ?? -Infinity)) return undefined;
  const points = [...origins, destination].map(({ lng, lat }) => `${lng.toFixed(6)},${lat.toFixed(6)}`);
  const sources = origins.map((_, i) => i).join(';');
  const address = `${server.url.replace(/\/$/, '')}/table/v1/driving/${points.join(';')}?sources=${sources}&destinations=${origins.length}&annotations=duration,distance`;
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(server.timeoutMs) });
    const { durations, distances } = TableSchema.parse(await response.json());
    return origins.map((_, i) => {
      const seconds = durations[i]?.[0];
      const metres = distances[i]?.[0];
      return seconds == null || metres == null ? null : { seconds, metres };
    });
  } catch (error) {
    resting.set(deps, server.at + restMs);
    deps.log.warn({ reason: (error as Error).name }, 'OSRM did not answer; own travel model is used');
    return undefined;
  }
}
