import type { Priority } from '../../contract/incidents.ts';
import type { Choice, CommandContext, CommandRefusal, Duration, Query, Slot, TeamState } from './command.ts';
import type { DispatchKind } from '../../contract/dispatch-codes.ts';
import { type Token, choose, fold, stateChoices, taskChoices, teamWord, tokensOf } from './words.ts';

/** Longest free text of a line, UTF-16 units: the same as the wire takes. */
const textLimit = 2000;
/** A hold ends within a year: 366 days in minutes. */
const minutesLimit = 527_040;
const incidentLimit = 2_147_483_647;

/**
 * Reads the slots of one line from left to right. The first refusal sticks and every later slot is read as empty, so a
 * caller reads all its slots in a row and looks at `refusal` once, at the end.
 */
export class SlotReader {
  refusal: CommandRefusal | undefined;
  private readonly line: string;
  private readonly context: CommandContext;
  private tokens: Token[];

  constructor(line: string, from: number, context: CommandContext) {
    this.line = line;
    this.context = context;
    this.tokens = tokensOf(line, from);
  }

  /** A word of the list of matters, as its code. */
  matter(): string {
    return this.choice('matter', this.context.matters, (token) => token.word, true);
  }

  /** `g042` or the 15 digits, as the key of the cell. */
  cell(): string {
    return this.choice('grid', this.context.cells, (token) => token.word, false);
  }

  team(): string {
    return this.choice('team', this.context.teams, (token) => teamWord(token.word), true);
  }

  /** A team, or `*` for everybody. */
  teamOrAll(): string {
    if (this.tokens[0]?.word !== '*') return this.team();
    this.tokens.shift();
    return '*';
  }

  /** Everything up to the last word, split at commas: `3,5` `3, 5` `3、5`; at least one team, none twice. */
  teams(): string[] {
    const last = this.tokens.pop();
    const first = this.tokens[0] ?? last;
    if (!first || !last) {
      this.missing('team');
      return [];
    }
    const end = this.tokens.at(-1)?.end ?? first.start;
    const keys: string[] = [];
    if (this.tokens.length === 0) {
      // a single word is the team; what lacks is the incident
      this.one('team', this.context.teams, { ...last, word: teamWord(last.word) }, true);
      this.missing('incident');
      return [];
    }
    for (const part of partsOf(this.line, first.start, end)) {
      if (part.word === '') {
        // nothing between commas: the comma is selected
        const comma = Math.max(first.start, part.start - 1);
        this.refuse('slot_missing', 'team', comma, comma + 1);
        continue;
      }
      const key = this.one('team', this.context.teams, { ...part, word: teamWord(part.word) }, true);
      if (keys.includes(key)) this.refuse('slot_repeated', 'team', part.start, part.end, [key]);
      keys.push(key);
    }
    this.tokens = [last];
    return keys;
  }

  /** `1042` or `#1042`. */
  incident(): number {
    const token = this.next('incident');
    if (!token) return 0;
    const digits = /^#?(\d{1,10})$/u.exec(token.word)?.[1];
    const number = Number(digits ?? Number.NaN);
    if (number > 0 && number <= incidentLimit) return number;
    this.refuse('slot_invalid', 'incident', token.start, token.end);
    return 0;
  }

  /** `30m`, `2h`, `until 1830`, `until 18:30`. */
  duration(): Duration {
    const nothing: Duration = { kind: 'minutes', minutes: 0 };
    const token = this.next('duration');
    if (!token) return nothing;
    const span = /^(\d{1,6})([mh])$/u.exec(token.word);
    if (span) {
      const minutes = Number(span[1]) * (span[2] === 'h' ? 60 : 1);
      if (minutes > 0 && minutes <= minutesLimit) return { kind: 'minutes', minutes };
    } else if (token.word === 'until') {
      const time = this.next('duration');
      if (!time) return nothing;
      const clock = /^([01]\d|2[0-3]):?([0-5]\d)$/u.exec(time.word);
      if (clock) return { kind: 'until', hour: Number(clock[1]), minute: Number(clock[2]) };
      this.refuse('slot_invalid', 'duration', time.start, time.end);
      return nothing;
    }
    this.refuse('slot_invalid', 'duration', token.start, token.end, ['30m', '2h', 'until 1830']);
    return nothing;
  }

  state(): TeamState {
    const key = this.choice('state', stateChoices, (token) => token.word, true);
    return stateChoices.find((choice) => choice.key === key)?.key ?? 'other';
  }

  /** The last word when it is `p1` to `p5`; it is taken off the text. */
  trailingPriority(): Priority | null {
    const found = /^p([1-5])$/u.exec(this.tokens.at(-1)?.word ?? '');
    if (!found) return null;
    this.tokens.pop();
    return Number(found[1]) as Priority;
  }

  /** The last word when it is a task and something stands before it; it is taken off. */
  trailingTask(): DispatchKind | null {
    if (this.tokens.length < 3) return null;
    const chosen = choose(taskChoices, this.tokens.at(-1)?.word ?? '', false);
    if (!chosen.ok) return null;
    this.tokens.pop();
    return taskChoices.find(({ key }) => key === chosen.key)!.key;
  }

  /** The rest of the line as typed, without the white space around it. */
  text(needed: boolean): string {
    const [first] = this.tokens;
    const last = this.tokens.at(-1);
    this.tokens = [];
    if (!first || !last) {
      if (needed) this.missing('text');
      return '';
    }
    const text = this.line.slice(first.start, last.end);
    if (text.length > textLimit) this.refuse('slot_invalid', 'text', first.start + textLimit, last.end);
    return text;
  }

  /** One word may be a cell, a team or an incident; digits that are both a team and an incident are refused. */
  query(): Query {
    const [token, second] = this.tokens;
    if (!token) this.missing('query');
    if (!token || second) return { kind: 'text', text: this.text(false) };
    const cell = choose(this.context.cells, token.word, false);
    const team = choose(this.context.teams, teamWord(token.word), false);
    const number = /^#?(\d{1,10})$/u.exec(token.word)?.[1];
    const incident = number && Number(number) > 0 && Number(number) <= incidentLimit ? Number(number) : null;
    if ((!team.ok && team.many) || (!cell.ok && cell.many)) {
      this.refuse('slot_ambiguous', 'query', token.start, token.end, !team.ok ? team.candidates : []);
    } else if (team.ok && incident !== null && !token.word.startsWith('#')) {
      this.refuse('slot_ambiguous', 'query', token.start, token.end, [`${number}队`, `#${incident}`]);
    }
    const text = this.text(false);
    if (cell.ok) return { kind: 'cell', cell: cell.key };
    if (team.ok) return { kind: 'team', team: team.key };
    return incident === null ? { kind: 'text', text } : { kind: 'incident', incident };
  }

  /** The next word, folded, or null at the end of the line. */
  word(): Token | null {
    return this.tokens.shift() ?? null;
  }

  /** Refuses what is left over. */
  done(): void {
    const [first] = this.tokens;
    const last = this.tokens.at(-1);
    if (first && last) this.refuse('words_excess', 'text', first.start, last.end);
  }

  refuse(
    code: CommandRefusal['code'],
    slot: Slot,
    start: number,
    end: number,
    candidates: readonly string[] = [],
  ): void {
    this.refusal ??= { code, slot, start, end, candidates };
  }

  private missing(slot: Slot): void {
    this.refuse('slot_missing', slot, this.line.length, this.line.length);
  }

  private next(slot: Slot): Token | undefined {
    const token = this.tokens.shift();
    if (!token) this.missing(slot);
    return token;
  }

  private choice(
    slot: Slot,
    choices: readonly Choice[],
    wordOf: (token: Token) => string,
    beginnings: boolean,
  ): string {
    const token = this.next(slot);
    return token ? this.one(slot, choices, { ...token, word: wordOf(token) }, beginnings) : '';
  }

  private one(slot: Slot, choices: readonly Choice[], token: Token, beginnings: boolean): string {
    const chosen = choose(choices, token.word, beginnings);
    if (chosen.ok) return chosen.key;
    const code = chosen.many ? 'slot_ambiguous' : 'slot_unknown';
    this.refuse(code, slot, token.start, token.end, chosen.candidates);
    return '';
  }
}

/** Parts between commas of `line` from `start` to `end`, trimmed, with their places. */
function partsOf(line: string, start: number, end: number): Token[] {
  let at = start;
  return line
    .slice(start, end)
    .split(/[,，、]/u)
    .map((body) => {
      const raw = body.trim();
      const from = at + (body.length - body.trimStart().length);
      at += body.length + 1;
      return { start: from, end: from + raw.length, raw, word: fold(raw) };
    });
}
