import { createDocument } from 'zod-openapi';
import { z } from 'zod';
import { api, type Shape } from '../../shared/contract/api.ts';
import { ProblemSchema } from '../../shared/contract/problem.ts';
import { apiBase, routes, type Route, type RouteName } from '../../shared/contract/routes.ts';

/** The contract as an OpenAPI 3.1 document: every endpoint of the registry, nothing written twice. */
export function openApiDocument(): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(routes) as RouteName[]) {
    const route: Route = routes[name];
    const path = `${apiBase}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operationOf(name, route, api[name]) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: { title: 'grid-dispatch', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ cookie: [] }, { bearer: [] }],
    components: {
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'grid_login' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    paths,
  });
}

function operationOf(name: string, route: Route, shape: Shape): Record<string, unknown> {
  const mutation = route.method !== 'get' && !route.keyless;
  return {
    operationId: name,
    ...(route.action === null && { security: [] }),
    requestParams: {
      ...(shape.params && { path: shape.params }),
      ...(shape.query && { query: shape.query }),
      ...(mutation && { header: z.object({ 'Idempotency-Key': z.uuid() }) }),
    },
    ...(shape.body &&
      route.method !== 'get' && { requestBody: { content: { 'application/json': { schema: shape.body } } } }),
    responses: {
      '200': { description: 'done', content: { 'application/json': { schema: shape.output } } },
      default: { description: 'refused', content: { 'application/problem+json': { schema: ProblemSchema } } },
    },
  };
}
