import { expect, test } from 'vitest';
import { askedFor, studioActs, studioKeys } from '../../../client/studio/keys.ts';
import { reservedChords, type KeyStroke } from '../../../client/ui/keys.ts';
import { en } from '../../../client/words/en.ts';
import { zhCN } from '../../../client/words/zh-CN.ts';
import { planProblems } from '../../../shared/contract/planning-codes.ts';

const stroke = (code: string, more: Partial<KeyStroke> = {}): KeyStroke => ({
  code,
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  defaultPrevented: false,
  target: null,
  ...more,
});
const on = { singleKeys: true, remapped: {} };
const inside = (tag: string) => ({ closest: (selector: string) => (selector.includes(tag) ? {} : null) });

test('each tool and act has its key, none twice, none that the browser keeps', () => {
  const chords = studioActs.flatMap((act) => studioKeys[act]);
  expect(new Set(chords).size).toBe(chords.length);
  expect(chords.filter((chord) => reservedChords.includes(chord))).toEqual([]);
  expect(askedFor(stroke('KeyB'), on)).toBe('brush');
  expect(askedFor(stroke('KeyM', { shiftKey: true }), on)).toBe('halveZone');
  expect(askedFor(stroke('KeyZ', { ctrlKey: true }), on)).toBe('undo');
  expect(askedFor(stroke('Digit7'), on)).toBe(7);
  expect(askedFor(stroke('Numpad3'), on)).toBe(3);
});

test('an input method, a text field and the switch for single keys silence them', () => {
  expect(askedFor(stroke('KeyB', { isComposing: true }), on)).toBeNull();
  expect(askedFor(stroke('KeyB', { keyCode: 229 }), on)).toBeNull();
  expect(askedFor(stroke('KeyB', { target: inside('textarea') }), on)).toBeNull();
  expect(askedFor(stroke('Digit7', { target: inside('textarea') }), on)).toBeNull();
  expect(askedFor(stroke('KeyB'), { singleKeys: false, remapped: {} })).toBeNull();
  expect(askedFor(stroke('KeyZ', { ctrlKey: true }), { singleKeys: false, remapped: {} })).toBe('undo');
});

test('Enter on a button presses the button', () => {
  expect(askedFor(stroke('Enter', { target: inside('button') }), on)).toBeNull();
  expect(askedFor(stroke('Enter'), on)).toBe('takeCell');
});

test('every act and every problem has its sentence in both languages', () => {
  for (const words of [zhCN, en]) {
    expect(Object.keys(words.studio.keys.acts).toSorted()).toEqual([...studioActs].toSorted());
    expect(Object.keys(words.studio.problems.sentences).toSorted()).toEqual(
      Object.keys(planProblems).toSorted(),
    );
  }
});
