import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import compression from 'compression';
import express from 'express';
import helmet from 'helmet';
import { apiBase } from '../shared/contract/routes.ts';
import { may } from '../shared/rules/permissions.ts';
import { openDoor, standingLogins } from './auth/login.ts';
import { authHandlers } from './auth/routes.ts';
import { auditHandlers } from './audit/routes.ts';
import { dispatching } from './dispatch/dispatching.ts';
import { doubtTeller } from './dispatch/doubts.ts';
import { teamFreed } from './dispatch/due.ts';
import { policyAt } from './dispatch/policies.ts';
import { raiseSos } from './dispatch/phone.ts';
import { phoneHandlers } from './dispatch/phone-routes.ts';
import { fieldTasks } from './dispatch/field-tasks.ts';
import { dispatchHandlers } from './dispatch/routes.ts';
import { tickDispatch } from './dispatch/tick.ts';
import { orderDue } from './enforcement/correction.ts';
import { evidenceOf, photosOf } from './enforcement/evidence.ts';
import { enforcementPages } from './enforcement/pages.ts';
import { enforcementHandlers } from './enforcement/routes.ts';
import { sealOf } from './enforcement/seal.ts';
import { tickEnforcement } from './enforcement/tick.ts';
import { cellFileHandlers } from './intake/cell-files.ts';
import { deviceHandlers } from './intake/routes.ts';
import { startIntake } from './intake/start.ts';
import { createIncident } from './incidents/commands.ts';
import { incidentHandlers } from './incidents/routes.ts';
import { startIntegrations } from './integrations/start.ts';
import { fieldStepHandlers } from './incidents/routes-field.ts';
import { tickIncidents } from './incidents/tick.ts';
import type { Deps } from './kernel/deps.ts';
import { healthRouter } from './kernel/health.ts';
import { sweepKeys } from './kernel/keys.ts';
import { problemHandler, unknownRoute } from './kernel/problems.ts';
import { Refused } from './kernel/refused.ts';
import { mount, type Handlers } from './kernel/route.ts';
import { concerns, audience, roomsOf } from './live/audience.ts';
import { startRelay } from './live/relay.ts';
import { liveHandlers } from './live/routes.ts';
import { serveSockets } from './live/sockets.ts';
import { frameViewers } from './live/viewers.ts';
import { planningPages } from './planning/pages.ts';
import { openReplayDesk } from './planning/replays.ts';
import { openDraftRooms } from './planning/rooms.ts';
import { planningHandlers } from './planning/routes.ts';
import { tickPlanning } from './planning/tick.ts';
import { forPhones } from './positions/phones.ts';
import { patrolHandlers } from './patrols/routes.ts';
import { positionHandlers, takeReport } from './positions/routes.ts';
import { startPositions } from './positions/start.ts';
import { teamHandlers } from './teams/routes.ts';
import { tickTeams } from './teams/tick.ts';
import { archiveFile, archivePath, basemapOrigins } from './zones/basemap.ts';
import { zoneHandlers } from './zones/routes.ts';

/** The product, assembled: the only file that sees every domain. */
export interface App {
  readonly server: Server;
  /** Does what is due at this instant; production calls it every second, tests move the clock and call it. */
  readonly tick: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function createApp(deps: Deps): Promise<App> {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.TRUST_PROXY);
  app.set('query parser', 'simple');
  // phone apps want their few bytes plain and at once
  app.use('/ingest', (request, response) => intake.door(request, response));
  app.use(helmet({ contentSecurityPolicy: { directives: policy(deps) }, strictTransportSecurity: false }));
  app.use(compression());
  let stopping = false;
  app.use(healthRouter(deps, () => stopping));

  const relay = await startRelay(deps);
  const positions = await startPositions(deps, doubtTeller(deps));
  relay.onFact((event) => positions.follow(event));
  const intake = await startIntake(deps, forPhones(positions.river), raiseSos);
  relay.onFact((event) => intake.follow(event));
  const integrations = startIntegrations(deps, sealOf(deps));

  const handlers: Handlers = {
    ...authHandlers(),
    ...auditHandlers((actor) => (event) => concerns(audience(event), roomsOf(actor))),
    ...liveHandlers(async (db, at) => (await policyAt(db, at)).policy.mode),
    ...positionHandlers(positions.river),
    ...incidentHandlers(dispatching, photosOf),
    ...dispatchHandlers(evidenceOf),
    ...phoneHandlers(),
    ...deviceHandlers(intake.book),
    ...cellFileHandlers(),
    ...integrations.handlers,
    ...teamHandlers(teamFreed),
    ...fieldStepHandlers(fieldTasks, dispatching, photosOf),
    ...enforcementHandlers(fieldTasks),
    ...patrolHandlers(createIncident),
    ...zoneHandlers(),
    ...planningHandlers(policyAt),
  };
  const authenticate = openDoor(deps);
  const whoAsks = async (request: express.Request) => (await authenticate(request))?.actor;
  const api = express.Router();
  let description: unknown;
  api.get('/openapi.json', async (_request, response) => {
    // only integrators ask for it; its library takes 14 MB
    description ??= (await import('./kernel/openapi.ts')).openApiDocument();
    response.json(description);
  });
  api.use(refuseForeignOrigin(deps));
  api.use(express.json({ limit: '256kb', strict: true }));
  mount(api, deps, handlers, {
    authenticate: whoAsks,
    permit: (actor, action) => may({ role: actor.role, personId: actor.id, teamId: actor.teamId }, action),
  });
  api.use(unknownRoute);
  app.use(apiBase, api);
  app.use(planningPages(deps, whoAsks));
  app.use(enforcementPages(deps, whoAsks));
  const archive = archiveFile(deps.config);
  if (archive) app.get(archivePath, (_request, response) => response.sendFile(resolve(archive)));
  servePages(app);
  app.use(unknownRoute);
  app.use(problemHandler(deps));

  const server = createServer(app);
  const rooms = openDraftRooms(deps);
  const replays = openReplayDesk(deps, policyAt);
  const sockets = serveSockets(deps, server, relay, {
    authenticate,
    standing: (loginIds) => standingLogins(deps, loginIds),
    drafts: rooms,
    takePositions: (actor, report) => takeReport(deps, positions.river, actor.id ?? 0, report),
  });
  positions.flowTo(frameViewers(sockets));
  return {
    server,
    async tick() {
      await positions.tick();
      await intake.tick();
      await tickPlanning(deps);
      await replays.tick();
      await tickIncidents(deps, dispatching);
      await tickTeams(deps, teamFreed);
      await tickDispatch(deps);
      await tickEnforcement(deps, {
        orderDue: (tx, orderId) => orderDue(tx, orderId, fieldTasks),
        periodOver: (...period) => dispatching.periodOver(...period),
      });
      await integrations.tick();
      await sweepKeys(deps);
    },
    async close() {
      stopping = true;
      await sockets.close();
      await rooms.close();
      await replays.close();
      await integrations.close();
      await positions.close();
      await relay.close();
    },
  };
}

const self = "'self'";

/** Nothing from elsewhere: a command room has no internet. A configured base map is the one exception. */
function policy(deps: Deps) {
  const basemap = basemapOrigins(deps.config);
  return {
    defaultSrc: [self],
    connectSrc: [self, ...basemap],
    imgSrc: [self, 'data:', 'blob:', ...basemap],
    styleSrc: [self, "'unsafe-inline'"],
    workerSrc: [self, 'blob:'],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
}

/** Mutations by a browser must come from our own pages; programs with a bearer token send no Origin. */
function refuseForeignOrigin(deps: Deps): express.RequestHandler {
  return (request, _response, next) => {
    const origin = request.header('origin');
    if (request.method === 'GET' || !origin) return next();
    const own = deps.config.PUBLIC_URL ?? `${request.protocol}://${request.header('host')}`;
    return next(origin === new URL(own).origin ? undefined : new Refused('origin_foreign', { origin }));
  };
}

const doors = ['console', 'officer', 'studio', 'admin', 'report', 'wall', 'replay', 'reports'];

/** The built pages: one HTML door a person, everything else immutable by its hashed name. */
function servePages(app: express.Express): void {
  const dist = join(import.meta.dirname, '..', 'dist');
  app.use(
    '/assets',
    express.static(join(dist, 'assets'), { immutable: true, maxAge: '1y', fallthrough: true }),
  );
  app.use(express.static(dist, { index: false }));
  app.get('/', (_request, response) => response.redirect('/console'));
  for (const door of doors) {
    const page = join(dist, `${door}.html`);
    app.get([`/${door}`, `/${door}/*rest`], (_request, response, next) =>
      existsSync(page) ? response.sendFile(page) : next(),
    );
  }
}
