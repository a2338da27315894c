import type { ErrorRequestHandler, RequestHandler } from 'express';
import { refusals, type RefusalCode } from '../../shared/contract/refusals.ts';
import type { Problem } from '../../shared/contract/problem.ts';
import { isUnavailable } from './database.ts';
import type { Deps } from './deps.ts';
import { Refused } from './refused.ts';

/** Turns anything thrown into a refusal, or nothing when it is a bug. */
function refusalOf(error: unknown): Refused | undefined {
  if (error instanceof Refused) return error;
  const { code, type, status } = error as { code?: unknown; type?: unknown; status?: unknown };
  if (type === 'entity.too.large')
    return new Refused('body_malformed', { reason: 'the body is larger than 256 kB' });
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Refused('body_malformed', {
      reason: typeof type === 'string' ? type : 'the request cannot be read',
    });
  }
  if (isUnavailable(error) || timedOut.has(code)) return new Refused('database_unavailable');
  return undefined;
}

/** query_canceled by statement_timeout, lock_not_available by lock_timeout. */
const timedOut: ReadonlySet<unknown> = new Set(['57014', '55P03']);

/** The one place where errors become answers: problem documents (RFC 9457), never a stack. */
export function problemHandler(deps: Deps): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = refusalOf(error);
    if (refused) {
      if (refused !== error) deps.log.warn({ error, path: request.path }, 'refused by the edge');
      answer(response, refused.code, refused);
      return;
    }
    const id = deps.newId();
    deps.log.error({ id, error, path: request.path }, 'bug');
    answer(response, 'bug', { detail: {}, errors: [] }, id);
  };
}

/** Answers 404 for a path that nobody serves. */
export const unknownRoute: RequestHandler = (_request, _response, next) => next(new Refused('route_unknown'));

function answer(
  response: Parameters<RequestHandler>[1],
  code: RefusalCode,
  { detail, errors }: Pick<Refused, 'detail' | 'errors'>,
  id?: string,
) {
  const status = refusals[code];
  const problem: Problem = {
    type: `/problems/${code}`,
    title: code.replaceAll('_', ' '),
    status,
    code,
    ...(Object.keys(detail).length > 0 && { detail: { ...detail } }),
    ...(errors.length > 0 && { errors: [...errors] }),
    ...(id !== undefined && { id }),
  };
  if (status === 503) response.setHeader('Retry-After', '2');
  if (status === 429) {
    const { retryAfterSeconds } = detail;
    response.setHeader('Retry-After', typeof retryAfterSeconds === 'number' ? retryAfterSeconds : 60);
  }
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
