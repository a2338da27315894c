import { dispatchKinds, type DispatchKind } from '../../contract/dispatch-codes.ts';
import { type Choice, type TeamState } from './command.ts';

/** A word of the line: `start` and `end` in the line as typed, `word` folded for comparison. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly word: string;
}

/** Folds full-width letters, digits and punctuation (NFKC) and case; only command words and slots are folded. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Words of the line from `from` on, split at any white space, the ideographic space included. */
export function tokensOf(line: string, from = 0): Token[] {
  return [...line.slice(from).matchAll(/\S+/gu)].map((found) => {
    const start = from + found.index;
    const raw = found[0];
    return { start, end: start + raw.length, raw, word: fold(raw) };
  });
}

/** Number and code spelled alike: `03` as `3`, `g042` as `g42`. */
export const plain = (word: string): string => fold(word).replace(/^(g?)0+(?=\d)/u, '$1');

/** The number of a team may carry its noun: `3队`. */
export const teamWord = (word: string): string => word.replace(/^(\d+)队$/u, '$1');

const spellings = (choice: Choice): string[] => [choice.key, ...choice.words].map(plain);

export type Chosen =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly many: boolean; readonly candidates: readonly string[] };

/**
 * The one choice that a word names. A whole word wins over a beginning; a beginning counts when it has two letters or
 * more, is no number, and names one choice alone. Two choices are refused with both named, never guessed.
 */
export function choose(choices: readonly Choice[], typed: string, beginnings: boolean): Chosen {
  const word = plain(typed);
  const exact = choices.filter((choice) => spellings(choice).includes(word));
  const near = word.length < 2 || /^\d+$/u.test(word) ? [] : choices.filter((c) => startsWith(c, word));
  const named = exact.length > 0 || !beginnings ? exact : near;
  const [only, second] = named;
  if (only && !second) return { ok: true, key: only.key };
  const candidates = (named.length > 0 ? named : near).slice(0, 9).map((choice) => choice.key);
  return { ok: false, many: named.length > 1, candidates };
}

/** True when some spelling of the choice begins with the word (folded). */
export function startsWith(choice: Choice, word: string): boolean {
  return spellings(choice).some((spelling) => spelling.startsWith(word));
}

/** States of a team as typed; the first word of each is the one that is written back. */
export const stateWords: Readonly<Record<TeamState, readonly string[]>> = {
  available: ['av', 'available', '待命', '可派'],
  out_of_service: ['oos', '停勤', '停用'],
  break: ['brk', 'break', '休息', '用餐'],
  paperwork: ['pap', 'paperwork', '文书'],
  vehicle: ['veh', 'vehicle', '车辆'],
  training: ['trn', 'training', '培训'],
  other: ['oth', 'other', '其他'],
};

/** Tasks as typed; the first word of each is the one that is written back. */
export const taskWords: Readonly<Record<DispatchKind, readonly string[]>> = {
  handle: ['hdl', 'handle', '处置'],
  verify: ['vfy', 'verify', '核实'],
  secure: ['sec', 'secure', '现场守护', '守护'],
  dissuade: ['dis', 'dissuade', '劝阻'],
  collect: ['col', 'collect', '采集'],
  serve: ['srv', 'serve', '送达'],
  assist: ['ast', 'assist', '支援'],
  coerce: ['coe', 'coerce', '强制措施', '强制'],
};

/** The tasks as choices of a slot. */
export const taskChoices: readonly (Choice & { readonly key: DispatchKind })[] = dispatchKinds.map((key) => ({
  key,
  label: taskWords[key].at(-1) ?? key,
  words: taskWords[key],
}));

/** The states as choices of a slot. */
export const stateChoices: readonly (Choice & { readonly key: TeamState })[] = (
  ['available', 'out_of_service', 'break', 'paperwork', 'vehicle', 'training', 'other'] as const
).map((key) => ({ key, label: stateWords[key].at(-1) ?? key, words: stateWords[key] }));
