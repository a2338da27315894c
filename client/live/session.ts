import { create } from 'zustand';
import type { Action } from '../../shared/contract/actions.ts';
import type { SignedOut } from '../../shared/contract/live.ts';
import type { Me } from '../../shared/contract/people.ts';
import { may } from '../../shared/rules/permissions.ts';
import { usePreferences } from '../ui/preferences.ts';
import { call, CallRefused } from './call.ts';

interface SessionStore {
  /** `asking` until the server said who this is; `out` shows the door; `away` when it cannot be reached. */
  readonly state: 'asking' | 'out' | 'in' | 'away';
  readonly me: Me | null;
  /** Why the last login ended, when the server ended it. */
  readonly ended: SignedOut['reason'] | null;
}

/** Who sits at this screen. */
export const useSession = create<SessionStore>()(() => ({ state: 'asking', me: null, ended: null }));

/** Whether who sits here may ever do this: what never is theirs is not shown to them; the server judges anyway. */
export const useMay = (action: Action): boolean =>
  useSession(({ me }) => me !== null && may(me, action) === null);

function enter(me: Me): void {
  if (useSession.getState().me?.personId !== me.personId) usePreferences.getState().signIn(me.name);
  useSession.setState({ state: 'in', me, ended: null });
}

let asking: Promise<void> | null = null;

/** Asks the server who this is; a missing login opens the door, a missing server keeps what is shown. */
export function askWhoIsHere(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(): Promise<void> {
  try {
    enter(await call('readMe'));
  } catch (error) {
    if (error instanceof CallRefused && error.status === 401) useSession.setState({ state: 'out', me: null });
    else if (useSession.getState().state !== 'in') useSession.setState({ state: 'away' });
  }
}

/**
 * Signs in; throws the refusal, whose sentence the door shows. Somebody whose door is another page is sent there without
 * entering this one: it would open its line only to drop it.
 */
export async function signIn(name: string, password: string, door = location.pathname): Promise<void> {
  const me = await call('signIn', { body: { name, password } });
  if (location.pathname.startsWith(door)) enter(me);
  else location.assign(door);
}

/** Signs out here and on the server; the door opens whatever the server answers. */
export async function signOut(): Promise<void> {
  try {
    await call('signOut');
  } finally {
    useSession.setState({ state: 'out', me: null, ended: null });
  }
}

/** The server ended the login. */
export function endSession(reason: SignedOut['reason']): void {
  useSession.setState({ state: 'out', me: null, ended: reason });
}
