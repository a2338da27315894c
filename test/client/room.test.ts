import { expect, test } from 'vitest';
import type { AlarmView } from '../../shared/contract/alarms.ts';
import type { IncidentDetail } from '../../shared/contract/api.ts';
import type { Candidate } from '../../shared/contract/dispatch.ts';
import { rejectionCodes } from '../../shared/contract/dispatch-codes.ts';
import { facts, type LedgerEvent } from '../../shared/contract/events.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import { callingAlarms, soundOf } from '../../client/console/alarm-order.ts';
import { duplicateHints } from '../../client/console/duplicates.ts';
import { factSentence, type Names } from '../../client/console/fact-sentence.ts';
import { degradedParts, feedOf } from '../../client/console/feed.ts';
import { placeChoices, readPlace } from '../../client/console/place-words.ts';
import { possibleActs } from '../../client/console/possible-acts.ts';
import { noFilter, passes } from '../../client/console/queue-filter.ts';
import { rejectionSentence, whyNot } from '../../client/console/reason-sentence.ts';
import { remember, takeRedo, takeUndo } from '../../client/console/undo.ts';
import { tell } from '../../client/live/story.ts';
import { cellAt } from '../../client/map/cell-at.ts';
import { en } from '../../client/words/en.ts';
import { zhCN } from '../../client/words/zh-CN.ts';
import { makeShift } from './page/shift.ts';
import { makeTown } from './page/town.ts';

const nowMs = Date.UTC(2026, 5, 1, 2, 0, 0);
const at = (ms: number) => new Date(nowMs + ms).toISOString();
const { snapshot } = makeShift(nowMs);
const [first] = snapshot.incidents as [IncidentView];
const incident = (change: Partial<IncidentView>): IncidentView => ({ ...first, ...change });

const names: Names = {
  team: (id) => `team ${id}`,
  person: (id) => `person ${id}`,
  matter: (code) => code ?? '',
};

test('the feed is amber after 5 s and red after 10 s', () => {
  const tone = (seconds: number) => feedOf(nowMs - seconds * 1000, nowMs).tone;
  expect([0, 5, 6, 10, 11].map(tone)).toEqual(['calm', 'calm', 'soon', 'soon', 'late']);
  expect(feedOf(null, nowMs)).toEqual({ seconds: null, tone: 'calm' });
});

test('a source is degraded when its newest fix is old, not when one team is silent', () => {
  const fix = (ageSeconds: number, source: string) => ({
    fixAtMs: nowMs - ageSeconds * 1000,
    point: null,
    backlog: false,
    doubt: null,
    battery: null,
    source,
  });
  const parts = degradedParts({
    fixes: new Map([
      [1, fix(500, 'traccar')],
      [2, fix(300, 'traccar')],
      [3, fix(900, 'native')],
      [4, fix(5, 'native')],
      [5, fix(9000, 'owntracks')],
    ]),
    onDuty: [1, 2, 3, 4],
    serverNowMs: nowMs,
    machineNowMs: nowMs,
    behindSinceMs: nowMs - 3000,
    connection: 'live',
  });
  expect(parts).toEqual([
    { part: 'source', source: 'traccar', minutes: 5 },
    { part: 'facts', seconds: 3 },
  ]);
});

test('alarms: SOS first, silent when acknowledged or shelved, one sound by kind', () => {
  const alarm = (id: number, change: Partial<AlarmView>) =>
    ({
      id,
      kind: 'offer_unanswered',
      acknowledgedAt: null,
      clearedAt: null,
      shelvedUntil: null,
      ...change,
    }) as AlarmView;
  const calling = callingAlarms(
    [
      alarm(1, {}),
      alarm(2, { kind: 'incident_urgent' }),
      alarm(3, { kind: 'sos' }),
      alarm(4, { acknowledgedAt: at(-1) }),
      alarm(5, { clearedAt: at(-1) }),
      alarm(6, { shelvedUntil: at(60_000) }),
      alarm(7, { shelvedUntil: at(-1) }),
    ],
    nowMs,
  );
  expect(calling.map(({ id }) => id)).toEqual([3, 2, 1, 7]);
  expect(calling.map(({ kind }) => soundOf(kind))).toEqual(['sos', 'urgent', 'once', 'once']);
});

test('a duplicate is the same matter within 150 m and 30 min of an older one', () => {
  const place = (metresEast: number) =>
    ({ lng: 121.44 + metresEast / 96_500, lat: 29.98 }) as IncidentView['point'];
  const row = (id: number, metresEast: number, minutes: number, matterCode = 'FD-01') =>
    incident({
      id: id as never,
      state: 'filed',
      matterCode,
      point: place(metresEast),
      reportedAt: at(minutes * 60_000),
    });
  const hints = duplicateHints([
    row(1, 0, 0),
    row(2, 60, 4),
    row(3, 400, 5),
    row(4, 10, 45),
    row(5, 5, 1, 'CY-02'),
  ]);
  expect([...hints.keys()]).toEqual([2]);
  expect(hints.get(2)).toMatchObject({ incidentId: 1, minutes: 4 });
  expect(hints.get(2)!.metres).toBeCloseTo(60, 0);
});

test('the filter finds by number, place and the name of the matter in either language', () => {
  const row = incident({ state: 'filed', deadlineAt: at(-1000) });
  const found = (text: string) => passes(row, { show: 'all', text }, nowMs, ['占道', 'Street stall']);
  expect([String(row.id), '中街', 'STALL', '占道', 'nowhere'].map(found)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(passes(row, { ...noFilter, show: 'overdue' }, nowMs, [])).toBe(true);
  expect(passes(incident({ state: 'en_route' }), { ...noFilter, show: 'pending' }, nowMs, [])).toBe(false);
});

test('a place is read as coordinates of its datum, a grid, or a name; an ambiguous grid is no place', () => {
  const town = makeTown();
  const choices = placeChoices(town);
  expect(readPlace('121.44516, 29.98017', 'gcj02', choices)).toEqual({
    lng: 121.44516,
    lat: 29.98017,
    crs: 'gcj02',
    name: '',
  });
  expect(readPlace('１２１.４５，２９.９８', 'wgs84', choices)).toMatchObject({ lng: 121.45, lat: 29.98 });
  expect(readPlace('东山', 'gcj02', choices)).toEqual({
    lng: 121.485,
    lat: 30.01,
    crs: 'wgs84',
    name: '东山',
  });
  const cell = readPlace('g042', 'wgs84', choices)!;
  expect(cellAt(town.cells, cell)).toBe('330205102000042');
  expect(readPlace('g000', 'wgs84', choices)).toBeNull();
  expect(readPlace('nowhere', 'wgs84', choices)).toBeNull();
  expect(readPlace('', 'wgs84', choices)).toBeNull();
});

test('the cell of a point; outside every cell is none', () => {
  const town = makeTown();
  expect(cellAt(town.cells, { lng: 120, lat: 29.98 })).toBeNull();
});

const bar = (change: Partial<IncidentView>, role: 'dispatcher' | 'planner' = 'dispatcher') =>
  possibleActs(incident(change), { role, personId: 7 }, nowMs);
const enabled = (change: Partial<IncidentView>) =>
  bar(change)
    .filter(({ why }) => why === null)
    .map(({ act }) => act);

test('the bar offers what the state machine allows, and shows standing acts with their reason', () => {
  const open = { acknowledgedAt: at(-5), deadlineAt: at(60_000), holdUntil: null };
  expect(enabled({ ...open, state: 'reported' })).toContain('file');
  expect(enabled({ ...open, state: 'filed' })).not.toContain('recall');
  expect(enabled({ ...open, state: 'en_route' })).toEqual(
    expect.arrayContaining(['hold', 'recall', 'reassign', 'escalate']),
  );
  expect(bar({ ...open, state: 'filed' })).toContainEqual({ act: 'close', why: 'state' });
  expect(enabled({ ...open, state: 'handled' })).toContain('requestCheck');
  expect(enabled({ ...open, state: 'handled', handledBy: 7 as never })).not.toContain('requestCheck');
  expect(enabled({ ...open, state: 'checking' })).toContain('close');
  expect(enabled({ ...open, state: 'filed', holdUntil: at(60_000) })).toContain('resume');
  expect(enabled({ state: 'closed', closedAt: at(-86_400_000) })).toEqual(['reopen']);
  expect(bar({ ...open, state: 'filed' }, 'planner')).toEqual([]);
});

test('every rejection has a sentence with its figures, in both languages', () => {
  for (const words of [zhCN, en])
    for (const code of rejectionCodes) {
      const plain = rejectionSentence({ code }, words, String);
      expect(plain).toBe(words.codes.rejection[code]);
      expect(rejectionSentence({ code, have: 1, need: 2 }, words, String)).toMatch(/1.*2/);
    }
  const candidate = {
    reasons: [
      { code: 'licences_few', have: 1, need: 2 },
      { code: 'slot_full', with: [1042] },
    ],
  } as unknown as Candidate;
  expect(whyNot(candidate, en, String)).toBe(
    'Fewer than two licensed officers (1, needs 2) · No free slot (incident 1042)',
  );
});

test('every fact has its sentence in both languages, with the names that it only numbers', () => {
  const types = Object.keys(facts);
  for (const words of [zhCN, en]) {
    expect(Object.keys(words.timeline.facts).toSorted()).toEqual(types.toSorted());
    for (const type of types) {
      const event = { type, data: { text: 'x', reason: 'y' } } as unknown as LedgerEvent;
      expect(factSentence(event, words, names)).not.toMatch(/undefined|null|\[object/);
    }
  }
  const offered = {
    type: 'assignment.offered',
    data: { assignment: { teamId: 3 } },
  } as unknown as LedgerEvent;
  expect(factSentence(offered, en, names)).toBe('Offered to team 3, waiting for the answer');
  const declined = {
    type: 'assignment.declined',
    data: { assignment: { teamId: 3 }, reason: 'vehicle', text: '' },
  } as unknown as LedgerEvent;
  expect(factSentence(declined, zhCN, names)).toBe(`team 3 拒接（${zhCN.codes.declineReason.vehicle}）`);
  expect(factSentence({ type: 'new.thing', data: {} } as never, en, names)).toContain('new.thing');
});

test('an act can be taken back for ten seconds, done again, and not twice', () => {
  const act = (label: string) => ({ label, undo: async () => undefined, redo: async () => undefined });
  remember(act('a'), nowMs);
  const b = remember(act('b'), nowMs + 1000);
  expect(takeUndo(nowMs + 2000)).toBe(b);
  expect(takeRedo(nowMs + 3000)?.label).toBe('b');
  expect(takeRedo(nowMs + 3000)).toBeNull();
  expect(takeUndo(nowMs + 4000)?.label).toBe('a');
  expect(takeUndo(nowMs + 4000)).toBeNull();
  remember(act('c'), nowMs);
  expect(takeUndo(nowMs + 10_000)).toBeNull();
});

test('a story goes on with each fact once', () => {
  const story = {
    incident: first,
    assignments: [],
    timeline: [{ seq: 5 }],
    duplicates: [],
    reporter: null,
  } as unknown as IncidentDetail;
  const event = {
    seq: 6,
    type: 'assignment.offered',
    subject: `incident/${first.id}`,
    data: { incident: { ...first, state: 'offered' }, assignment: { id: 9, teamId: 1 } },
  } as unknown as LedgerEvent;
  const next = tell(story, event);
  expect(next.timeline).toHaveLength(2);
  expect(next.incident.state).toBe('offered');
  expect(next.assignments).toHaveLength(1);
  expect(tell(next, event)).toBe(next);
});
