import type { DispatchKind } from '../../contract/dispatch-codes.ts';
import type { Priority } from '../../contract/incidents.ts';
import type { UnavailableReason } from '../../contract/teams.ts';

/** How long a hold lasts: minutes from now, or until a time of day (today, else tomorrow; the town's clock). */
export type Duration =
  | { readonly kind: 'minutes'; readonly minutes: number }
  | { readonly kind: 'until'; readonly hour: number; readonly minute: number };

/** What a team says of itself: at work, or away and why. */
export type TeamState = 'available' | UnavailableReason;

/** What is looked for: a cell, a team, an incident, or plain text. */
export type Query =
  | { readonly kind: 'cell'; readonly cell: string }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'incident'; readonly incident: number }
  | { readonly kind: 'text'; readonly text: string };

/**
 * One line of the dispatcher's command line, parsed. `matter`, `cell` and `team` are the keys of the context's choices,
 * `incident` is a number; free text stands as it was typed, `''` when there is none. The team of a message may be `*`, everybody.
 */
export type Command =
  | {
      readonly kind: 'new';
      readonly matter: string;
      readonly cell: string;
      readonly text: string;
      readonly priority: Priority | null;
    }
  | {
      readonly kind: 'dispatch';
      readonly teams: readonly string[];
      readonly incident: number;
      /** What they are sent for; null: as the incident says. */
      readonly task: DispatchKind | null;
      readonly also: 'nothing' | 'en_route' | 'on_scene';
    }
  | { readonly kind: 'enroute'; readonly team: string }
  | { readonly kind: 'arrive'; readonly team: string }
  | { readonly kind: 'clear'; readonly team: string; readonly disposition: string }
  | { readonly kind: 'hold'; readonly incident: number; readonly duration: Duration; readonly text: string }
  | { readonly kind: 'recall'; readonly incident: number; readonly reason: string }
  | { readonly kind: 'status'; readonly team: string; readonly state: TeamState; readonly text: string }
  | { readonly kind: 'find'; readonly query: Query }
  | { readonly kind: 'note'; readonly incident: number; readonly text: string }
  | { readonly kind: 'message'; readonly team: string; readonly text: string }
  | { readonly kind: 'history'; readonly team: string }
  | { readonly kind: 'help'; readonly word: CommandWord | null };

export const commandWords = [
  'N',
  'D',
  'DE',
  'DO',
  'EN',
  'A',
  'C',
  'H',
  'R',
  'S',
  'F',
  'T',
  'MSG',
  'UH',
  '?',
] as const;
export type CommandWord = (typeof commandWords)[number];

export type Slot =
  | 'command'
  | 'matter'
  | 'grid'
  | 'team'
  | 'incident'
  | 'priority'
  | 'duration'
  | 'state'
  | 'query'
  | 'text'
  | 'task'
  | 'word';

/** Slots of each command in their order, for completion and for the key sheet; a trailing `?` marks an optional one. */
export const commandSlots: Readonly<Record<CommandWord, readonly `${Slot}${'' | '?'}`[]>> = {
  N: ['matter', 'grid', 'text?', 'priority?'],
  D: ['team', 'incident', 'task?'],
  DE: ['team', 'incident', 'task?'],
  DO: ['team', 'incident', 'task?'],
  EN: ['team'],
  A: ['team'],
  C: ['team', 'text?'],
  H: ['incident', 'duration', 'text?'],
  R: ['incident', 'text?'],
  S: ['team', 'state', 'text?'],
  F: ['query'],
  T: ['incident', 'text'],
  MSG: ['team', 'text'],
  UH: ['team'],
  '?': ['word?'],
};

/** One thing that a slot may name: `words` are its number, code, name, pinyin initials and full pinyin. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly words: readonly string[];
}

/** What exists at this moment; the words of a choice are precomputed by its owner. */
export interface CommandContext {
  readonly matters: readonly Choice[];
  readonly cells: readonly Choice[];
  readonly teams: readonly Choice[];
  /** Open incidents, for completion only: `key` is the number in digits. */
  readonly incidents?: readonly Choice[];
}

/** Why a line was refused; `start` and `end` (UTF-16, end exclusive) select the wrong slot in the line as typed. */
export interface CommandRefusal {
  readonly code:
    | 'command_missing'
    | 'command_unknown'
    | 'slot_missing'
    | 'slot_unknown'
    | 'slot_ambiguous'
    | 'slot_invalid'
    | 'slot_repeated'
    | 'words_excess';
  readonly slot: Slot;
  readonly start: number;
  readonly end: number;
  /** What the slot might have meant, as words that can be typed. */
  readonly candidates: readonly string[];
}

export type Parsed =
  { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly refusal: CommandRefusal };
