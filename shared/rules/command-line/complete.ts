import { type Choice, type CommandContext, type Slot, commandSlots, commandWords } from './command.ts';
import { commandWordOf } from './parse.ts';
import { fold, plain, startsWith, stateChoices, taskChoices, teamWord, tokensOf } from './words.ts';

/** What Tab may put in: `insert` replaces the line from `start` to `end`. */
export interface Completion {
  readonly slot: Slot;
  readonly start: number;
  readonly end: number;
  readonly choices: readonly { readonly insert: string; readonly label: string }[];
}

const shown = 10;

/** Choices for the word that ends at the caret (UTF-16 offset). An unknown command word completes itself. */
export function completeCommand(line: string, caret: number, context: CommandContext): Completion {
  const typed = line.slice(0, Math.max(0, caret));
  const tokens = tokensOf(typed);
  const [head] = tokens;
  const open = /\S$/u.test(typed) ? tokens.at(-1) : undefined;
  const before = open ? tokens.slice(0, -1) : tokens;
  const start = open?.start ?? typed.length;
  const at = { start, end: typed.length };
  if (!head || before.length === 0)
    return {
      slot: 'command',
      ...at,
      choices: commandWords
        .filter((word) => fold(word).startsWith(head?.word ?? ''))
        .map((word) => ({ insert: word, label: word })),
    };
  const word = commandWordOf(head.word);
  const slots = word ? commandSlots[word] : [];
  // commas join several teams into one slot
  const arguments_ = before.slice(1).filter((token) => !/[,，、]$/u.test(token.raw)).length;
  const slot = (slots[Math.min(arguments_, slots.length - 1)] ?? 'text').replace('?', '') as Slot;
  const comma =
    slot === 'team' && open ? Math.max(...[',', '，', '、'].map((c) => open.raw.lastIndexOf(c))) : -1;
  const from = start + comma + 1;
  const part = fold(line.slice(from, typed.length));
  const choices = choicesOf(slot, context)
    .filter((choice) => startsWith(choice, plain(slot === 'team' ? teamWord(part) : part.replace(/^#/u, ''))))
    .slice(0, shown)
    .map((choice) => ({ insert: choice.key, label: choice.label }));
  return { slot, start: from, end: typed.length, choices };
}

const helpChoices: readonly Choice[] = commandWords.map((word) => ({ key: word, label: word, words: [] }));
const priorityChoices: readonly Choice[] = [1, 2, 3, 4, 5].map((p) => ({
  key: `p${p}`,
  label: `P${p}`,
  words: [],
}));

function choicesOf(slot: Slot, context: CommandContext): readonly Choice[] {
  if (slot === 'matter') return context.matters;
  if (slot === 'grid') return context.cells;
  if (slot === 'team') return context.teams;
  if (slot === 'incident') return context.incidents ?? [];
  if (slot === 'state') return stateChoices;
  if (slot === 'task') return taskChoices;
  if (slot === 'word') return helpChoices;
  if (slot === 'priority') return priorityChoices;
  if (slot === 'query') return [...context.teams, ...context.cells, ...(context.incidents ?? [])];
  return [];
}
