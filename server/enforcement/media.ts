import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Action } from '../../shared/contract/actions.ts';
import { may } from '../../shared/rules/permissions.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import { transact, type Actor } from '../kernel/transact.ts';
import { originalPath, picturePath } from './evidence.ts';
import { addCustody, findEvidence } from './store-evidence.ts';

/** How a request outside the contract learns who asks; given by app.ts. */
export type Authenticate = (request: Request) => Promise<Actor | undefined>;

/** Who asks, if the role may do this. */
export async function permitted(
  authenticate: Authenticate,
  request: Request,
  action: Action,
): Promise<Actor> {
  const actor = await authenticate(request);
  if (!actor) throw new Refused('signin_missing');
  refuseIf(may({ role: actor.role, personId: actor.id, teamId: actor.teamId }, action));
  return actor;
}

/** Nothing that a person brought in is ever run, framed or guessed at by a browser. */
export function guardDownload(response: Response, name: string): void {
  response.setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('Cache-Control', 'private, no-store');
}

/** GET /media/:id, the re-encoded picture, for whoever reads evidence. */
export function servePicture(deps: Deps, authenticate: Authenticate): RequestHandler {
  return async (request, response) => {
    await permitted(authenticate, request, 'evidence.read');
    const evidence = await find(deps, String(request.params.id));
    if (!evidence.hasPicture || !existsSync(picturePath(deps, evidence.id)))
      throw new Refused('evidence_unknown', { evidenceId: evidence.id });
    guardDownload(response, `${evidence.id}.webp`);
    response.type('image/webp');
    await pipeline(createReadStream(picturePath(deps, evidence.id)), response);
  };
}

/** GET /media/:id/original, byte-exact, for the legal reviewer and the auditor; each taking is a link of the chain. */
export function serveOriginal(deps: Deps, authenticate: Authenticate): RequestHandler {
  return async (request, response) => {
    const actor = await permitted(authenticate, request, 'evidence.original');
    const evidence = await find(deps, String(request.params.id));
    if (!existsSync(originalPath(deps, evidence.id)))
      throw new Refused('evidence_unknown', { evidenceId: evidence.id });
    await transact(deps, actor, async (tx) => {
      await addCustody(tx.db, evidence.id, 'original_taken', tx.at, actor.id);
      const { incidentId } = evidence;
      tx.announce('evidence.taken', `incident/${incidentId}`, { incidentId, evidenceId: evidence.id });
    });
    guardDownload(response, `${evidence.id}.${evidence.mediaType.slice('image/'.length)}`);
    response.setHeader('X-Content-SHA256', evidence.sha256);
    response.type('application/octet-stream');
    await pipeline(createReadStream(originalPath(deps, evidence.id)), response);
  };
}

async function find(deps: Deps, id: string) {
  const known = /^[0-9a-f-]{36}$/.test(id) ? await findEvidence(deps.db, id) : undefined;
  if (!known) throw new Refused('evidence_unknown', { evidenceId: id });
  return known;
}
