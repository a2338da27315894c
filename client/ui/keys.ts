/**
 * The key layer: physical keys (`event.code`) to acts, silent while somebody writes.
 *
 * Why `keyCode === 229` beside `isComposing`: Safari sends the Enter that commits a Chinese composition
 * after compositionend, with isComposing false and 229. Without the rule that Enter would open an incident.
 */

/** What the layer reads of a KeyboardEvent. */
export interface KeyStroke {
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly defaultPrevented: boolean;
  readonly target: unknown;
}

/** Acts of the console that a key may start; their labels stand in words, `keys`. */
export const keyActs = [
  'commandLine',
  'newIncident',
  'nextRow',
  'previousRow',
  'open',
  'preview',
  'assign1',
  'assign2',
  'assign3',
  'assign4',
  'assign5',
  'verify',
  'file',
  'place',
  'check',
  'rework',
  'reject',
  'hold',
  'swap',
  'focusMap',
  'focusUnits',
  'focusQueue',
  'showVerify',
  'showCheck',
  'operations',
  'files',
  'flyToCell',
  'merge',
  'acknowledge',
  'undo',
  'redo',
  'keySheet',
  'back',
  'nextPanel',
] as const;
export type KeyAct = (typeof keyActs)[number];

/** Chords by act, e.g. `Ctrl+KeyZ`; an empty list switches the act off. */
export type KeyMap = Readonly<Record<KeyAct, readonly string[]>>;

export const defaultKeyMap: KeyMap = {
  commandLine: ['Slash', 'Semicolon'],
  newIncident: ['KeyN'],
  nextRow: ['KeyJ', 'ArrowDown'],
  previousRow: ['KeyK', 'ArrowUp'],
  open: ['Enter', 'NumpadEnter'],
  preview: ['Space'],
  assign1: ['Digit1', 'Numpad1'],
  assign2: ['Digit2', 'Numpad2'],
  assign3: ['Digit3', 'Numpad3'],
  assign4: ['Digit4', 'Numpad4'],
  assign5: ['Digit5', 'Numpad5'],
  verify: ['KeyV'],
  file: ['KeyF'],
  place: ['KeyP'],
  check: ['KeyC'],
  rework: ['KeyW'],
  reject: ['KeyX'],
  hold: ['KeyH'],
  swap: ['KeyB'],
  focusMap: ['KeyM'],
  focusUnits: ['KeyU'],
  focusQueue: ['KeyQ'],
  showVerify: ['Shift+KeyV'],
  showCheck: ['Shift+KeyC'],
  operations: ['KeyO'],
  files: ['KeyL'],
  flyToCell: ['KeyG'],
  merge: ['Equal', 'NumpadEqual'],
  acknowledge: ['KeyA'],
  undo: ['Ctrl+KeyZ'],
  redo: ['Ctrl+KeyY'],
  keySheet: ['Shift+Slash'],
  back: ['Escape'],
  nextPanel: ['F6'],
};

/** A person's own choices (WCAG 2.1.4): single keys off altogether, or acts on other chords. */
export interface KeyChoices {
  readonly singleKeys: boolean;
  readonly remapped: Partial<KeyMap>;
}
export const defaultKeyChoices: KeyChoices = { singleKeys: true, remapped: {} };

/** Chords that a browser keeps for itself; remapping to one is refused. */
export const reservedChords: readonly string[] = ['Ctrl+KeyN', 'Ctrl+KeyT', 'Ctrl+KeyW'];

const writing =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"], [aria-expanded="true"][aria-haspopup="listbox"]';
const operable =
  'button, a[href], summary, [role="button"], [role="tab"], [role="menuitem"], [role="separator"], [role="slider"], [role="switch"], [role="dialog"]';
/** Keys that belong to the widget in focus before they belong to the console. */
const widgetKeys = new Set(['Enter', 'NumpadEnter', 'Space', 'ArrowDown', 'ArrowUp', 'Escape']);
/** Harmless in a text field, and wanted there: leaves the field for the next panel. */
const alsoWhileWriting = new Set<KeyAct>(['nextPanel']);

/** The stroke as a chord; Command counts as Ctrl. */
export function chordOf(stroke: KeyStroke): string {
  const ctrl = stroke.ctrlKey || stroke.metaKey ? 'Ctrl+' : '';
  return `${ctrl}${stroke.altKey ? 'Alt+' : ''}${stroke.shiftKey ? 'Shift+' : ''}${stroke.code}`;
}

/** True when the stroke belongs to an input method that is still composing. */
export function isComposition(stroke: KeyStroke): boolean {
  return stroke.isComposing || stroke.keyCode === 229;
}

/** The act that a stroke asks for, or null. Pure: the caller prevents the default and does it. */
export function actOf(stroke: KeyStroke, choices: KeyChoices = defaultKeyChoices): KeyAct | null {
  if (isComposition(stroke) || stroke.defaultPrevented) return null;
  const chord = chordOf(stroke);
  const act = keyActs.find((act) => (choices.remapped[act] ?? defaultKeyMap[act]).includes(chord));
  if (!act) return null;
  const single = !/^(?:Ctrl|Alt)\+|^F\d|^Escape$|^(?:Numpad)?Enter$|^Arrow/.test(chord);
  if (single && !choices.singleKeys) return null;
  if (inside(stroke.target, writing) && !alsoWhileWriting.has(act)) return null;
  if (widgetKeys.has(stroke.code) && inside(stroke.target, operable)) return null;
  return act;
}

/** Listens on `target` until the returned function is called. `act` answers whether it used the key. */
export function listenForKeys(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'>,
  choices: () => KeyChoices,
  act: (act: KeyAct) => boolean,
): () => void {
  const listener = (event: KeyboardEvent) => {
    const wanted = actOf(event, choices());
    if (wanted && act(wanted)) event.preventDefault();
  };
  target.addEventListener('keydown', listener);
  return () => target.removeEventListener('keydown', listener);
}

/** Why a chord cannot be given to an act, or null when it can. */
export function chordTaken(chord: string, act: KeyAct, choices: KeyChoices): 'reserved' | KeyAct | null {
  if (reservedChords.includes(chord)) return 'reserved';
  return (
    keyActs.find(
      (other) => other !== act && (choices.remapped[other] ?? defaultKeyMap[other]).includes(chord),
    ) ?? null
  );
}

function inside(target: unknown, selector: string): boolean {
  const element = target as { closest?: (selector: string) => unknown } | null;
  return typeof element?.closest === 'function' && Boolean(element.closest(selector));
}
