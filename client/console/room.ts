import { create } from 'zustand';
import type { TownShapes } from '../map/town-shapes.ts';

/** Name of a matter in both languages. */
export interface MatterName {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

/** Panels that F6 walks through, in order. */
export const panels = ['queue', 'map', 'detail', 'units', 'commandLine'] as const;
export type Panel = (typeof panels)[number];

interface RoomStore {
  readonly town: TownShapes | null;
  /** True while the town's data are made up: a permanent mark says so. */
  readonly synthetic: boolean;
  readonly matters: ReadonlyMap<string, MatterName>;
  /** The row under the cursor of the queue. */
  readonly cursor: number | null;
  /** The incident that the detail shows. */
  readonly opened: number | null;
  readonly selectedTeam: number | null;
  readonly keySheetShown: boolean;
  set: (change: Partial<Omit<RoomStore, 'set'>>) => void;
}

/** What this dispatcher looks at; nothing of it is known to the server. */
export const useRoom = create<RoomStore>()((set) => ({
  town: null,
  synthetic: false,
  matters: new Map(),
  cursor: null,
  opened: null,
  selectedTeam: null,
  keySheetShown: false,
  set: (change) => set(change),
}));

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
