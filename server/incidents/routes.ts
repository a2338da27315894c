import type { Recommendation } from '../../shared/contract/dispatch.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { transact, type Tx } from '../kernel/transact.ts';
import { maskedReporter } from '../../shared/rules/penalties/identity.ts';
import { eventsAbout } from '../audit/store.ts';
import { assignmentView, assignmentsOf } from '../dispatch/store.ts';
import { metricSrid } from '../zones/store.ts';
import * as commands from './commands.ts';
import { callReporter } from './contact.ts';
import { publishMatter } from './matters.ts';
import { publishHolidays, readHolidayYears } from './holidays.ts';
import { placeReport } from './place.ts';
import { findIncidentRow } from './steps.ts';
import { heatPoints } from './store-field.ts';
import { listMatterVersions } from './store-write.ts';
import { initialsOf } from './initials.ts';
import {
  findDuplicates,
  findReporter,
  incidentView,
  listMatters,
  searchIncidents,
  type IncidentRow,
} from './store.ts';

/** What the command room's engine offers to this domain; given by app.ts. */
export interface Dispatching {
  /** The card of an incident, as things stand. */
  recommend(tx: Pick<Tx, 'db' | 'at' | 'deps'>, incidentId: number): Promise<Recommendation | null>;
  /** The card of an incident that is still being typed. */
  preview(
    tx: Pick<Tx, 'db' | 'at' | 'deps'>,
    draft: { lng: number; lat: number; zoneId: number | null; matterCode: string | null },
  ): Promise<Recommendation | null>;
  /** An incident was made by this transaction: what `filed` does, and its card. */
  made(tx: Tx, row: IncidentRow): Promise<{ incident: IncidentView; recommendation: Recommendation | null }>;
  /** An incident was filed or came back to the queue; true when a team was asked and the incident changed. */
  filed(tx: Tx, incidentId: number): Promise<boolean>;
  /** An incident that its alarm stood for was seen or ended. */
  quieted(tx: Tx, incidentId: number): Promise<void>;
  /** What waits stands otherwise than before: the engine looks again at the next tick. */
  resumed(tx: Tx): Promise<void>;
}

type Names =
  | 'listHolidays'
  | 'publishHolidays'
  | 'createIncident'
  | 'previewIncident'
  | 'searchIncidents'
  | 'readIncident'
  | 'revealReporter'
  | 'callReporter'
  | 'noteIncident'
  | 'placeIncident'
  | 'fileIncident'
  | 'acknowledgeIncident'
  | 'prioritiseIncident'
  | 'mergeIncident'
  | 'rejectIncident'
  | 'holdIncident'
  | 'resumeIncident'
  | 'escalateIncident'
  | 'requestCheck'
  | 'closeIncident'
  | 'reopenIncident'
  | 'redispatchIncident'
  | 'listMatters'
  | 'listMatterVersions'
  | 'publishMatter'
  | 'readHeat';

/** How far back the map's heat looks. */
const heatDays = 7;

/** Photos of an incident, by the room that keeps evidence. */
export type PhotosOf = (
  db: Tx['db'],
  incidentId: number,
) => Promise<{ before: number; after: number; spotMetres: number }>;

const viewOf = async (tx: Tx, id: number) => incidentView(await findIncidentRow(tx.db, id));

export function incidentHandlers(dispatching: Dispatching, photosOf: PhotosOf): Pick<Handlers, Names> {
  const filed = async (tx: Tx, id: number) => {
    await dispatching.filed(tx, id);
    return viewOf(tx, id);
  };
  const quiet = async <T>(tx: Tx, id: number, done: Promise<T>): Promise<T> => {
    const result = await done;
    await dispatching.quieted(tx, id);
    return result;
  };
  return {
    listHolidays: read<'listHolidays'>(async ({ deps }) => ({
      years: await readHolidayYears(deps.db as Tx['db']),
    })),
    publishHolidays: command<'publishHolidays'>((tx, { params, body }) =>
      publishHolidays(tx, params.year, body),
    ),
    createIncident: command<'createIncident'>(async (tx, { body }) => {
      const { row, fresh } = await commands.reportIncident(tx, body);
      if (fresh) return dispatching.made(tx, row);
      return { incident: incidentView(row), recommendation: await dispatching.recommend(tx, row.id) };
    }),
    previewIncident: read<'previewIncident'>(async ({ deps, query }) => {
      const at = deps.now();
      const { point, located, doubts } = await placeReport(deps.db, query, at);
      const matterCode = query.matterCode ?? null;
      const duplicates = await findDuplicates(deps.db, {
        point,
        srid: await metricSrid(deps.db),
        matterCode,
        at,
        metres: 150,
        seconds: 1800,
        except: 0,
      });
      const draft = { lng: point.lng, lat: point.lat, zoneId: located.zoneId, matterCode };
      return {
        cellCode: located.cellCode,
        zoneNumber: located.zoneNumber,
        overlays: located.overlays,
        doubts,
        duplicates,
        recommendation: await dispatching.preview({ db: deps.db as Tx['db'], at, deps }, draft),
      };
    }),
    searchIncidents: read<'searchIncidents'>(async ({ deps, query }) => ({
      incidents: (await searchIncidents(deps.db, query.text, query.limit)).map(incidentView),
    })),
    readIncident: read<'readIncident'>(async ({ deps, actor, params }) => {
      const row = await findIncidentRow(deps.db as Tx['db'], params.incidentId);
      const assignments = await assignmentsOf(deps.db, row.id);
      const reporter =
        actor.role === 'dispatcher' || actor.role === 'head' ? await findReporter(deps.db, row.id) : null;
      return {
        incident: incidentView(row),
        assignments: assignments.map(assignmentView),
        timeline: await eventsAbout(deps.db, `incident/${row.id}`, 500),
        duplicates: await commands.duplicatesOf({ db: deps.db as Tx['db'], at: deps.now() }, row),
        reporter: reporter
          ? maskedReporter({ name: reporter.reporter_name, phone: reporter.reporter_phone })
          : null,
      };
    }),
    revealReporter: read<'revealReporter'>(({ deps, actor, params, body }) =>
      transact(deps, actor, (tx) => commands.revealReporter(tx, params.incidentId, body.purpose)),
    ),
    callReporter: read<'callReporter'>(({ deps, actor, params }) =>
      transact(deps, actor, (tx) => callReporter(tx, params.assignmentId)),
    ),
    noteIncident: command<'noteIncident'>((tx, { params, body }) =>
      commands.noteIncident(tx, params.incidentId, body.text),
    ),
    placeIncident: command<'placeIncident'>((tx, { params, body }) =>
      commands.placeIncident(tx, params.incidentId, body),
    ),
    fileIncident: command<'fileIncident'>(async (tx, { params, body }) => {
      await commands.fileIncident(tx, params.incidentId, body.matterCode, body.priority);
      return filed(tx, params.incidentId);
    }),
    acknowledgeIncident: command<'acknowledgeIncident'>((tx, { params }) =>
      quiet(tx, params.incidentId, commands.acknowledgeIncident(tx, params.incidentId)),
    ),
    prioritiseIncident: command<'prioritiseIncident'>(async (tx, { params, body }) => {
      const incident = await commands.prioritiseIncident(tx, params.incidentId, body.priority);
      await dispatching.resumed(tx);
      return incident;
    }),
    mergeIncident: command<'mergeIncident'>((tx, { params, body }) =>
      quiet(tx, params.incidentId, commands.mergeIncident(tx, params.incidentId, body.into)),
    ),
    rejectIncident: command<'rejectIncident'>((tx, { params, body }) =>
      quiet(tx, params.incidentId, commands.rejectIncident(tx, params.incidentId, body.reason, body.text)),
    ),
    holdIncident: command<'holdIncident'>((tx, { params, body }) =>
      commands.holdIncident(tx, params.incidentId, body.minutes, body.reason),
    ),
    resumeIncident: command<'resumeIncident'>((tx, { params, body }) =>
      commands.resumeIncident(tx, params.incidentId, body.reason),
    ),
    escalateIncident: command<'escalateIncident'>((tx, { params, body }) =>
      commands.escalateIncident(tx, params.incidentId, body.reason, null),
    ),
    requestCheck: command<'requestCheck'>((tx, { params }) => commands.requestCheck(tx, params.incidentId)),
    closeIncident: command<'closeIncident'>(async (tx, { params, body }) =>
      quiet(
        tx,
        params.incidentId,
        commands.closeIncident(
          tx,
          params.incidentId,
          body.text,
          await photosOf(tx.db, params.incidentId),
          body.liability,
        ),
      ),
    ),
    reopenIncident: command<'reopenIncident'>(async (tx, { params, body }) => {
      await commands.reopenIncident(tx, params.incidentId, body);
      return filed(tx, params.incidentId);
    }),
    redispatchIncident: command<'redispatchIncident'>(async (tx, { params }) => {
      await commands.redispatchIncident(tx, params.incidentId);
      return filed(tx, params.incidentId);
    }),
    readHeat: read<'readHeat'>(async ({ deps }) => ({
      points: await heatPoints(deps.db, deps.now() - heatDays * 86_400_000),
    })),
    listMatterVersions: read<'listMatterVersions'>(async ({ deps, params }) => ({
      versions: await listMatterVersions(deps.db, params.matterCode),
    })),
    publishMatter: command<'publishMatter'>((tx, { params, body }) =>
      publishMatter(tx, params.matterCode, body),
    ),
    listMatters: read<'listMatters'>(async ({ deps }) => ({
      matters: (await listMatters(deps.db, deps.now())).map(({ body, name_zh, status }) => ({
        ...body,
        status,
        initials: initialsOf(name_zh),
      })) as never,
    })),
  };
}
