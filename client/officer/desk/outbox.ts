import type { AssignmentView } from '../../../shared/contract/assignments.ts';
import type { Output } from '../../../shared/contract/api.ts';
import { call, CallRefused } from '../../live/call.ts';
import { askWhoIsHere } from '../../live/session.ts';
import { keyBehind, type ActName, type QueuedAct, type Refusal, type Tap } from './act.ts';
import { serverNowMs } from './clock.ts';
import { measureStorage, noteFailure, readQueue, refresh, takeDone, useDesk } from './desk.ts';
import { laneOf, saidOnce } from './fold.ts';
import type { KeptPhoto } from './photo.ts';
import { sendPhoto } from './send-photo.ts';
import { keep, kept, shelf } from './shelf.ts';

/*
 * Whatever an officer taps is written down on the phone first, with the key under which the server will know it, and
 * sent from there: one act of a lane after the other, photos when no act can go. What the server refuses stays, and the
 * lane waits for the officer's choice. The list survives a reload, a restart of the phone and of the server.
 */

const pausesMs = [1000, 2000, 5000, 15_000, 30_000, 60_000];
/** After so long without an answer the network counts as dead; the same key makes another try harmless. */
const patienceMs = 20_000;

let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let pumping = false;
let wanted = false;

/** Writes a tap down and sends it as soon as it can go. Answers its key. */
export async function tap<N extends ActName>(what: Tap<N>): Promise<string> {
  const key = what.key ?? crypto.randomUUID();
  const { me } = useDesk.getState();
  if (!me) throw new Error('nobody is signed in');
  const act: Omit<QueuedAct, 'id'> = {
    key,
    personId: me.personId,
    lane: what.lane,
    name: what.name,
    params: what.params ?? {},
    body: what.body ?? {},
    tappedAtMs: serverNowMs(),
    needs: what.needs ?? [],
    refused: null,
  };
  const db = await shelf();
  const write = db.transaction('acts', 'readwrite');
  const twin = saidOnce(act.name)
    ? (await write.store.getAll()).find((other) => sameAct(other, act))
    : undefined;
  if (!twin) void write.store.add(act as QueuedAct);
  await write.done;
  if (twin) return twin.key;
  await readQueue();
  hurry();
  return key;
}

/** The same step of the same task, tapped again before the first tap was sent. */
const sameAct = (a: Omit<QueuedAct, 'id'>, b: Omit<QueuedAct, 'id'>): boolean =>
  a.lane === b.lane &&
  a.name === b.name &&
  a.personId === b.personId &&
  a.refused === null &&
  JSON.stringify(a.params) === JSON.stringify(b.params);

/** Tries at once: the network is back, somebody signed in, a photo was taken. */
export function hurry(): void {
  failures = 0;
  void pump();
}

/** Sends until nothing can go. One window of the browser sends at a time. */
async function pump(): Promise<void> {
  if (pumping) {
    wanted = true;
    return;
  }
  pumping = true;
  clearTimeout(timer);
  try {
    await inOneWindow(async () => {
      do {
        wanted = false;
        while (await sendNext());
      } while (wanted);
    });
  } finally {
    pumping = false;
  }
}

async function inOneWindow(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  await navigator.locks.request('grid-officer-outbox', { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    else later();
  });
}

function later(): void {
  const pauseMs = pausesMs[Math.min(failures, pausesMs.length - 1)]! * (0.75 + Math.random() / 2);
  failures += 1;
  clearTimeout(timer);
  timer = setTimeout(() => void pump(), pauseMs);
}

/** Sends one thing; false when nothing can go now. */
async function sendNext(): Promise<boolean> {
  const personId = useDesk.getState().me?.personId;
  if (personId === undefined) return false;
  const db = await shelf();
  const acts = (await db.getAll('acts')).filter((act) => act.personId === personId);
  const photos = (await db.getAll('photos')).filter(
    (photo) => photo.personId === personId && !photo.sent && photo.refused === null,
  );
  const waiting = new Set(photos.map(({ key }) => key));
  for (const act of firstOfLanes(acts))
    if (!act.needs.some((key) => waiting.has(key))) {
      const made = await numbersFor([...Object.values(act.params), ...valuesIn(act.body)]);
      if (made) return sendAct(act, made);
    }
  for (const photo of inOrder(photos, acts)) {
    const made = await numbersFor([photo.incidentId]);
    if (made) return uploadPhoto(photo, made);
  }
  if (failures > 0 && acts.length + photos.length === 0) failures = 0;
  return false;
}

/** The oldest act of each lane; a refused one holds its lane. */
export function firstOfLanes(acts: readonly QueuedAct[]): QueuedAct[] {
  const lanes = new Map<string, QueuedAct>();
  for (const act of acts) if (!lanes.has(act.lane)) lanes.set(act.lane, act);
  return [...lanes.values()].filter((act) => act.refused === null).toSorted((a, b) => a.id - b.id);
}

/** Photos that an act waits for first, then the small copies, then the originals. */
function inOrder(photos: readonly KeptPhoto[], acts: readonly QueuedAct[]): KeptPhoto[] {
  const needed = new Set(acts.flatMap(({ needs }) => needs));
  const rank = (photo: KeptPhoto) => (needed.has(photo.key) ? 0 : photo.originalId === null ? 2 : 1);
  return photos.toSorted((a, b) => rank(a) - rank(b) || a.order - b.order);
}

const valuesIn = (body: unknown): unknown[] =>
  typeof body === 'object' && body !== null ? Object.values(body) : [];

/** Numbers behind the `@KEY`s among some values; null while one of them has not been made. */
async function numbersFor(values: readonly unknown[]): Promise<ReadonlyMap<string, number> | null> {
  const numbers = new Map<string, number>();
  for (const key of values.map(keyBehind)) {
    if (key === null) continue;
    const number = await kept<number>(`made/${key}`);
    if (number === undefined) return null;
    numbers.set(key, number);
  }
  return numbers;
}

const filled = <T>(value: T, made: ReadonlyMap<string, number>): T | number =>
  made.get(keyBehind(value) ?? '') ?? value;

const fillAll = (parts: object, made: ReadonlyMap<string, number>) =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, filled(value, made)]));

async function sendAct(act: QueuedAct, made: ReadonlyMap<string, number>): Promise<boolean> {
  const db = await shelf();
  try {
    const answer = await patient(
      call(act.name, {
        params: fillAll(act.params, made) as never,
        body: fillAll(act.body as object, made) as never,
        key: act.sendKey ?? act.key,
      }),
    );
    for (const [name, number] of numbersIn(act, answer)) await keep(`made/${name}`, number);
    await takeDone(act, 'assignmentId' in act.params ? (answer as AssignmentView) : null);
    await db.delete('acts', act.id);
    return answered(true);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) return failed(error);
    await db.put('acts', { ...act, refused: refusal });
    return answered(true);
  }
}

/** Numbers of the things that an act made, by the key under which others name them. */
function numbersIn({ name, key }: QueuedAct, answer: unknown): [string, number][] {
  if (name === 'createIncident') return [[key, (answer as Output<'createIncident'>).incident.id]];
  if (name === 'openFile' || name === 'startPatrol') return [[key, (answer as { id: number }).id]];
  if (name !== 'answerSite') return [];
  // each fault became an incident, which the photos of that item wait for
  const answers = (answer as Output<'answerSite'>).visits.at(-1)?.answers ?? [];
  return answers.flatMap(({ item, incidentId }) =>
    incidentId === null ? [] : [[`${key}/${item}`, incidentId] as [string, number]],
  );
}

async function uploadPhoto(photo: KeptPhoto, made: ReadonlyMap<string, number>): Promise<boolean> {
  const db = await shelf();
  try {
    await patient(sendPhoto(photo, Number(filled(photo.incidentId, made))));
    // the original is safe on the server; the small picture stays for the screen
    await db.put('photos', { ...photo, blob: null, sent: true });
    return answered(true);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) return failed(error);
    await db.put('photos', { ...photo, refused: refusal });
    return answered(true);
  }
}

async function answered(again: boolean): Promise<boolean> {
  failures = 0;
  useDesk.setState({ online: true });
  await readQueue();
  void refresh();
  void measureStorage();
  return again;
}

async function failed(error: unknown): Promise<boolean> {
  noteFailure(error);
  await readQueue();
  if (error instanceof CallRefused && error.status === 401) void askWhoIsHere();
  later();
  return false;
}

/** A "no" that another try cannot change; null for a network, a server or a login that is away. */
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof CallRefused)) return null;
  const passing = [0, 401, 408, 429].includes(error.status) || error.status >= 500;
  return passing ? null : { code: error.code, detail: error.detail, atMs: serverNowMs() };
}

async function patient<T>(work: Promise<T>): Promise<T> {
  let alarm: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    alarm = setTimeout(() => refuse(new CallRefused({ status: 0 })), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(alarm);
  }
}

/** The officer gives up a refused act and everything behind it in its lane. */
export async function dropLane(lane: string): Promise<void> {
  const db = await shelf();
  for (const act of await db.getAll('acts')) if (act.lane === lane) await db.delete('acts', act.id);
  await readQueue();
  hurry();
}

/**
 * The officer wants the refused act tried once more, under a new key: the old one has its answer. The name by which
 * photos and later acts know what it makes stays.
 */
export async function retryLane(lane: string): Promise<void> {
  const db = await shelf();
  for (const act of await db.getAll('acts'))
    if (act.lane === lane && act.refused)
      await db.put('acts', { ...act, refused: null, sendKey: crypto.randomUUID() });
  await readQueue();
  hurry();
}

/** Refused acts become one note on their incident, so that what was done is in the story; then the lane goes on. */
export async function noteLane(lane: string, incidentId: number, text: string): Promise<void> {
  await dropLane(lane);
  await tap({ name: 'noteIncident', lane: laneOf(incidentId), params: { incidentId }, body: { text } });
}

/** Sends when the network, the screen or the login is back. Answers how to stop. */
export function startOutbox(): () => void {
  const wake = () => {
    if (document.visibilityState === 'visible') hurry();
  };
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', wake);
  hurry();
  return () => {
    clearTimeout(timer);
    removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', wake);
  };
}
