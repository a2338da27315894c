import type { Router } from 'express';
import express from 'express';
import type { Deps } from './deps.ts';

/**
 * `/healthz` says that the process lives, `/readyz` that the database answers, `/metrics` gives Prometheus its
 * figures; the last is for this machine and private networks only, since a reverse proxy stands in front.
 */
export function healthRouter(deps: Deps, stopping: () => boolean): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => void response.type('text').send('ok'));
  router.get('/readyz', async (_request, response) => {
    const ready =
      !stopping() &&
      (await deps.db.raw('select 1').then(
        () => true,
        () => false,
      ));
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready' : 'not ready');
  });
  router.get('/metrics', async (request, response, next) => {
    if (!isNear(request.ip ?? '')) return next();
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
    return undefined;
  });
  return router;
}

/** Loopback, private and link-local addresses. */
const isNear = (ip: string): boolean =>
  /^(::1|(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|f[cd]|fe80)/i.test(ip);
