import { Router, type RequestHandler } from 'express';
import type { ReplayReport } from '../../shared/contract/replays.ts';
import { reportTable } from '../../shared/rules/replay/report-table.ts';
import { may } from '../../shared/rules/permissions.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import type { Actor } from '../kernel/transact.ts';
import { listZoneShapes } from '../zones/store.ts';
import { groundOf } from './ground.ts';
import { exportPlan, type Download } from './plan-export.ts';
import { coverageDrawing, gainsDrawing } from './report-drawings.ts';
import { reportPdf } from './report-pdf.ts';
import { exportRenumbering } from './renumbering.ts';
import { knownEdition } from './read.ts';
import { findReplay } from './store-replays.ts';

type Authenticate = (request: Parameters<RequestHandler>[0]) => Promise<Actor | undefined>;

/** Files to download: an edition as CSV, GeoJSON or Shapefile, its renumberings as CSV (`table=codes`), a report as PDF, CSV or JSON, and its maps as SVG (`map=coverage` shows who is reached in time). */
export function planningPages(deps: Deps, authenticate: Authenticate): Router {
  const router = Router();
  const serve =
    (
      make: (id: number, format: string, query: Record<string, unknown>) => Promise<Download>,
    ): RequestHandler =>
    async (request, response) => {
      const actor = await authenticate(request);
      if (!actor) throw new Refused('signin_missing');
      refuseIf(may({ role: actor.role, personId: actor.id, teamId: actor.teamId }, 'plan.read'));
      const { id = '', format = '' } = request.params as Record<string, string>;
      const number = /^\d{1,9}$/.test(id) ? Number(id) : 0;
      const { type, name, body } = await make(number, format, request.query);
      response.setHeader('Content-Type', type);
      response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
      response.setHeader('Cache-Control', 'private, no-store');
      response.send(body);
    };
  router.get(
    '/plans/:id.:format',
    serve((id, format, query) => {
      if (format === 'csv' && query['table'] === 'codes') return exportRenumbering(deps, id);
      if (format !== 'csv' && format !== 'geojson' && format !== 'zip')
        throw new Refused('route_unknown', { format });
      return exportPlan(deps, id, format);
    }),
  );
  router.get(
    '/replays/:id.:format',
    serve(async (id, format, query) => {
      const row = await findReplay(deps.db, id);
      if (!row?.report) throw new Refused('replay_unknown', { replayId: id });
      const report = JSON.parse(row.report) as ReplayReport;
      if (format === 'csv')
        return {
          type: 'text/csv; charset=utf-8',
          name: `replay-${id}.csv`,
          body: `\uFEFF${reportTable(report)}`,
        };
      if (format === 'pdf')
        return {
          type: 'application/pdf',
          name: `replay-${id}.pdf`,
          body: await reportPdf(
            report,
            await outlinesOf(deps, report.editionId),
            await cellShapes(deps, report.editionId),
            query['language'] === 'en' ? 'en' : 'zh-CN',
          ),
        };
      if (format === 'svg')
        return {
          type: 'image/svg+xml',
          name: `replay-${id}.svg`,
          body:
            query['map'] === 'coverage'
              ? coverageDrawing(report, await cellShapes(deps, report.editionId), { width: 900, height: 520 })
              : gainsDrawing(report, await outlinesOf(deps, report.editionId), { width: 900, height: 620 }),
        };
      if (format === 'json') return { type: 'application/json', name: `replay-${id}.json`, body: row.report };
      throw new Refused('route_unknown', { format });
    }),
  );
  return router;
}

/** Outlines of an edition's cells, rings in degrees. */
async function cellShapes(deps: Deps, editionId: number) {
  const ground = await groundOf(deps, deps.db, (await knownEdition(deps.db, editionId)).coverage_id);
  return ground.cells.map(({ id, rings }) => ({
    id,
    rings: rings.map((ring) => ring.map(([x, y]) => [x / 1e7, y / 1e7] as const)),
  }));
}

type Ring = [number, number][];

/** Outlines of an edition's zones, rings in degrees. */
async function outlinesOf({ db }: Deps, editionId: number): Promise<Ring[][]> {
  const shapes = await listZoneShapes(db, editionId);
  return shapes.map(({ geometry }) => {
    const { type, coordinates } = geometry as { type: string; coordinates: unknown };
    return type === 'Polygon' ? (coordinates as Ring[]) : (coordinates as Ring[][]).flat();
  });
}
