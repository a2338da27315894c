import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import type { Phone } from '../../kit/town.ts';
import { shoot, type Street, type StreetPhone } from './street.ts';

/** What an officer can tap on a task, in the words of the ledger. */
export type Step =
  'accept' | 'decline' | 'depart' | 'note' | 'help' | 'arrive' | 'photo' | 'handle' | 'return';

/** The fact that a tap becomes, and what the phone calls the tap. */
const facts = {
  accept: ['assignment.accepted', '接单'],
  decline: ['assignment.declined', '无法处理'],
  depart: ['team.departed', '出发'],
  note: ['incident.noted', '备注'],
  help: ['help.requested', '请求协助'],
  arrive: ['team.arrived', '到场'],
  photo: ['evidence.added', ''],
  handle: ['incident.handled', '办结'],
  return: ['incident.returned', '退回'],
} as const satisfies Record<Step, readonly [string, string]>;

/** One tap as it was made: what, and the words that went with it. */
export interface Tapped {
  readonly step: Step;
  readonly said: string;
}

/** One officer of the shift: a phone in the browser, the same person at the interface, and everything tapped. */
export interface Officer {
  readonly code: string;
  readonly phone: StreetPhone;
  readonly person: Phone;
  /** Where it stands. */
  readonly place: { readonly lng: number; readonly lat: number };
  cut: boolean;
}

const primary = (page: Page, name: string) => page.locator('[data-primary]', { hasText: name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Does one step by the thumb, and waits for the phone to show that it was written down. */
export async function tapStep(officer: Officer, step: Step, said: string): Promise<void> {
  const { page } = officer.phone;
  const { last } = await shelfOf(page);
  const state = page.locator('article').getByText(after[step] ?? '', { exact: true });
  switch (step) {
    case 'accept':
      await page.getByRole('alertdialog').getByRole('button', { name: '接单' }).click();
      break;
    case 'decline':
      await page.getByRole('alertdialog').getByRole('button', { name: '无法处理' }).click();
      await button(page, '车辆问题').click();
      break;
    case 'depart':
      await primary(page, '出发').click();
      break;
    case 'arrive':
      // a phone on the street has a fix of its own every few seconds
      await stir(officer);
      await page.getByText('请确认到场').waitFor();
      await primary(page, '到场').click();
      break;
    case 'note':
      await button(page, '备注').click();
      await page.getByRole('dialog').getByRole('textbox').fill(said);
      await button(page, '发送').click();
      break;
    case 'help':
      await button(page, '支援').click();
      await button(page, said).click();
      break;
    case 'return':
      await button(page, '退回').click();
      await button(page, said).click();
      break;
    case 'photo':
      await primary(page, '处置').click();
      await shoot(page, '处置后');
      await page.getByRole('link', { name: '任务' }).click();
      return;
    case 'handle':
      await primary(page, '处置').click();
      await page.getByRole('textbox', { name: '处置说明' }).fill(said);
      await button(page, '教育').click();
      await primary(page, '办结').click();
  }
  if (after[step]) await state.waitFor();
  else if (step === 'note' || step === 'help') await written(page, last);
  else await page.locator('article').waitFor({ state: 'detached' });
}

let stirs = 0;

/** Moves the phone by centimetres. */
async function stir({ phone, place }: Officer): Promise<void> {
  stirs += 1;
  await phone.stand({ lng: place.lng + (stirs % 7) * 1e-6, lat: place.lat });
}

const after: Partial<Record<Step, string>> = { accept: '已接单', depart: '途中', arrive: '现场' };

/** The tap stands on the shelf, or has been sent already. */
async function written(page: Page, before: number): Promise<void> {
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.waitForTimeout(150);
  await expect
    .poll(async () => {
      const { acts, last } = await shelfOf(page);
      return last > before || acts === 0;
    })
    .toBe(true);
}

/** What the phone holds: acts and photos that wait, refused ones, and its picture of the tasks. */
export const shelfOf = (
  page: Page,
): Promise<{ acts: number; refused: number; photos: number; last: number; tasks: string[] }> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('grid-officer');
        opening.addEventListener('error', () => reject(new Error('the shelf does not open')));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const read = db.transaction(['acts', 'photos', 'kept']);
          const acts = read.objectStore('acts').getAll() as IDBRequest<{ id: number; refused: unknown }[]>;
          const photos = read.objectStore('photos').getAll() as IDBRequest<{ sent: boolean }[]>;
          const kept = read.objectStore('kept').get('phone') as IDBRequest<
            { tasks: { assignment: { id: number; state: string; version: number } }[] } | undefined
          >;
          read.addEventListener('complete', () => {
            db.close();
            resolve({
              acts: acts.result.length,
              refused: acts.result.filter(({ refused }) => refused).length,
              photos: photos.result.filter(({ sent }) => !sent).length,
              last: acts.result.at(-1)?.id ?? 0,
              tasks: (kept.result?.tasks ?? []).map(
                ({ assignment }) => `${assignment.id} ${assignment.state} ${assignment.version}`,
              ),
            });
          });
        });
      }),
  );

/** Waits until the phone has nothing to send, and gives up after a while. */
export async function drained({ phone: { page } }: Officer, timeout = 40_000): Promise<void> {
  await expect
    .poll(
      async () => {
        const { acts, refused, photos } = await shelfOf(page);
        return acts - (refused > 0 ? acts : 0) + photos;
      },
      { timeout },
    )
    .toBe(0);
}

/** Phone and server agree about the tasks of this officer; answers what they say when they do not. */
export async function agreed({ phone: { page }, person }: Officer): Promise<string[]> {
  let differ: string[] = [];
  for (let i = 0; i < 40; i++) {
    const { tasks } = await person.ok('readPhone');
    const server = tasks.map(({ assignment: a }) => `${a.id} ${a.state} ${a.version}`);
    const phone = (await shelfOf(page)).tasks;
    if (JSON.stringify(server) === JSON.stringify(phone)) return [];
    differ = [`server ${server.join(', ')}; phone ${phone.join(', ')}`];
    await page.waitForTimeout(250);
  }
  return differ;
}

/**
 * What is wrong between the taps and the ledger: an answer that is missing, one that stands there twice, or another
 * order. Taps that were refused must be told by the note that the officer left instead.
 */
export async function faultsBetween(
  street: Street,
  incident: IncidentView,
  personId: number,
  taps: readonly Tapped[],
): Promise<string[]> {
  const { rows } = await street.at.deps.db.raw(
    `select type, body from event where subject = ? and type = any (?) order by seq`,
    [`incident/${incident.id}`, Object.values(facts).map(([type]) => type)],
  );
  const own = (rows as { type: string; body: string }[])
    .map(({ type, body }) => ({ type, fact: JSON.parse(body) as Fact }))
    .filter(({ fact }) => fact.actor.id === personId);
  const left = own.filter(
    ({ type, fact }) => type === 'incident.noted' && fact.data.text?.startsWith('离线期间本队记录'),
  );
  const story = left.map(({ fact }) => fact.data.text).join(' ');
  const told = own.filter((one) => !left.includes(one) && one.type !== 'evidence.added');
  const faults: string[] = [];
  const key = (type: string, said: string) => `${type} ${said}`;
  const seen = new Map<string, number>();
  for (const { type, fact } of told) {
    const name = key(type, type === 'incident.noted' ? (fact.data.text ?? '') : '');
    seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const wanted = taps.filter(({ step }) => step !== 'photo');
  for (const { step, said } of wanted) {
    const [type, label] = facts[step];
    const name = key(type, step === 'note' ? said : '');
    const count = seen.get(name) ?? 0;
    const noted = story.includes(label) && (step !== 'note' || story.includes(said));
    if (count === 0 && !noted) faults.push(`lost: ${step} ${said}`);
    if (count > 1) faults.push(`doubled: ${step} ${said}, ${count} times`);
    if (count > 0 && noted && step !== 'note') faults.push(`both done and refused: ${step} ${said}`);
  }
  for (const name of seen.keys())
    if (!wanted.some(({ step, said }) => name === key(facts[step][0], step === 'note' ? said : '')))
      faults.push(`nobody tapped: ${name}`);
  const order = told.map(({ type }) => type);
  // what was refused is told by the note left instead, and stands in no order
  const asked = wanted
    .filter(({ step, said }) => seen.has(key(facts[step][0], step === 'note' ? said : '')))
    .map(({ step }) => facts[step][0]);
  if (faults.length === 0 && order.join() !== asked.join())
    faults.push(`order: ${order.join()} instead of ${asked.join()}`);
  const photos = own.filter(({ type }) => type === 'evidence.added').length;
  const shots = 2 * taps.filter(({ step }) => step === 'photo').length;
  if (photos !== shots) faults.push(`photos: ${photos} instead of ${shots}`);
  return faults;
}

interface Fact {
  readonly actor: { readonly id: number | null };
  readonly data: { readonly text?: string };
}
