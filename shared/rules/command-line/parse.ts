import {
  type Command,
  type CommandContext,
  type CommandRefusal,
  type CommandWord,
  type Parsed,
  commandWords,
} from './command.ts';
import { SlotReader } from './slots.ts';
import { fold } from './words.ts';

/** The command that a folded word names. */
export const commandWordOf = (word: string): CommandWord | undefined =>
  commandWords.find((known) => fold(known) === word);

/**
 * Reads one line of the command line. Never throws, whatever the text; a refusal names the slot and its place in the
 * line as typed, so that the screen can select it.
 */
export function parseCommand(line: string, context: CommandContext): Parsed {
  const head = /\S+/u.exec(line);
  if (!head) return refused({ code: 'command_missing', slot: 'command', start: 0, end: 0, candidates: [] });
  // `?d` is `? d`
  const end = head.index + (fold(head[0]).startsWith('?') ? 1 : head[0].length);
  const word = commandWordOf(fold(line.slice(head.index, end)));
  if (!word) {
    const candidates = commandWords.filter((known) => fold(known).startsWith(fold(head[0]).slice(0, 1)));
    return refused({ code: 'command_unknown', slot: 'command', start: head.index, end, candidates });
  }
  const slots = new SlotReader(line, end, context);
  const command = readers[word](slots);
  slots.done();
  return slots.refusal ? refused(slots.refusal) : { ok: true, command };
}

const refused = (refusal: CommandRefusal): Parsed => ({ ok: false, refusal });

const dispatch =
  (also: 'nothing' | 'en_route' | 'on_scene') =>
  (slots: SlotReader): Command => {
    const task = slots.trailingTask();
    return { kind: 'dispatch', teams: slots.teams(), incident: slots.incident(), task, also };
  };

/** Slots are read in the order in which the properties are written. */
const readers: Readonly<Record<CommandWord, (slots: SlotReader) => Command>> = {
  N: (slots) => {
    const matter = slots.matter();
    const cell = slots.cell();
    const priority = slots.trailingPriority();
    return { kind: 'new', matter, cell, text: slots.text(false), priority };
  },
  D: dispatch('nothing'),
  DE: dispatch('en_route'),
  DO: dispatch('on_scene'),
  EN: (slots) => ({ kind: 'enroute', team: slots.team() }),
  A: (slots) => ({ kind: 'arrive', team: slots.team() }),
  C: (slots) => ({ kind: 'clear', team: slots.team(), disposition: slots.text(false) }),
  H: (slots) => ({
    kind: 'hold',
    incident: slots.incident(),
    duration: slots.duration(),
    text: slots.text(false),
  }),
  R: (slots) => ({ kind: 'recall', incident: slots.incident(), reason: slots.text(false) }),
  S: (slots) => ({ kind: 'status', team: slots.team(), state: slots.state(), text: slots.text(false) }),
  F: (slots) => ({ kind: 'find', query: slots.query() }),
  T: (slots) => ({ kind: 'note', incident: slots.incident(), text: slots.text(true) }),
  MSG: (slots) => ({ kind: 'message', team: slots.teamOrAll(), text: slots.text(true) }),
  UH: (slots) => ({ kind: 'history', team: slots.team() }),
  '?': (slots) => {
    const token = slots.word();
    const word = token ? commandWordOf(token.word) : undefined;
    if (token && !word) slots.refuse('slot_unknown', 'word', token.start, token.end, commandWords);
    return { kind: 'help', word: word ?? null };
  },
};
