import type { ThemeName } from '../../ui/tokens.ts';

/**
 * Fills of zones on the planner's map. Searched so that any two, laid over the land with `fillOpacity`, stay CIEDE2000
 * 15 apart for normal, protan, deutan and tritan sight; test/client/studio/palette.test.ts guards it. Identity is the
 * number in the zone, never the colour alone.
 */
export const zoneFills: Readonly<Record<ThemeName, readonly string[]>> = {
  dark: ['#00edff', '#a29500', '#feea1b', '#c1cfa8', '#1e7761', '#d700e8'],
  light: ['#d0bfab', '#6600ff', '#a5e200', '#475600', '#02d1ff', '#005c60'],
};

/** How strongly a fill covers the land. */
export const fillOpacity = 0.62;

/** Colours of the planners who work in one draft, by their place in the list; the name stands beside it. */
export const plannerColours: Readonly<Record<ThemeName, readonly string[]>> = {
  dark: ['#ff7ab8', '#8fd3ff', '#ffb35c', '#b8f28a'],
  light: ['#a3005c', '#00558a', '#8a4500', '#2f6b00'],
};

/** Gain, loss and "no difference" of the replay map; the signs + and − say it too. */
export const gainColours: Readonly<Record<ThemeName, { readonly gain: string; readonly loss: string }>> = {
  dark: { gain: '#5db8ff', loss: '#ff9d47' },
  light: { gain: '#0b5cad', loss: '#a34700' },
};
