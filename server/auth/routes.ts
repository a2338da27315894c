import { serialize } from 'cookie';
import type { Deps } from '../kernel/deps.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { Refused } from '../kernel/refused.ts';
import { transact, type Actor } from '../kernel/transact.ts';
import { demoSignIns } from '../demo.ts';
import { cookieName, createSignInLimiter, hashPassword, isSecure, signIn, signOut } from './login.ts';
import {
  addPerson,
  changePerson,
  checkPassword,
  giveLicence,
  resetPassword,
  revokeLicence,
} from './people.ts';
import { listNames, listPeople } from './store-people.ts';
import { leaderOnRoster } from '../teams/store-write.ts';
import { findPersonById } from './store.ts';

type Names =
  | 'signIn'
  | 'signOut'
  | 'readMe'
  | 'listDemoSignIns'
  | 'listNames'
  | 'listPeople'
  | 'addPerson'
  | 'changePerson'
  | 'resetPassword'
  | 'giveLicence'
  | 'revokeLicence';

/** Signing in and out, and who one is. */
export function authHandlers(): Pick<Handlers, Names> {
  const limiter = createSignInLimiter();
  return {
    signIn: read<'signIn'>(async ({ deps, body, request, response }) => {
      const made = await signIn(deps, limiter, { ...body, address: request.ip ?? '' });
      const me = await meOf(deps, made.personId, null);
      const actor: Actor = {
        kind: 'person',
        id: me.personId,
        name: me.displayName,
        role: me.role,
        teamId: null,
      };
      const { personId } = me;
      await transact(deps, actor, (tx) => {
        tx.announce('person.signed_in', `person/${personId as number}`, { personId });
        return Promise.resolve();
      });
      const secure = isSecure(deps);
      response.setHeader(
        'Set-Cookie',
        serialize(cookieName(secure), made.token, {
          httpOnly: true,
          secure,
          sameSite: 'lax',
          path: '/',
          maxAge: Math.floor(made.maxAgeMs / 1000),
        }),
      );
      return me;
    }),
    signOut: read<'signOut'>(async ({ deps, actor, request, response }) => {
      await signOut(deps, request);
      await transact(deps, actor, async (tx) =>
        tx.announce('person.signed_out', `person/${actor.id}`, { personId: actor.id as never }),
      );
      const secure = isSecure(deps);
      response.setHeader(
        'Set-Cookie',
        serialize(cookieName(secure), '', { httpOnly: true, secure, path: '/', maxAge: 0 }),
      );
      return {};
    }),
    listNames: read<'listNames'>(async ({ deps }) => ({ people: await listNames(deps.db) })),
    listPeople: read<'listPeople'>(async ({ deps }) => ({ people: await listPeople(deps.db) })),
    // a password is kept under no key: these two open their own transaction
    addPerson: read<'addPerson'>(async ({ deps, actor, body: { password, ...person } }) => {
      checkPassword(password, person.name);
      const hash = await hashPassword(password);
      return transact(deps, actor, (tx) => addPerson(tx, person, hash));
    }),
    resetPassword: read<'resetPassword'>(async ({ deps, actor, params, body: { password } }) => {
      const hash = await hashPassword(password);
      return transact(deps, actor, (tx) => resetPassword(tx, params.personId, password, hash));
    }),
    changePerson: command<'changePerson'>((tx, { params, body }) => changePerson(tx, params.personId, body)),
    giveLicence: command<'giveLicence'>((tx, { params, body }) => giveLicence(tx, params.personId, body)),
    revokeLicence: command<'revokeLicence'>((tx, { params }) => revokeLicence(tx, params.licenceId)),
    readMe: read<'readMe'>(({ deps, actor }) => meOf(deps, actor.id ?? 0, actor.teamId)),
    listDemoSignIns: read<'listDemoSignIns'>(async ({ deps }) => ({
      demo: deps.demo,
      signIns: deps.demo ? demoSignIns(await leaderOnRoster(deps.db, deps.now())) : [],
    })),
  };
}

async function meOf(deps: Deps, personId: number, teamId: number | null) {
  const person = await findPersonById(deps.db, personId);
  if (!person) throw new Refused('person_unknown');
  return {
    personId: person.id as never,
    name: person.name,
    displayName: person.display_name,
    role: person.role,
    teamId: teamId as never,
    demo: deps.demo,
  };
}
