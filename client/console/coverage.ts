import type { Policy } from '../../shared/contract/dispatch.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import { localHour, straightLine, travelTable } from '../../shared/rules/dispatch/travel.ts';
import { call } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { insidePoint } from '../map/town-shapes.ts';
import { sayRefused } from './perform.tsx';
import { useRoom } from './room.ts';

/** Somebody should reach every cell within this time. */
export const coverSeconds = 600;

/** Cells that nobody reaches in time: `lost` by this team's leaving, `beyond` already with it. */
export interface Coverage {
  readonly teamId: number;
  readonly lost: readonly number[];
  readonly beyond: readonly number[];
}

/** A team that could go now, and where it is. */
export interface Cover {
  readonly teamId: number;
  readonly point: { readonly lng: number; readonly lat: number };
}

/** What would be left if a team went; straight way x detour at the speed of the hour, as the engine's fallback reckons. */
export function coverageWithout(
  teamId: number,
  covers: readonly Cover[],
  cells: readonly { readonly id: number; readonly point: LngLat }[],
  policy: Policy,
  atMs: number,
): Coverage {
  const model = straightLine(policy);
  const hour = localHour(policy, atMs);
  const table = travelTable(covers.length);
  const lngs = Float64Array.from(covers, ({ point }) => point.lng);
  const lats = Float64Array.from(covers, ({ point }) => point.lat);
  const lost: number[] = [];
  const beyond: number[] = [];
  for (const { id, point } of cells) {
    model.fill(lngs, lats, covers.length, point, hour, table);
    const reaches = covers.filter((_, i) => table.seconds[i]! <= coverSeconds);
    if (reaches.length === 0) beyond.push(id);
    else if (reaches.every((one) => one.teamId === teamId)) lost.push(id);
  }
  return { teamId, lost, beyond };
}

/** Shows on the map what would be left if this team went. */
export async function showCoverage(teamId: number): Promise<void> {
  const { town, set } = useRoom.getState();
  const { picture, fixes, offsetMs } = useLive.getState();
  if (!town) return;
  try {
    const { policy } = await call('readPolicy');
    const covers = [...picture.teams.values()].flatMap((team): Cover[] => {
      const point = fixes.get(team.id)?.point;
      const free = team.freeSlots > 0 && team.status !== 'off_duty' && team.status !== 'unavailable';
      return point && (free || team.id === teamId) ? [{ teamId: team.id, point }] : [];
    });
    const cells = town.cells.features.map((cell) => {
      const [lng, lat] = insidePoint(cell);
      return { id: Number(cell.id), point: { lng, lat } as LngLat };
    });
    set({ coverage: coverageWithout(teamId, covers, cells, policy, Date.now() + offsetMs) });
  } catch (error) {
    sayRefused(error);
  }
}
