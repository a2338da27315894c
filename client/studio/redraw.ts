import type { ZoneId } from '../../shared/contract/ids.ts';
import type { Assignment } from '../../shared/rules/zones/assignment.ts';
import { colourZones } from './core/colours.ts';
import { drawPicture, redrawPicture } from './core/picture.ts';
import type { PictureContext } from './core/picture.ts';
import { desk, setDesk, settledPlan } from './desk.ts';
import { zoneFills } from './map/palette.ts';

const colours = zoneFills.dark.length;

/** The plan of the log with the stroke under the pointer and the pending selection on it; locked zones stay as they are. */
export function planOnTable(): Assignment | null {
  const { sync, stroke, zoneId, pending, ground } = desk();
  const settled = settledPlan();
  if (!settled || !sync || !ground || stroke.size + pending.size === 0) return settled;
  const { locked } = sync.view;
  const plan = settled.slice();
  const put = (cell: number, zone: ZoneId | null): void => {
    const from = settled[cell] as ZoneId;
    if (from === (zone ?? 0)) plan[cell] = from;
    else if (!locked.has(from) && !(zone !== null && locked.has(zone))) plan[cell] = zone ?? 0;
  };
  for (const [cellId, pair] of pending) {
    const cell = ground.graph.indexOf.get(cellId);
    if (cell !== undefined) put(cell, pair.zoneId);
  }
  for (const cell of stroke) put(cell, zoneId);
  return plan;
}

function contextOf(): PictureContext | null {
  const { ground, outlook, detail, sync, villagesBefore } = desk();
  if (!ground || !detail) return null;
  return {
    ground,
    outlook,
    teams: detail.teams,
    locked: sync?.view.locked ?? new Set(),
    waived: new Set(detail.waivers.map(({ zoneId }) => zoneId)),
    ...(villagesBefore && { villageZonesBefore: villagesBefore }),
    outdated: detail.draft?.outdated ?? false,
  };
}

const byNumber = (a: ZoneId, b: ZoneId): number => {
  const { zones } = desk();
  return (zones.get(a)?.number ?? a) - (zones.get(b)?.number ?? b);
};

/** Brings numbers, problems, shapes and forecast up to what is on the table. Cheap: only touched zones are counted. */
export function redraw(): void {
  const startedAt = performance.now();
  const { ground, sync, detail, picture, colours: kept } = desk();
  const context = contextOf();
  const plan = planOnTable();
  if (!ground || !detail || !context || !plan) return;
  const zoneIds = (sync ? [...sync.view.zones] : detail.zones.map(({ id }) => id)).sort(byNumber);
  const next = picture ? redrawPicture(context, picture, plan, zoneIds) : drawPicture(context, plan, zoneIds);
  const fresh = zoneIds.some((zone) => !kept.has(zone));
  setDesk({
    picture: next,
    ...(fresh && { colours: colourZones(ground.graph, plan, zoneIds, colours, kept) }),
  });
  performance.measure('studio-redraw', { start: startedAt, end: performance.now() });
}
