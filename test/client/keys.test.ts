import { expect, test } from 'vitest';
import {
  actOf,
  chordTaken,
  defaultKeyChoices,
  defaultKeyMap,
  keyActs,
  listenForKeys,
  reservedChords,
  type KeyStroke,
} from '../../client/ui/keys.ts';

const page = { closest: () => null };
const field = { closest: (selector: string) => (selector.includes('textarea') ? field : null) };
const button = { closest: (selector: string) => (selector.startsWith('button') ? button : null) };

const stroke = (code: string, change: Partial<KeyStroke> = {}): KeyStroke => ({
  code,
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  defaultPrevented: false,
  target: page,
  ...change,
});

test('keys are physical and mean one act each', () => {
  expect(actOf(stroke('KeyN'))).toBe('newIncident');
  expect(actOf(stroke('Slash'))).toBe('commandLine');
  expect(actOf(stroke('Slash', { shiftKey: true }))).toBe('keySheet');
  expect(actOf(stroke('KeyZ', { ctrlKey: true }))).toBe('undo');
  expect(actOf(stroke('KeyZ', { metaKey: true }))).toBe('undo');
  expect(actOf(stroke('KeyZ'))).toBeNull();
  const chords = keyActs.flatMap((act) => defaultKeyMap[act]);
  expect(new Set(chords).size).toBe(chords.length);
  expect(chords.filter((chord) => reservedChords.includes(chord))).toEqual([]);
});

test('nothing happens while somebody writes, but F6 leaves the field', () => {
  expect(actOf(stroke('KeyN', { target: field }))).toBeNull();
  expect(actOf(stroke('Digit1', { target: field }))).toBeNull();
  expect(actOf(stroke('KeyZ', { ctrlKey: true, target: field }))).toBeNull();
  expect(actOf(stroke('F6', { target: field }))).toBe('nextPanel');
  expect(actOf(stroke('F6', { target: field, isComposing: true }))).toBeNull();
});

test('Enter and Space belong to the button in focus, letters to the console', () => {
  expect(actOf(stroke('Enter', { target: button }))).toBeNull();
  expect(actOf(stroke('Space', { target: button }))).toBeNull();
  expect(actOf(stroke('KeyJ', { target: button }))).toBe('nextRow');
});

/** What Safari sends when "xfd" is composed and committed by Enter outside a text field (a focused queue). */
const composition: KeyStroke[] = [
  stroke('KeyX', { keyCode: 229, isComposing: false }),
  stroke('KeyH', { keyCode: 229, isComposing: true }),
  stroke('Digit1', { keyCode: 229, isComposing: true }),
  stroke('Enter', { keyCode: 229, isComposing: false }),
];

test('a composition starts no act, also with the Enter that commits it', () => {
  expect(composition.map((s) => actOf(s))).toEqual([null, null, null, null]);
  expect(actOf(stroke('Enter', { keyCode: 13 }))).toBe('open');
});

test('control: without the 229 rule the committing Enter and the candidate digit would act', () => {
  const without229 = composition.map((s) => actOf({ ...s, keyCode: 0 }));
  expect(without229[3]).toBe('open');
  const withoutBoth = composition.map((s) => actOf({ ...s, keyCode: 0, isComposing: false }));
  expect(withoutBoth).toEqual(['reject', 'hold', 'assign1', 'open']);
});

test('single keys can be switched off and acts moved', () => {
  const off = { ...defaultKeyChoices, singleKeys: false };
  expect(actOf(stroke('KeyN'), off)).toBeNull();
  expect(actOf(stroke('Slash', { shiftKey: true }), off)).toBeNull();
  expect(actOf(stroke('F6'), off)).toBe('nextPanel');
  expect(actOf(stroke('KeyZ', { ctrlKey: true }), off)).toBe('undo');
  const moved = { singleKeys: true, remapped: { newIncident: ['Alt+KeyN'], hold: [] } };
  expect(actOf(stroke('KeyN'), moved)).toBeNull();
  expect(actOf(stroke('KeyN', { altKey: true }), moved)).toBe('newIncident');
  expect(actOf(stroke('KeyH'), moved)).toBeNull();
  expect(chordTaken('Ctrl+KeyW', 'hold', moved)).toBe('reserved');
  expect(chordTaken('KeyJ', 'hold', moved)).toBe('nextRow');
  expect(chordTaken('KeyN', 'hold', moved)).toBeNull();
});

test('the listener prevents the default only of keys that were used', () => {
  const bus = new EventTarget();
  const seen: string[] = [];
  const stop = listenForKeys(
    bus,
    () => defaultKeyChoices,
    (act) => {
      seen.push(act);
      return act !== 'swap';
    },
  );
  const press = (code: string) => {
    const event = Object.assign(new Event('keydown', { cancelable: true }), {
      code,
      keyCode: 0,
      isComposing: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
    });
    bus.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect([press('KeyN'), press('KeyB'), press('KeyY')]).toEqual([true, false, false]);
  stop();
  press('KeyN');
  expect(seen).toEqual(['newIncident', 'swap']);
});
