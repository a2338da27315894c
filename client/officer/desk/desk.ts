import { create } from 'zustand';
import type { AssignmentView } from '../../../shared/contract/assignments.ts';
import type { Output } from '../../../shared/contract/api.ts';
import type { ListedMatter } from '../../../shared/contract/matters.ts';
import type { PhoneView } from '../../../shared/contract/phone.ts';
import type { Me } from '../../../shared/contract/people.ts';
import { call, CallRefused } from '../../live/call.ts';
import type { QueuedAct } from './act.ts';
import { tellTime } from './clock.ts';
import { foldTasks } from './fold.ts';
import { labelOf, type PhotoLabel } from './photo.ts';
import { forget, keep, kept, shelf } from './shelf.ts';

/** What the phone knows: the server's last word, and what waits to be sent. */
export interface Desk {
  /** True once the shelf has been read. */
  readonly ready: boolean;
  readonly me: Me | null;
  readonly phone: PhoneView | null;
  readonly matters: readonly ListedMatter[];
  readonly settings: Output<'readEnforcementSettings'> | null;
  readonly benchmarks: Output<'listBenchmarks'>['benchmarks'];
  readonly acts: readonly QueuedAct[];
  readonly photos: readonly PhotoLabel[];
  /** Whether the server answered the last time it was asked. */
  readonly online: boolean;
  /** When it last answered, on the server's clock, ms. */
  readonly syncedAtMs: number | null;
  /** Share of the storage that is used, 0..1. */
  readonly storageUsed: number;
}

export const useDesk = create<Desk>()(() => ({
  ready: false,
  me: null,
  phone: null,
  matters: [],
  settings: null,
  benchmarks: [],
  acts: [],
  photos: [],
  online: true,
  syncedAtMs: null,
  storageUsed: 0,
}));

const names = {
  me: 'me',
  phone: 'phone',
  matters: 'matters',
  settings: 'settings',
  benchmarks: 'benchmarks',
  synced: 'synced',
} as const;

/** Reads what the phone kept, so that it opens with the last picture and no network. */
export async function openDesk(): Promise<void> {
  const [me, phone, matters, settings, benchmarks, synced] = await Promise.all([
    kept<Me>(names.me),
    kept<PhoneView>(names.phone),
    kept<readonly ListedMatter[]>(names.matters),
    kept<Output<'readEnforcementSettings'>>(names.settings),
    kept<Desk['benchmarks']>(names.benchmarks),
    kept<number>(names.synced),
  ]);
  useDesk.setState({
    me: me ?? null,
    phone: phone ?? null,
    matters: matters ?? [],
    settings: settings ?? null,
    benchmarks: benchmarks ?? [],
    syncedAtMs: synced ?? null,
    online: navigator.onLine,
  });
  await readQueue();
  useDesk.setState({ ready: true });
  void measureStorage();
}

/** Shows the queue as the shelf has it. */
export async function readQueue(): Promise<void> {
  const db = await shelf();
  const [acts, photos] = await Promise.all([db.getAll('acts'), db.getAll('photos')]);
  useDesk.setState({ acts, photos: photos.map(labelOf) });
}

/** The person who signed in here; somebody else's picture is not shown to the next one. */
export async function setPerson(me: Me): Promise<void> {
  const before = useDesk.getState().me;
  if (before && before.personId !== me.personId) {
    useDesk.setState({ phone: null, syncedAtMs: null });
    await Promise.all([forget(names.phone), forget(names.synced)]);
  }
  useDesk.setState({ me });
  await keep(names.me, me);
}

/** The login is over: nobody's picture stays on the phone; what waits to be sent stays until its owner is back. */
export async function clearPerson(): Promise<void> {
  useDesk.setState({ me: null, phone: null });
  const db = await shelf();
  await Promise.all([db.delete('kept', names.me), db.delete('kept', names.phone)]);
}

let running: Promise<boolean> | null = null;
let again = false;

/** Asks for the whole picture; calls during a call are answered by one more. True when the server answered. */
export function refresh(): Promise<boolean> {
  if (running) {
    again = true;
    return running;
  }
  running = readPicture().finally(() => {
    running = null;
    if (!again) return;
    again = false;
    void refresh();
  });
  return running;
}

/** Versions of assignments that an answer has told of: an older picture, asked for before, does not undo it. */
const known = new Map<number, number>();

/**
 * An act was done: its task stands so in the phone's picture, also for a reload without a network, before the next
 * picture comes. `answer` is the task itself where the server gave it.
 */
export async function takeDone(act: QueuedAct, answer: AssignmentView | null): Promise<void> {
  if (answer) known.set(answer.id, answer.version);
  const { phone } = useDesk.getState();
  if (!phone) return;
  const tasks = foldTasks(phone.tasks, [act])
    .map(({ assignment, incident }) => ({
      incident,
      assignment: assignment.id === answer?.id ? answer : assignment,
    }))
    .filter(({ assignment }) => assignment.endedAt === null);
  useDesk.setState({ phone: { ...phone, tasks } });
  await keep(names.phone, { ...phone, tasks });
}

async function readPicture(): Promise<boolean> {
  const sentAtMs = Date.now();
  try {
    const phone = await call('readPhone');
    tellTime(sentAtMs, phone.at);
    if (phone.tasks.some(({ assignment: a }) => a.version < (known.get(a.id) ?? 0))) {
      again = true;
      return true;
    }
    const syncedAtMs = Date.parse(phone.at);
    useDesk.setState({ phone, online: true, syncedAtMs });
    await Promise.all([keep(names.phone, phone), keep(names.synced, syncedAtMs)]);
    return true;
  } catch (error) {
    noteFailure(error);
    return false;
  }
}

/** A server that did not answer is noted; a refusal is an answer. */
export function noteFailure(error: unknown): void {
  if (error instanceof CallRefused && error.status > 0 && error.status < 500) return;
  useDesk.setState({ online: false });
}

/** The list of matters and the town's choices, once a start: they change seldom and are needed offline. */
export async function readTables(): Promise<void> {
  try {
    const [{ matters }, settings, { benchmarks }] = await Promise.all([
      call('listMatters'),
      call('readEnforcementSettings'),
      call('listBenchmarks').catch(() => ({ benchmarks: useDesk.getState().benchmarks })),
    ]);
    useDesk.setState({ matters, settings, benchmarks });
    await Promise.all([
      keep(names.matters, matters),
      keep(names.settings, settings),
      keep(names.benchmarks, benchmarks),
    ]);
  } catch (error) {
    noteFailure(error);
  }
}

/** How full the browser's room for this page is. */
export async function measureStorage(): Promise<void> {
  try {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    useDesk.setState({ storageUsed: quota > 0 ? usage / quota : 0 });
  } catch {
    // a browser that does not tell is taken for one with room
  }
}
