import type { EditionDetail, OperationAnswers } from '../../shared/contract/editions.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { EditionId, ZoneId } from '../../shared/contract/ids.ts';
import type { DraftOperation, LogEntry } from '../../shared/contract/planning.ts';
import { foldHistory, historyStart } from '../../shared/rules/zones/history.ts';
import { call } from '../live/call.ts';
import { queries } from '../live/queries.ts';
import { askWhoIsHere, endSession, useSession } from '../live/session.ts';
import { layBaseline, readBaselines, type Baselines } from './compare.ts';
import { onGround } from './core/baseline.ts';
import { CellFinder } from './core/cell-finder.ts';
import { colourZones } from './core/colours.ts';
import { groundOf, type CellTravel, type Ground } from './core/ground.ts';
import { outlookOf } from './core/outlook.ts';
import { drop, hear, lapse, openSync, take, act as actOn, type Sync } from './core/sync.ts';
import { useLive } from '../live/store.ts';
import { desk, noPending, setDesk, type Basis } from './desk.ts';
import { DraftLine } from './live/draft-line.ts';
import { keepPending, keptPending } from './live/kept.ts';
import { Outbox } from './live/outbox.ts';
import { zoneFills } from './map/palette.ts';
import { redraw } from './redraw.ts';
import { say, sayRefused, sentenceOfCode, wordsNow } from './say.ts';

const againMs = 3000;
const confirmMs = 250;
const lapseMs = 5000;

let line: DraftLine | null = null;
let outbox: Outbox | null = null;
let opening = 0;

/** The socket of the studio, while somebody is signed in. */
export const draftLine = (): DraftLine | null => line;

/** Who sits at this screen; 0 before the sign-in. */
export const personId = (): number => useSession.getState().me?.personId ?? 0;

/** Starts the studio: the still town, the list of editions, the running edition on the table. */
export function startStudio(): () => void {
  let stopped = false;
  const made = new DraftLine({
    onLine: (state) => {
      setDesk({ line: state, ...(state === 'lost' && { people: [] }) });
      if (state === 'lost') void askWhoIsHere();
    },
    onEntry: ({ editionId, entry }) => {
      if (desk().detail?.edition.id === editionId) receive([entry]);
    },
    onAhead: ({ editionId, operations }) => {
      if (desk().detail?.edition.id === editionId) hearAhead(operations);
    },
    onPresence: ({ editionId, people }) => {
      if (desk().detail?.edition.id === editionId) setDesk({ people });
    },
    onConflict: ({ cellIds, personIds }) => showConflict(cellIds, personIds),
    onFact: (event) => hearFact(event),
    onSignedOut: ({ reason }) => endSession(reason),
    onJoined: () => outbox?.kick(true),
  });
  line = made;
  const load = async (): Promise<void> => {
    try {
      const [town] = await Promise.all([call('readTown'), listEditions()]);
      if (stopped) return;
      setDesk({ town });
      const wanted = Number(new URLSearchParams(location.search).get('edition'));
      const { editions, runningEditionId } = desk();
      const known = editions.some(({ id }) => id === wanted) ? wanted : runningEditionId;
      if (known !== null) await openEdition(known);
      else setDesk({ phase: 'failed' });
    } catch {
      if (!stopped) setTimeout(() => void load(), againMs);
    }
  };
  void load();
  return () => {
    stopped = true;
    opening++;
    made.close();
    outbox?.close();
    outbox = null;
    if (line === made) line = null;
  };
}

/** Reads the list of editions again. */
export async function listEditions(): Promise<void> {
  const { editions, effects, runningEditionId } = await call('listEditions');
  setDesk({ editions, effects, runningEditionId });
}

/** Lays an edition on the table; a draft opens with its log, its room and what this planner had not sent yet. */
export async function openEdition(editionId: number): Promise<void> {
  const turn = ++opening;
  outbox?.close();
  outbox = null;
  line?.enter(null);
  setDesk({ busy: true });
  try {
    const params = { editionId: editionId as EditionId };
    const [detail, ground] = await Promise.all([call('readEdition', { params }), readGround(editionId)]);
    const baselines = await readBaselines();
    if (turn !== opening) return;
    layOut(detail, ground, baselines);
    rememberInAddress(editionId);
    if (desk().sync) enterRoom(detail);
  } finally {
    if (turn === opening) setDesk({ busy: false });
  }
}

const tables = new Map<number, CellTravel | null>();

async function readGround(editionId: number): Promise<Ground> {
  const studio = await call('readStudio', { query: { editionId, ...historyOf(desk().basis) } });
  if (!tables.has(studio.coverageId)) {
    // Without the table of ways the forecast drives straight lines.
    const table = await call('readCellTravel', { query: { editionId } }).catch(() => null);
    tables.set(studio.coverageId, table);
  }
  const ground = groundOf(studio, tables.get(studio.coverageId) ?? null);
  return { ...ground, calendars: await readCalendars(ground) };
}

/** The editions that will hold on certain days and hours of the next two weeks. */
async function readCalendars(ground: Ground): Promise<Ground['calendars']> {
  const ids = ground.studio.statistics.shifts.flatMap(({ calendarEditionId }) => calendarEditionId ?? []);
  const details = await Promise.all(
    [...new Set(ids)].map((editionId) => call('readEdition', { params: { editionId } })),
  );
  return new Map(
    details.map(({ edition, cells, teams }) => [edition.id, { assignment: onGround(ground, cells), teams }]),
  );
}

/** The period that ends now, as the basis has it. */
function historyOf(basis: Basis | null) {
  if (!basis) return {};
  const { days, hourFrom, hourTo } = basis;
  const from = new Date(Date.now() + useLive.getState().offsetMs - days * 86_400_000).toISOString();
  return { from, hourFrom, hourTo };
}

function layOut(detail: EditionDetail, ground: Ground, baselines: Baselines): void {
  const baseline = baselines.chosen;
  const zones = new Map(
    [...(baseline?.zones ?? []), ...ground.studio.zones, ...detail.zones].map((zone) => [zone.id, zone]),
  );
  const draft = detail.draft;
  let sync: Sync | null = null;
  if (draft && detail.edition.status === 'draft') {
    const start = historyStart(
      draft.baseCells.map(([cellId, zoneId]) => ({ cellId, zoneId })),
      draft.baseZones,
    );
    sync = openSync(foldHistory(start, draft.log), keptPending(personId(), detail.edition.id));
  }
  const fixed = sync ? null : onGround(ground, detail.cells);
  const plan = sync?.view.assignment ?? fixed!;
  const zoneIds = detail.zones.map(({ id }) => id);
  const baseIds = baseline?.zones.map(({ id }) => id) ?? [];
  const before = onGround(ground, baseline?.cells ?? []);
  const kept = colourZones(ground.graph, before, baseIds, zoneFills.dark.length);
  setDesk({
    phase: 'ready',
    detail,
    ground,
    finder: new CellFinder(ground),
    outlook: outlookOf(ground, detail.teams, desk().basis?.demand),
    sync,
    log: draft?.log ?? [],
    fixed,
    zones,
    colours: colourZones(ground.graph, plan, zoneIds, zoneFills.dark.length, kept),
    picture: null,
    pending: noPending,
    stroke: new Set(),
    people: [],
    conflict: [],
    cursor: cursorOn(ground),
    zoneId: zoneInHand(detail, zoneIds),
  });
  layBaseline(ground, baselines);
  redraw();
}

/** The zone under the brush stays when the same edition is laid out again. */
function zoneInHand(detail: EditionDetail, zoneIds: readonly ZoneId[]): ZoneId | null {
  const { detail: before, zoneId } = desk();
  const same = before?.edition.id === detail.edition.id && (zoneId === null || zoneIds.includes(zoneId));
  return same ? zoneId : (zoneIds[0] ?? null);
}

/** The cell that the cursor stands on, found again by its code: whoever works with keys would have to walk anew. */
function cursorOn(ground: Ground): number | null {
  const { ground: before, cursor } = desk();
  const code = cursor === null ? undefined : before?.graph.codes[cursor];
  const found = code === undefined ? -1 : ground.graph.codes.indexOf(code);
  return found < 0 ? null : found;
}

function enterRoom(detail: EditionDetail): void {
  const editionId = detail.edition.id;
  outbox = new Outbox({
    editionId,
    pending: () => (desk().detail?.edition.id === editionId ? (desk().sync?.pending ?? []) : []),
    baseSeq: () => desk().sync?.confirmed.draft.seq ?? 0,
    onAnswers: hearAnswers,
    onRefused: (opIds, refused) => {
      forget(new Set(opIds));
      sayRefused(refused);
      void readAgain();
    },
  });
  line?.enter({ editionId, after: () => desk().sync?.confirmed.draft.seq ?? 0 });
  outbox.kick();
}

function rememberInAddress(editionId: number): void {
  const address = new URL(location.href);
  address.searchParams.set('edition', String(editionId));
  history.replaceState(null, '', address);
}

/** The planner does something: it shows at once, is kept on this machine, and goes to the server. */
export function submit(operation: DraftOperation): void {
  const { sync } = desk();
  if (!sync) return;
  line?.ahead(operation);
  setSync(actOn(sync, operation));
  outbox?.kick();
}

/** Another planner draws. What the log does not tell within a while was turned down or lost on the way. */
function hearAhead(operations: readonly DraftOperation[]): void {
  const { sync, detail } = desk();
  if (!sync || !detail) return;
  const next = hear(sync, operations);
  if (next === sync) return;
  setSync(next);
  const opIds = new Set(operations.map(({ opId }) => opId));
  setTimeout(() => {
    const now = desk();
    if (!now.sync || now.detail?.edition.id !== detail.edition.id) return;
    const left = lapse(now.sync, opIds);
    if (left !== now.sync) setSync(left);
  }, lapseMs);
}

function setSync(sync: Sync): void {
  const { detail } = desk();
  setDesk({ sync });
  if (detail) keepPending(personId(), detail.edition.id, sync.pending);
  redraw();
}

function forget(opIds: ReadonlySet<string>): void {
  const { sync } = desk();
  if (sync) setSync(drop(sync, opIds));
}

function hearAnswers({ answers, seq }: OperationAnswers): void {
  const refused = answers.filter((one) => one.refused !== null);
  if (refused.length > 0) {
    forget(new Set(refused.map(({ opId }) => opId)));
    say(sentenceOfCode(refused[0]!.refused!), 'refused');
  }
  // The room tells the entries; when it does not, they are asked for.
  setTimeout(() => {
    if ((desk().sync?.confirmed.draft.seq ?? seq) < seq) void catchUp();
  }, confirmMs);
}

/** Asks the log for everything after the last number that is held. */
export async function catchUp(): Promise<void> {
  const { sync, detail } = desk();
  if (!sync || !detail) return;
  const params = { editionId: detail.edition.id };
  const { entries } = await call('listDraftLog', { params, query: { after: sync.confirmed.draft.seq } });
  if (desk().detail?.edition.id === detail.edition.id) receive(entries);
}

function receive(entries: readonly LogEntry[]): void {
  const { sync, log } = desk();
  if (!sync) return;
  const next = take(sync, entries);
  const from = sync.confirmed.draft.seq;
  const taken = [...sync.early, ...entries]
    .filter(({ seq }) => seq > from && seq <= next.confirmed.draft.seq)
    .sort((a, b) => a.seq - b.seq)
    .filter((entry, i, all) => entry.seq !== all[i - 1]?.seq);
  if (taken.some((entry) => 'cells' in entry)) {
    void changeGround();
    return;
  }
  setDesk({ log: [...log, ...taken] });
  setSync(next);
  if (next.gap) void catchUp();
}

/** The cells themselves were edited: the page waits until it has read the new ones. */
async function changeGround(): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  setDesk({ busy: true, pending: noPending, stroke: new Set() });
  try {
    await openEdition(detail.edition.id);
  } catch (error) {
    sayRefused(error);
  }
}

/** Reads what the log does not say: status, teams, waivers, conflicts, reports. */
export async function readAgain(): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  const editionId = detail.edition.id;
  try {
    const [next] = await Promise.all([call('readEdition', { params: { editionId } }), listEditions()]);
    const now = desk();
    if (now.detail?.edition.id !== editionId || !now.ground) return;
    const known = now.sync !== null;
    if (known !== (next.edition.status === 'draft')) return void openEdition(editionId);
    const zones = new Map([...now.zones, ...next.zones.map((zone) => [zone.id, zone] as const)]);
    setDesk({ detail: next, zones, outlook: outlookOf(now.ground, next.teams, now.basis?.demand) });
    if (next.draft) receive(next.draft.log);
    redraw();
  } catch (error) {
    sayRefused(error);
  }
}

/** Closures or calendar rules were changed: the forecast looks at them. Strokes and selections stay. */
async function countAgain(): Promise<void> {
  const { detail, ground } = desk();
  if (!detail || !ground) return;
  const [next, baselines] = await Promise.all([readGround(detail.edition.id), readBaselines()]);
  const now = desk();
  if (
    now.detail?.edition.id !== detail.edition.id ||
    now.ground?.studio.coverageId !== next.studio.coverageId
  )
    return;
  setDesk({ ground: next, outlook: outlookOf(next, now.detail.teams, now.basis?.demand) });
  layBaseline(next, baselines);
  redraw();
}

function hearFact(event: LedgerEvent): void {
  if (!/^(?:edition|draft|cells|replay|zone|calendar|closure|town)\./.test(event.type)) return;
  void listEditions().then(() => {
    if (event.type === 'edition.effective') void reopen();
  });
  if (/^(?:calendar|closure)\./.test(event.type)) void countAgain().catch(() => undefined);
  if (/^(?:calendar|closure)\./.test(event.type) || event.type === 'edition.effective')
    for (const queryKey of [['closures'], ['calendar-rules']]) void queries.invalidateQueries({ queryKey });
  const edition = (event.data as { readonly edition?: { readonly id: number } }).edition;
  if (edition && edition.id === desk().detail?.edition.id) void readAgain();
}

/** Another edition came into force: what is published is another thing now. */
async function reopen(): Promise<void> {
  const { detail } = desk();
  if (detail) await openEdition(detail.edition.id);
}

function showConflict(cellIds: readonly number[], personIds: readonly number[]): void {
  const { people } = desk();
  const other = people.find((one) => one.personId !== personId() && personIds.includes(one.personId));
  say(wordsNow().studio.people.conflict({ name: other?.name ?? '', cells: cellIds.length }));
}
