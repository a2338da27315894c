import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Party, PenaltyFileView } from '../../shared/contract/enforcement.ts';
import type { Act } from '../server/enforcement/file-kit.ts';
import { clear, glass, individual } from '../server/enforcement/file-kit.ts';
import { photo, uploaded } from '../server/enforcement/upload-kit.ts';
import { cellCentre } from '../kit/ground.ts';
import type { Phone } from '../kit/town.ts';
import { openLiveRoom, type Desk, type LiveRoom } from './live-room.ts';

/** The page of the penalty files as its people have it, and files brought quickly to where a form is pressed. */
export interface FilesRoom {
  readonly room: LiveRoom;
  readonly officer: Phone;
  readonly partner: Phone;
  readonly head: Phone;
  readonly reviewer: Phone;
  /** A desk signed in as somebody, at the page of the files. */
  open(name: string): Promise<Desk>;
  /** Lets days pass and signs everybody in anew; open desks show the new day. */
  pass(days: number): Promise<void>;
  step(phone: Phone, fileId: number, body: Act): Promise<PenaltyFileView>;
  read(fileId: number): Promise<PenaltyFileView>;
  /** An ordinary file whose inquiry is done and whose party was told of its right to a hearing. */
  told(party: Party, yuan: number): Promise<number>;
  /** An ordinary file that was decided and served. */
  ordinary(yuan: number): Promise<number>;
  /** A file on the spot that was served. */
  served(yuan: number): Promise<number>;
  /** A file on the spot that was just opened. */
  opened(yuan: number): Promise<number>;
  shoot(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

export async function openFilesRoom(): Promise<FilesRoom> {
  const room = await openLiveRoom();
  const { place } = room;
  const people = {
    officer: await place.signIn('A1-1'),
    partner: await place.signIn('A1-2'),
    head: await place.person('head', 'head-1'),
    reviewer: await place.person('legalReviewer', 'reviewer-1'),
  };
  let { dispatcher } = room;
  const desks = new Map<string, Desk>();
  const image = await glass();
  const as = (phone: Phone): Phone =>
    Object.values(people).find(({ personId }) => personId === phone.personId) ?? phone;
  const step = (phone: Phone, fileId: number, body: Act) =>
    as(phone).ok('actOnFile', { params: { fileId }, body });
  const incident = async () =>
    (
      await dispatcher.ok('createIncident', {
        body: { matterCode: 'FD-01', point: cellCentre(0, 0), crs: 'wgs84', address: '民权路 12 号门前' },
      })
    ).incident.id;
  const fine = (amountYuan: number) => ({ kind: 'fine', amountYuan }) as const;
  const partnerId = people.partner.personId;

  async function opened(yuan: number): Promise<number> {
    const incidentId = await incident();
    const { id } = await people.officer.ok('openFile', {
      params: { incidentId },
      body: { open: 'simple', partnerId, party: individual(), circumstances: clear, proposal: fine(yuan) },
    });
    return id;
  }

  async function told(party: Party, yuan: number): Promise<number> {
    const incidentId = await incident();
    const evidenceIds: string[] = [];
    for (const [colour, kind] of [
      ['firebrick', 'audiovisual'],
      ['olive', 'inspection_record'],
    ] as const)
      evidenceIds.push(
        (await uploaded(place, people.officer, await photo(colour, 320, 240), { incidentId, kind })).id,
      );
    const { id } = await people.head.ok('openFile', {
      params: { incidentId },
      body: { open: 'ordinary', party, grounds: '符合立案标准' },
    });
    await step(people.head, id, { act: 'answer', circumstances: clear });
    const summary = '占用消防车通道，事实清楚';
    await step(people.officer, id, {
      act: 'inquire',
      partnerId,
      licenceShown: true,
      evidenceIds,
      summary,
    });
    await step(people.officer, id, {
      act: 'tell',
      partnerId,
      licenceShown: true,
      rightsTold: true,
      proposal: fine(yuan),
      hearingRight: true,
    });
    return id;
  }

  return {
    room,
    // signed in anew when days have passed
    get officer() {
      return people.officer;
    },
    get partner() {
      return people.partner;
    },
    get head() {
      return people.head;
    },
    get reviewer() {
      return people.reviewer;
    },
    step,
    read: (fileId) => people.officer.ok('readFile', { params: { fileId } }),
    opened,
    async open(name) {
      const desk = await room.desk(name, { theme: 'light', width: 1440 });
      await desk.page.goto(`${desk.wire.address}/console#files`);
      await desk.page.getByRole('navigation').waitFor();
      desks.set(name, desk);
      return desk;
    },
    async pass(days) {
      await room.advance(days * dayMs, dayMs / 4);
      for (const who of Object.keys(people) as (keyof typeof people)[])
        people[who] = await place.signIn(people[who].name);
      dispatcher = await place.signIn(dispatcher.name);
      for (const [name, desk] of desks) {
        const { token } = await place.signIn(name);
        await desk.context.addCookies([
          { name: 'grid_login', value: token, url: desk.wire.address, httpOnly: true },
        ]);
        await desk.page.reload();
        await desk.page.getByRole('navigation').waitFor();
      }
    },
    told,
    async ordinary(yuan) {
      const id = await told(individual(), yuan);
      const evidenceIds = (
        await people.head.ok('readEvidence', {
          params: { incidentId: (await people.head.ok('readFile', { params: { fileId: id } })).incidentId },
        })
      ).evidence.map((one) => one.id);
      await step(people.officer, id, { act: 'hear', partnerId, outcome: 'waived', party: { image } });
      await step(people.officer, id, { act: 'sign' });
      await step(people.partner, id, { act: 'sign' });
      const text = '占用消防车通道';
      await step(people.head, id, { act: 'decide', proposal: fine(yuan), text, evidenceIds });
      await step(people.officer, id, { act: 'serve', mode: 'left' });
      return id;
    },
    async served(yuan) {
      const id = await opened(yuan);
      const proposal = fine(yuan);
      await step(people.officer, id, {
        act: 'tell',
        partnerId,
        licenceShown: true,
        rightsTold: true,
        proposal,
      });
      await step(people.officer, id, { act: 'hear', partnerId, outcome: 'waived', party: { image } });
      await step(people.officer, id, {
        act: 'decide',
        proposal,
        text: '占用消防车通道',
        signatures: [
          { personId: people.officer.personId, image: null },
          { personId: partnerId, image },
        ],
      });
      await step(people.officer, id, { act: 'serve', partnerId, mode: 'handed', party: { image } });
      return id;
    },
    async shoot(page, name) {
      const folder = process.env['TEST_SCREENS'];
      if (folder) await page.screenshot({ path: join(folder, `acts-${name}.png`), fullPage: true });
    },
    close: () => room.close(),
  };
}

export const dialog = (page: Page): Locator => page.getByRole('dialog');
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Opens the form of an act, fills it in and sends it. */
export async function did(
  page: Page,
  name: string,
  fill: (form: Locator) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await button(page, name).click();
  await dialog(page).waitFor();
  await fill(dialog(page));
  await dialog(page).getByRole('button', { name: '确定' }).click();
  await dialog(page).waitFor({ state: 'detached' });
}

/** Opens a file of the list by its address. */
export async function go(page: Page, fileId: number): Promise<void> {
  await page.evaluate((id) => void (location.hash = `#files/${id}`), fileId);
  await page.getByRole('heading', { level: 2, name: `案卷 ${fileId}` }).waitFor();
}

/** The file on the page is in this state. */
export const at = (page: Page, state: string): Promise<void> =>
  page.getByRole('heading', { level: 2, name: state }).waitFor();
