import { chordOf, isComposition, type KeyChoices, type KeyStroke } from '../ui/keys.ts';

/** Acts of the studio that a key may start; their labels stand in words, `studio.keys.acts`. */
export const studioActs = [
  'select',
  'brush',
  'smaller',
  'larger',
  'rectangle',
  'lasso',
  'village',
  'cut',
  'joinCells',
  'border',
  'joinZones',
  'halveZone',
  'exchangeZones',
  'takeZone',
  'lock',
  'lockAll',
  'accept',
  'reject',
  'fillPocket',
  'nextProblem',
  'compare',
  'undo',
  'redo',
  'takeCell',
  'back',
  'nextPanel',
  'keySheet',
] as const;
export type StudioAct = (typeof studioActs)[number];

/** Chords by act; letters and digits are physical keys, so that they work under any input method. */
export const studioKeys: Readonly<Record<StudioAct, readonly string[]>> = {
  select: ['KeyV'],
  brush: ['KeyB'],
  smaller: ['BracketLeft'],
  larger: ['BracketRight'],
  rectangle: ['KeyR'],
  lasso: ['KeyL'],
  village: ['KeyW'],
  cut: ['KeyS'],
  joinCells: ['Shift+KeyS'],
  border: ['KeyE'],
  joinZones: ['KeyM'],
  halveZone: ['Shift+KeyM'],
  exchangeZones: ['KeyG'],
  takeZone: ['KeyT'],
  lock: ['KeyX'],
  lockAll: ['Shift+KeyX'],
  accept: ['KeyA'],
  reject: ['Backspace'],
  fillPocket: ['KeyF'],
  nextProblem: ['KeyN'],
  compare: ['KeyC'],
  undo: ['Ctrl+KeyZ'],
  redo: ['Ctrl+KeyY', 'Ctrl+Shift+KeyZ'],
  takeCell: ['Enter', 'NumpadEnter'],
  back: ['Escape'],
  nextPanel: ['F6'],
  keySheet: ['Shift+Slash'],
};

const writing =
  'input:not([type="checkbox"]):not([type="radio"]):not([type="range"]), textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="dialog"]';
const operable =
  'button, a[href], summary, [role="button"], [role="tab"], [role="slider"], input, [role="separator"]';
const widgetKeys = new Set([
  'Enter',
  'NumpadEnter',
  'Space',
  'Escape',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
]);

const inside = (target: unknown, selector: string): boolean => {
  const element = target as { closest?: (selector: string) => unknown } | null;
  return typeof element?.closest === 'function' && Boolean(element.closest(selector));
};

/** What a stroke asks for: an act, a digit of a zone's number, or nothing. Pure. */
export function askedFor(stroke: KeyStroke, choices: KeyChoices): StudioAct | number | null {
  if (isComposition(stroke) || stroke.defaultPrevented) return null;
  const chord = chordOf(stroke);
  const act = studioActs.find((one) => studioKeys[one].includes(chord)) ?? null;
  if (act === 'nextPanel') return act;
  if (inside(stroke.target, writing)) return null;
  if (widgetKeys.has(stroke.code) && inside(stroke.target, operable)) return null;
  const single = !/^(?:Ctrl|Alt)\+|^F\d|^Escape$|^(?:Numpad)?Enter$|^Backspace$/.test(chord);
  if (single && !choices.singleKeys) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(chord);
  return digit ? Number(digit[1]) : act;
}
