import type { UnitStatus } from '../../shared/contract/frame.ts';

/** The two grounds of the console and studio. */
export type ThemeName = 'dark' | 'light';

/** Neutral surfaces and lines of one theme; text and muted hold 4.5:1 on each surface. */
export interface Surfaces {
  readonly ground: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  /** Borders of controls: 3:1 on the ground. */
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  readonly focus: string;
}

/** Every colour that carries meaning. Nothing else in the client may write one down. */
export interface Tokens {
  readonly surface: Surfaces;
  readonly status: Readonly<Record<UnitStatus, string>>;
  readonly deadline: { readonly calm: string; readonly soon: string; readonly late: string };
  /** Index 1..5; the shape and the number say it too. */
  readonly priority: Readonly<Record<1 | 2 | 3 | 4 | 5, string>>;
  /** Text and marks drawn on a filled token. */
  readonly ink: string;
  readonly map: {
    readonly land: string;
    readonly cellLine: string;
    readonly road: string;
    readonly water: string;
    /** Motorway and railway. */
    readonly barrier: string;
    readonly label: string;
    readonly labelHalo: string;
    /** Outlines of neighbouring zones, cycled by number; identity is the number label. */
    readonly zones: readonly string[];
  };
}

/*
 * The status sets were searched so that any two stay CIEDE2000 >= 21 apart for normal, protan, deutan and
 * tritan sight, and each holds 4.5:1 on its ground. The margin is 0.14: test/client/tokens.test.ts guards it.
 */
export const tokens: Readonly<Record<ThemeName, Tokens>> = {
  dark: {
    surface: {
      ground: '#10151C',
      panel: '#161D27',
      raised: '#1E2733',
      line: '#2E3A48',
      edge: '#6B7889',
      text: '#E6EBF2',
      muted: '#A9B4C2',
      focus: '#8CCBFF',
    },
    status: {
      available: '#03FFC9',
      assigned: '#FFBA0B',
      en_route: '#178AFF',
      on_scene: '#DECDFC',
      off_duty: '#7C7E86',
      emergency: '#DC4E43',
    },
    deadline: { calm: '#A9B4C2', soon: '#FFBA0B', late: '#DC4E43' },
    priority: { 1: '#DC4E43', 2: '#FFBA0B', 3: '#E6EBF2', 4: '#A9B4C2', 5: '#A9B4C2' },
    ink: '#0B0F14',
    map: {
      land: '#131A22',
      cellLine: '#33404F',
      road: '#4A5868',
      water: '#16283A',
      barrier: '#3A3F55',
      label: '#C6D0DC',
      labelHalo: '#10151C',
      zones: ['#6FA8DC', '#C9A66B', '#8FBF8F', '#B79AD0', '#D08F8F', '#7FBFBF'],
    },
  },
  light: {
    surface: {
      ground: '#FFFFFF',
      panel: '#F6F8FA',
      raised: '#ECF0F4',
      line: '#CBD3DC',
      edge: '#76828F',
      text: '#131A22',
      muted: '#4A5663',
      focus: '#0B5CAD',
    },
    status: {
      available: '#0F847F',
      assigned: '#84761C',
      en_route: '#2A3F6F',
      on_scene: '#B900FF',
      off_duty: '#121317',
      emergency: '#672006',
    },
    deadline: { calm: '#4A5663', soon: '#84761C', late: '#672006' },
    priority: { 1: '#672006', 2: '#84761C', 3: '#131A22', 4: '#4A5663', 5: '#4A5663' },
    ink: '#FFFFFF',
    map: {
      land: '#FAFBFC',
      cellLine: '#C3CCD6',
      road: '#A4AFBB',
      water: '#D5E5F3',
      barrier: '#BDB7C9',
      label: '#2A3441',
      labelHalo: '#FFFFFF',
      zones: ['#2F6DA8', '#8A6420', '#3C7A3C', '#70489A', '#9A4343', '#2C7A7A'],
    },
  },
};

/** CSS custom properties of one theme, e.g. `--status-en-route`, `--surface-ground`. */
export function cssVariables(name: ThemeName): Record<string, string> {
  const { surface, status, deadline, priority, ink } = tokens[name];
  const groups = { surface, status, deadline, priority };
  const entries = Object.entries(groups).flatMap(([group, colours]) =>
    Object.entries(colours).map(([key, colour]): [string, string] => [
      `--${group}-${key.replaceAll('_', '-')}`,
      colour as string,
    ]),
  );
  return Object.fromEntries([...entries, ['--ink', ink]]);
}
