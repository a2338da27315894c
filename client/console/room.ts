import { create } from 'zustand';
import type { LngLat } from '../../shared/contract/geo.ts';
import type { TownShapes } from '../map/town-shapes.ts';
import type { CardWish } from '../live/card.ts';
import type { Coverage } from './coverage.ts';
import { noFilter, type QueueFilter } from './queue-filter.ts';

/** Name of a matter in both languages, and the priority that it has by itself. */
export interface MatterName {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly priority?: number;
}

/** Somebody else was faster: who, when (server's clock), with which team. */
export interface Taken {
  readonly by: string | null;
  readonly atMs: number;
  readonly team: string;
}

/** Panels that F6 walks through, in order. */
export const panels = ['queue', 'map', 'detail', 'units', 'commandLine'] as const;
export type Panel = (typeof panels)[number];

/** A form that stands open below the acts of the opened incident. */
export type OpenForm =
  | 'hold'
  | 'resume'
  | 'recall'
  | 'escalate'
  | 'priority'
  | 'reject'
  | 'file'
  | 'place'
  | 'close'
  | 'reopen'
  | 'reassign'
  | 'needs'
  | 'rework'
  | 'extend'
  | 'transfer';

/** A choice against the ranking that waits for its reason. */
export interface Overriding {
  readonly incidentId: number;
  readonly teamId: number;
  readonly team: string;
}

/** What the card of teams is asked for, and who was named to answer for auxiliaries. */
interface Wish extends CardWish {
  readonly supervisorId: number | null;
}

interface RoomStore {
  readonly town: TownShapes | null;
  /** True while the town's data are made up: a permanent mark says so. */
  readonly synthetic: boolean;
  readonly matters: ReadonlyMap<string, MatterName>;
  readonly filter: QueueFilter;
  /** The row under the cursor of the queue. */
  readonly cursor: number | null;
  /** The incident that the detail shows. */
  readonly opened: number | null;
  readonly form: OpenForm | null;
  readonly overriding: Overriding | null;
  /** What the card of teams is asked for. */
  readonly wish: Wish;
  readonly selectedTeam: number | null;
  /** The detail shows the form of a new incident. */
  readonly drafting: boolean;
  readonly draftPoint: LngLat | null;
  /** The way of a team in the last half hour, asked for with a purpose. */
  readonly trail: { readonly teamId: number; readonly points: readonly LngLat[] } | null;
  /** Corners of a way that is being measured; null while nobody measures. */
  readonly measure: readonly LngLat[] | null;
  /** What would be left if a team went, as asked for. */
  readonly coverage: Coverage | null;
  /** Incidents that somebody else took first, for a moment. */
  readonly taken: ReadonlyMap<number, Taken>;
  readonly keySheetShown: boolean;
  /** The list of joint operations stands open; with a number its form, about that incident. */
  readonly operationsShown: boolean;
  /** The person pressed "start shift", so sounds may play. */
  readonly onShift: boolean;
  set: (change: Partial<Omit<RoomStore, 'set'>>) => void;
}

/** The lead's team, for the task that the incident says. */
export const usualWish: Wish = { line: 0, kind: null, supervisorId: null };

/** A screen at which nobody has chosen anything. */
const untouched = {
  filter: noFilter,
  cursor: null,
  opened: null,
  form: null,
  overriding: null,
  wish: usualWish,
  selectedTeam: null,
  drafting: false,
  draftPoint: null,
  trail: null,
  measure: null,
  coverage: null,
  taken: new Map<number, Taken>(),
  keySheetShown: false,
  operationsShown: false,
  onShift: false,
} as const;

/** What this dispatcher looks at; nothing of it is known to the server. */
export const useRoom = create<RoomStore>()((set) => ({
  ...untouched,
  town: null,
  synthetic: false,
  matters: new Map(),
  set: (change) => set(change),
}));

/** Somebody else sits down: an open form, a filter or a trail that was asked for are the one's before. */
export const leaveRoom = (): void => useRoom.setState(untouched);

/** Opens an incident in the detail; half-filled forms of another one are closed. */
export function openIncident(id: number | null): void {
  const { opened, set } = useRoom.getState();
  set({
    opened: id,
    drafting: false,
    draftPoint: null,
    ...(id !== null && { cursor: id }),
    ...(id !== opened && { form: null, overriding: null, wish: usualWish }),
  });
}

/** Opens the form of a new incident, at a place when there is one. */
export function openDraft(point: LngLat | null): void {
  useRoom.getState().set({ drafting: true, draftPoint: point, form: null, overriding: null });
}

const takenMs = 15_000;

/** Shows for a moment that somebody else took an incident. */
export function showTaken(incidentId: number, taken: Taken): void {
  const change = (map: Map<number, Taken>) => useRoom.getState().set({ taken: map });
  change(new Map(useRoom.getState().taken).set(incidentId, taken));
  setTimeout(() => {
    const rest = new Map(useRoom.getState().taken);
    if (rest.get(incidentId) === taken) rest.delete(incidentId);
    change(rest);
  }, takenMs);
}

/** Moves the focus into a panel. */
export function focusPanel(panel: Panel): void {
  const element = document.querySelector<HTMLElement>(`[data-panel="${panel}"]`);
  const inner = element?.querySelector<HTMLElement>('[data-panel-focus]');
  (inner ?? element)?.focus();
}

/** The panel that holds the focus, or null. */
export function focusedPanel(): Panel | null {
  const name = document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset['panel'];
  return panels.find((panel) => panel === name) ?? null;
}
