import { create } from 'zustand';
import type { EditionDetail } from '../../shared/contract/editions.ts';
import type { Output } from '../../shared/contract/api.ts';
import type { CellId, ZoneId } from '../../shared/contract/ids.ts';
import type { EditionSummary, LogEntry } from '../../shared/contract/planning.ts';
import type { DraftPresenceMessage } from '../../shared/contract/draft-room.ts';
import type { Town } from '../../shared/contract/town.ts';
import type { Assignment } from '../../shared/rules/zones/assignment.ts';
import type { PendingSelection } from '../../shared/rules/zones/pending.ts';
import type { ZoneColours } from './core/colours.ts';
import type { CellFinder } from './core/cell-finder.ts';
import type { Ground } from './core/ground.ts';
import type { Outlook } from './core/outlook.ts';
import type { PlanPicture } from './core/picture.ts';
import type { Sync } from './core/sync.ts';

/** Tools of the map; `cut` splits a cell by a line, `border` moves a border that two cells share. */
export const tools = ['select', 'brush', 'rectangle', 'lasso', 'village', 'cut', 'border'] as const;
export type Tool = (typeof tools)[number];

/** Tabs of the right panel. */
export const sideTabs = [
  'inspector',
  'teams',
  'proposal',
  'replay',
  'review',
  'reality',
  'calendar',
  'files',
] as const;
export type SideTab = (typeof sideTabs)[number];

/** Tabs of the bottom panel. */
export const bottomTabs = ['problems', 'cells', 'changes', 'log'] as const;
export type BottomTab = (typeof bottomTabs)[number];

/** Where a pending selection came from: painted by area, a proposal, a file, the repair of a problem. */
export type PendingSource = 'selection' | 'proposal' | 'import' | 'suggestion';

/** Which history the live numbers count, and the factor on its demand. Hours are local, [hourFrom, hourTo). */
export interface Basis {
  readonly days: number;
  readonly hourFrom: number;
  readonly hourTo: number;
  readonly demand: number;
}

/** A zone as lists and labels name it. */
export type ZoneName = EditionDetail['zones'][number];

/** One planner in the draft. */
export type Planner = DraftPresenceMessage['people'][number];

interface DeskStore {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Still layers of the map. */
  readonly town: Town | null;
  readonly editions: readonly EditionSummary[];
  readonly effects: Output<'listEditions'>['effects'];
  readonly runningEditionId: number | null;
  /** The edition on the table; a draft has `sync`. */
  readonly detail: EditionDetail | null;
  readonly ground: Ground | null;
  readonly finder: CellFinder | null;
  readonly outlook: Outlook | null;
  readonly sync: Sync | null;
  readonly log: readonly LogEntry[];
  /** The plan of an opened edition that is no draft. */
  readonly fixed: Assignment | null;
  readonly zones: ReadonlyMap<ZoneId, ZoneName>;
  readonly colours: ZoneColours;
  /** The plan with strokes and pending selections on it: what the map and the numbers show. */
  readonly picture: PlanPicture | null;
  /** The edition that plans are compared with; null is the one in force. */
  readonly baselineId: number | null;
  /** That edition on the same cells. */
  readonly published: PlanPicture | null;
  readonly publishedTeams: EditionDetail['teams'];
  /** Zones of each village in the edition in force. */
  readonly villagesBefore: ReadonlyMap<string, number> | null;
  /** Null is what the settings of the town say: their days, all hours, demand as it was. */
  readonly basis: Basis | null;
  readonly pending: PendingSelection;
  readonly pendingSource: PendingSource;
  /** Cells of the stroke that is being drawn, and the zone that they go to. */
  readonly stroke: ReadonlySet<number>;
  readonly tool: Tool;
  readonly brushSize: number;
  /** The zone under the brush; null erases. */
  readonly zoneId: ZoneId | null;
  /** The cell that the arrow keys stand on. */
  readonly cursor: number | null;
  readonly hover: number;
  readonly problem: number;
  readonly comparing: boolean;
  /** The cells are being edited or read again: no painting meanwhile. */
  readonly busy: boolean;
  readonly line: 'connecting' | 'live' | 'lost';
  readonly people: readonly Planner[];
  readonly conflict: readonly CellId[];
  readonly sideTab: SideTab;
  readonly bottomTab: BottomTab;
  readonly dialog:
    'keys' | 'merge' | 'exchange' | 'take' | 'renumber' | 'draft' | 'publish' | 'rollBack' | null;
  set: (change: Partial<Omit<DeskStore, 'set'>>) => void;
}

const noCells: ReadonlySet<number> = new Set();
export const noPending: PendingSelection = new Map();

/** What lies on this planner's table. Nothing of it is known to the server but operations and presence. */
export const useDesk = create<DeskStore>()((set) => ({
  phase: 'loading',
  town: null,
  editions: [],
  effects: [],
  runningEditionId: null,
  detail: null,
  ground: null,
  finder: null,
  outlook: null,
  sync: null,
  log: [],
  fixed: null,
  zones: new Map(),
  colours: new Map(),
  picture: null,
  baselineId: null,
  published: null,
  publishedTeams: [],
  villagesBefore: null,
  basis: null,
  pending: noPending,
  pendingSource: 'selection',
  stroke: noCells,
  tool: 'select',
  brushSize: 1,
  zoneId: null,
  cursor: null,
  hover: -1,
  problem: -1,
  comparing: false,
  busy: false,
  line: 'connecting',
  people: [],
  conflict: [],
  sideTab: 'inspector',
  bottomTab: 'problems',
  dialog: null,
  set: (change) => set(change),
}));

/** The desk at this instant, outside of components. */
export const desk = (): DeskStore => useDesk.getState();

/** Changes the desk. */
export const setDesk = (change: Partial<Omit<DeskStore, 'set'>>): void => useDesk.setState(change);

/** The plan as the log and the waiting operations make it, without strokes and pending selections. */
export function settledPlan(): Assignment | null {
  const { sync, fixed } = desk();
  return sync ? sync.view.assignment : fixed;
}

/** `No. 7` of a zone for sentences and labels. */
export const zoneNumber = (zoneId: ZoneId | number | null): string =>
  zoneId === null || zoneId === 0 ? '—' : String(desk().zones.get(zoneId as ZoneId)?.number ?? zoneId);

/** True while the opened edition is a draft that this planner may change now. */
export function mayEdit(personId: number | null): boolean {
  const { detail, sync, busy } = desk();
  if (!detail || !sync || busy || detail.edition.status !== 'draft' || detail.edition.discarded) return false;
  const sole = detail.draft?.soleEditor ?? null;
  return sole === null || sole === personId;
}
