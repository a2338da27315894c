import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { addTeam, cellCentre } from '../../kit/ground.ts';
import type { Phone } from '../../kit/town.ts';
import { chromiumPath } from '../browser.ts';
import { seeded } from '../page/random.ts';
import {
  agreed,
  drained,
  faultsBetween,
  tapStep,
  type Officer,
  type Step,
  type Tapped,
} from './shift-kit.ts';
import { openStreet, type Street } from './street.ts';

/** How many schedules are played: a few in every run, 200 with `SCHEDULES=200`. `SCHEDULE=17,39` plays those alone. */
const count = Number(process.env['SCHEDULES'] ?? 4);
const only = process.env['SCHEDULE'];
const seeds = only ? only.split(',').map(Number) : Array.from({ length: count }, (_, i) => i + 1);

/**
 * A shift of two phones under random cuts of the network, reloads, lost answers, and restarts of the server: whatever
 * the phone showed as done is in the ledger once, in its order, and at the end phone and ledger tell the same.
 */
describe.skipIf(!chromiumPath)('two phones under random schedules', () => {
  let street: Street;
  let room: Phone;
  let officers: Officer[];

  beforeAll(async () => {
    street = await openStreet();
    const { at } = street;
    room = street.through(await at.person('dispatcher', 'dispatcher-1'));
    officers = await Promise.all(
      (['A1', 'A2'] as const).map(async (code, i) => {
        const place = { lng: cellCentre(i * 2, 0).lng + 0.0002, lat: cellCentre(i * 2, 0).lat };
        await addTeam(at.deps.db, { code, at: street.now(), place });
        const person = street.through(await at.signIn(`${code}-1`));
        const phone = await street.phone(person, { place });
        await phone.page.getByRole('heading', { name: '暂无任务' }).waitFor();
        await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        return { code, person, phone, place, cut: false };
      }),
    );
    await officers[0]!.phone.page.waitForTimeout(1500);
  }, 240_000);
  afterAll(() => street?.close());

  test('control: an act that vanishes from a phone, and one that is sent under two keys, are both found', async () => {
    const [officer] = officers as [Officer];
    const one = await newTask(officer, 0);
    const taps = [await tapped(officer, 'accept', 0)];
    await drained(officer);
    await officer.phone.context.setOffline(true);
    taps.push(await tapped(officer, 'note', 1), await tapped(officer, 'note', 2));
    await onShelf(officer, 'delete');
    await officer.phone.context.setOffline(false);
    await drained(officer);
    expect(await faultsBetween(street, one, officer.person.personId, taps)).toEqual([
      `lost: note ${taps[2]!.said}`,
    ]);
    await officer.phone.context.setOffline(true);
    taps.pop();
    taps.push(await tapped(officer, 'note', 3));
    await onShelf(officer, 'double');
    await officer.phone.context.setOffline(false);
    await drained(officer);
    expect(await faultsBetween(street, one, officer.person.personId, taps)).toEqual([
      `doubled: note ${taps[2]!.said}, 2 times`,
    ]);
    await tapped(officer, 'return', 4);
    await drained(officer);
    await officer.phone.page.getByRole('heading', { name: '暂无任务' }).waitFor();
  }, 90_000);

  /** What a broken phone would do to its newest act: forget it, or send it a second time; or to all of them. */
  const onShelf = (officer: Officer, what: 'delete' | 'double' | 'clear') =>
    officer.phone.page.evaluate(
      (what) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('grid-officer');
          opening.addEventListener('success', () => {
            const db = opening.result;
            const write = db.transaction('acts', 'readwrite');
            const acts = write.objectStore('acts').getAll() as IDBRequest<{ id: number }[]>;
            acts.addEventListener('success', () => {
              const { id, ...act } = acts.result.at(-1) ?? { id: 0 };
              if (what === 'clear') write.objectStore('acts').clear();
              else if (what === 'delete') write.objectStore('acts').delete(id);
              else write.objectStore('acts').add({ ...act, key: crypto.randomUUID() });
            });
            write.addEventListener('complete', () => {
              db.close();
              resolve();
            });
          });
        }),
      what,
    );

  async function newTask(officer: Officer, seed: number): Promise<IncidentView> {
    const i = officers.indexOf(officer);
    const { incident } = await room.ok('createIncident', {
      body: {
        matterCode: 'CY-17',
        point: cellCentre(i * 2, 0),
        crs: 'wgs84',
        address: `${officer.code} 街 ${seed} 号`,
      },
    });
    const { teams } = await room.ok('readSnapshot');
    await room.ok('assignTeam', {
      params: { incidentId: incident.id },
      body: { teamId: teams.find(({ code }) => code === officer.code)!.id, override: 'training' },
    });
    await officer.phone.page.getByRole('alertdialog').waitFor();
    return incident;
  }

  async function tapped(officer: Officer, step: Step, number: number): Promise<Tapped> {
    const said = {
      note: `备注第${number}条`,
      help: '需要拖车',
      return: '现场未发现问题',
      handle: '现场劝导，已整改',
    };
    const words = step in said ? said[step as keyof typeof said] : '';
    await tapStep(officer, step, words);
    return { step, said: words };
  }

  test.each(seeds)(
    'schedule %i',
    async (seed) => {
      const random = seeded(seed);
      const chance = (share: number) => random() < share;
      const log: string[] = [];
      const started = Date.now();
      const tasks = new Map<
        Officer,
        { incident: IncidentView; left: Step[]; taps: Tapped[]; recall: boolean; recalled: boolean }
      >();
      for (const officer of officers)
        tasks.set(officer, {
          incident: await newTask(officer, seed),
          left: way(chance),
          taps: [],
          recall: chance(0.15),
          recalled: false,
        });
      let away = false;
      /** What the day does before the next tap of this officer. */
      const weather = async (officer: Officer) => {
        const { page, context } = officer.phone;
        if (away && chance(0.6)) {
          log.push('the server is back');
          if (chance(0.5)) await street.restart();
          street.up();
          away = false;
        } else if (!away && chance(0.15)) {
          log.push('the server goes');
          street.down();
          away = true;
        }
        if (officer.cut ? chance(0.5) : chance(0.35)) {
          officer.cut = !officer.cut;
          log.push(`${officer.code} ${officer.cut ? 'cut' : 'mended'}`);
          await context.setOffline(officer.cut);
        }
        // a phone that hears that its task was taken away has nothing left to tap
        for (const [{ cut }, task] of tasks) if (task.recalled && !cut && !away) task.left = [];
        if (!away && !officer.cut && chance(0.2)) {
          log.push(`${officer.code} loses an answer`);
          let lost = false;
          await page.route(/\/api\/v1\/(?:assignments|incidents)\//, async (route) => {
            if (lost || route.request().method() !== 'POST') return route.fallback();
            lost = true;
            await route.fetch().catch(() => undefined);
            await route.abort('connectionreset');
          });
        }
        if (chance(0.3)) {
          log.push(`${officer.code} reloads`);
          await page.reload();
          await page.locator('header').waitFor();
        }
      };
      try {
        while ([...tasks.values()].some(({ left }) => left.length > 0)) {
          const open = officers.filter((officer) => tasks.get(officer)!.left.length > 0);
          const officer = open[Math.floor(random() * open.length)]!;
          const task = tasks.get(officer)!;
          await weather(officer);
          if (task.recall && task.taps.length > 0 && !away) {
            // the room takes the task away while this phone hears nothing
            task.recall = false;
            await officer.phone.context.setOffline(false);
            await drained(officer);
            await officer.phone.context.setOffline(true);
            officer.cut = true;
            const lead = (
              await room.ok('readIncident', { params: { incidentId: task.incident.id } })
            ).assignments.at(-1)!;
            if (lead.state === 'accepted' || lead.state === 'en_route') {
              log.push(`${officer.code} is recalled`);
              task.recalled = true;
              await room.ok('recallAssignment', {
                params: { assignmentId: lead.id },
                body: { reason: '报告人撤回' },
              });
            }
          }
          const step = task.left.shift();
          if (step === undefined) continue;
          log.push(`${officer.code} ${step}`);
          task.taps.push(await tapped(officer, step, task.taps.length + 1));
        }
        log.push('the end');
        if (away) street.up();
        away = false;
        const faults: string[] = [];
        for (const officer of officers) {
          const { page, context } = officer.phone;
          officer.cut = false;
          await context.setOffline(false);
          await page.unroute(/\/api\/v1\/(?:assignments|incidents)\//);
          await drained(officer);
          const choice = page.getByRole('button', { name: '项未被接受' });
          if ((await choice.count()) > 0) {
            await choice.click();
            await page.getByRole('button', { name: '以备注留痕' }).click();
            await page.getByText('没有待决定的事项').waitFor();
            await page.getByRole('link', { name: '任务' }).click();
            await drained(officer);
          }
          const { incident, taps } = tasks.get(officer)!;
          faults.push(...(await faultsBetween(street, incident, officer.person.personId, taps)));
          faults.push(...(await agreed(officer)));
          await page.getByRole('heading', { name: '暂无任务' }).waitFor();
        }
        expect(faults).toEqual([]);
        expect(
          officers.flatMap(({ phone }) => phone.faults.filter((fault) => !expected.test(fault))),
        ).toEqual([]);
        if (process.env['SCHEDULES'])
          process.stdout.write(
            `schedule ${seed}: ${((Date.now() - started) / 1000).toFixed(0)} s, ${log.join(', ')}\n`,
          );
      } catch (error) {
        process.stdout.write(`schedule ${seed} broke after: ${log.join(', ')}\n`);
        const folder = process.env['TEST_SCREENS'];
        for (const { code, phone } of folder ? officers : [])
          await phone.page.screenshot({ path: join(folder!, `schedule-${seed}-${code}.png`) });
        throw error;
      } finally {
        if (away) street.up();
        for (const officer of officers) await clearUp(officer);
      }
    },
    180_000,
  );

  /** What cuts, restarts and refusals leave in a browser's log. */
  const expected = /ERR_|WebSocket|status of (?:409|5\d\d)|Failed to fetch/;

  /** A schedule that broke must not spoil the next: the officer stands without a task and with an empty queue. */
  async function clearUp(officer: Officer): Promise<void> {
    officer.cut = false;
    officer.phone.faults.length = 0;
    await officer.phone.context.setOffline(false);
    await officer.phone.page.unrouteAll();
    await onShelf(officer, 'clear');
    await officer.phone.page.goto(`${street.address}/officer`);
    const { tasks } = await officer.person.ok('readPhone');
    for (const { assignment, incident } of tasks) {
      await officer.person.call('returnAssignment', {
        params: { assignmentId: assignment.id },
        body: { reason: '演练结束' },
      });
      await officer.person.call('declineAssignment', {
        params: { assignmentId: assignment.id },
        body: { reason: 'vehicle', text: '' },
      });
      await room.call('rejectIncident', {
        params: { incidentId: incident.id },
        body: { reason: 'test', text: '演练结束' },
      });
    }
  }
});

/** What one officer does on one task: forward, with words and photos on the way, to the end or back. */
function way(chance: (share: number) => boolean): Step[] {
  const steps: Step[] = ['accept'];
  if (chance(0.3)) steps.push('note');
  steps.push('depart');
  if (chance(0.3)) steps.push('help');
  if (chance(0.15)) return [...steps, 'return'];
  if (chance(0.3)) steps.push('note');
  steps.push('arrive');
  if (chance(0.5)) steps.push('photo');
  if (chance(0.3)) steps.push('note');
  return [...steps, 'handle'];
}
