import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { parse as parseCookies } from 'cookie';
import DataLoader from 'dataloader';
import type { Request } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Role } from '../../shared/contract/roles.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused } from '../kernel/refused.ts';
import type { Actor } from '../kernel/transact.ts';
import {
  deleteLogin,
  findLogins,
  findPasswordHash,
  findPerson,
  findStandingLogins,
  insertLogin,
  touchLogin,
  type LoginRow,
} from './store.ts';

const hour = 3_600_000;
/** One shift without an act ends a login; a week ends it in any case; officers' phones keep theirs 30 days. */
const idleMs = 12 * hour;
const absoluteMs = 7 * 24 * hour;
const deviceMs = 30 * 24 * hour;
const street = new Set(['officer', 'leader', 'auxiliary', 'gridWorker']);

/** argon2id, 19 MiB, two passes: the minimum of OWASP's password storage advice. */
export const hashPassword = (password: string): Promise<string> =>
  hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

const tokenHash = (token: string) => createHash('sha256').update(token).digest();

/** Name of the login cookie: bound to https and to this host where the product is served by https. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-grid' : 'grid_login');
export const isSecure = (deps: Deps): boolean => deps.config.PUBLIC_URL?.startsWith('https:') ?? false;

/** Five wrong passwords in 15 minutes for one name from one address; other addresses are not locked out. */
export const createSignInLimiter = () => new RateLimiterMemory({ points: 5, duration: 900 });

/** The token that a request carries: the login cookie, or `Authorization: Bearer` for programs. */
export function tokenOf(request: Pick<Request, 'headers'>, secure: boolean): string | undefined {
  const bearer = /^Bearer ([\w-]{20,})$/.exec(request.headers.authorization ?? '');
  if (bearer) return bearer[1];
  const cookies = parseCookies(request.headers.cookie ?? '');
  return cookies[cookieName(secure)];
}

export interface Login {
  readonly actor: Actor;
  readonly loginId: string;
  readonly displayName: string;
}

/**
 * Opens the door: answers who asks, or undefined without a valid login. Requests that arrive in one turn of the event
 * loop are looked up by one statement, since every phone's fix comes with a login; nothing is remembered between turns.
 */
export function openDoor(deps: Deps): (request: Pick<Request, 'headers'>) => Promise<Login | undefined> {
  const rows = new DataLoader<string, LoginRow | undefined>(
    async (tokens) => {
      const hashes = tokens.map(tokenHash);
      const found = await findLogins(deps.db, hashes, deps.now(), deviceMs);
      return hashes.map((hash) => found.find(({ token_hash: one }) => one.equals(hash)));
    },
    { cache: false, batchScheduleFn: (look) => void setImmediate(look) },
  );
  return async (request) => {
    const token = tokenOf(request, isSecure(deps));
    const row = token && (await rows.load(token));
    if (!row) return undefined;
    const at = deps.now();
    if (!street.has(row.role) && Date.parse(row.seen_at) < at - idleMs) return undefined;
    if (Date.parse(row.seen_at) < at - 60_000) await touchLogin(deps.db, row.token_hash, at);
    return loginOf(row);
  };
}

/** Of these logins those that still hold, with the present role: id -> role. An idle one is over here too. */
export async function standingLogins(
  deps: Deps,
  loginIds: readonly string[],
): Promise<ReadonlyMap<string, Role>> {
  const at = deps.now();
  const rows = await findStandingLogins(deps.db, loginIds, at);
  const idleSince = (role: Role) => at - (street.has(role) ? deviceMs : idleMs);
  return new Map(
    rows
      .filter(({ role, seen_at: seenAt }) => Date.parse(seenAt) >= idleSince(role))
      .map(({ id, role }) => [id, role]),
  );
}

function loginOf(row: LoginRow): Login {
  const actor: Actor = {
    kind: 'person',
    id: row.person_id,
    name: row.display_name,
    role: row.role,
    teamId: row.team_id,
  };
  return { actor, loginId: row.login_id, displayName: row.display_name };
}

// Verified when the name is unknown, so that both cases take the same time.
let decoy: Promise<string> | undefined;

/**
 * Checks name and password and makes a login. Refuses with `signin_wrong` (the same for unknown names)
 * and `signin_limited`. Answers the token; it is never stored in clear.
 */
export async function signIn(
  deps: Deps,
  limiter: RateLimiterMemory,
  request: { name: string; password: string; address: string },
): Promise<{ token: string; personId: number; maxAgeMs: number }> {
  const bucket = `${request.address} ${request.name.toLowerCase()}`;
  const tried = await limiter.get(bucket);
  if (tried && tried.remainingPoints <= 0) {
    throw new Refused('signin_limited', { retryAfterSeconds: Math.ceil(tried.msBeforeNext / 1000) });
  }
  const person = await findPerson(deps.db, request.name);
  decoy ??= hashPassword(deps.newId());
  const stored = person && (await findPasswordHash(deps.db, person.id));
  const right = await verify(stored ?? (await decoy), request.password);
  if (!person || !stored || !right) {
    await limiter.consume(bucket).catch(() => undefined);
    throw new Refused('signin_wrong');
  }
  await limiter.delete(bucket);
  const token = randomBytes(32).toString('base64url');
  const at = deps.now();
  const maxAgeMs = street.has(person.role) ? deviceMs : absoluteMs;
  await insertLogin(deps.db, {
    id: deps.newId(),
    tokenHash: tokenHash(token),
    personId: person.id,
    at,
    expiresAt: at + maxAgeMs,
  });
  return { token, personId: person.id, maxAgeMs };
}

/** Ends the login that the request carries. */
export async function signOut(deps: Deps, request: Request): Promise<void> {
  const token = tokenOf(request, isSecure(deps));
  if (token) await deleteLogin(deps.db, tokenHash(token));
}
