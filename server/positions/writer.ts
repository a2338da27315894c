import { isUnavailable } from '../kernel/database.ts';
import type { Deps } from '../kernel/deps.ts';
import {
  makeDay,
  writeBatch,
  type ContactRow,
  type HistoryRow,
  type OfficerRow,
  type TeamRow,
} from './store.ts';

/** What waits to be written is on the disk within 250 ms: a batch begins this long after the last one ended. */
const batchMs = 120;
const batchRows = 2000;
/** While the database is away the newest fixes are kept, this many. */
const keptRows = 100_000;

/**
 * Collects rows and writes them in batches, one statement each. A row of the latest place replaces the one that
 * waits; history rows wait in order. Nobody waits for the disk.
 */
export class PositionWriter {
  #history: HistoryRow[] = [];
  #officers = new Map<number, OfficerRow>();
  #teams = new Map<number, TeamRow>();
  #contacts = new Map<number, ContactRow>();
  #days = new Set<string>();
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #failing = false;
  #closed = false;
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  history(row: HistoryRow): void {
    if (this.#history.length >= keptRows) this.#history.splice(0, batchRows);
    this.#history.push(row);
    this.#arm();
  }

  officer(row: OfficerRow): void {
    this.#officers.set(row.person_id, row);
    this.#arm();
  }

  team(row: TeamRow): void {
    this.#teams.set(row.team_id, row);
    this.#arm();
  }

  contact(row: ContactRow): void {
    this.#contacts.set(row.person_id, row);
    this.#arm();
  }

  /** Writes what waits now; answers when it is durable (or the database is away). */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #arm(delayMs = batchMs): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, delayMs);
  }

  async #write(): Promise<void> {
    const history = this.#history.splice(0, batchRows);
    const [officers, teams, contacts] = [this.#officers, this.#teams, this.#contacts];
    if (history.length + officers.size + teams.size + contacts.size === 0) return;
    [this.#officers, this.#teams, this.#contacts] = [new Map(), new Map(), new Map()];
    const rows = {
      history,
      officers: [...officers.values()],
      teams: [...teams.values()],
      contacts: [...contacts.values()],
    };
    try {
      for (const day of new Set(history.map((row) => row.fixed_at.slice(0, 10)))) await this.#makeDay(day);
      await writeBatch(this.#deps.db, rows);
      this.#failing = false;
      if (this.#history.length > 0) this.#arm(0);
    } catch (error) {
      if (!mayTryAgain(error)) {
        this.#deps.log.error(
          { error, rows: history.length },
          'a batch of positions cannot be written; dropped',
        );
        return;
      }
      if (!this.#failing) this.#deps.log.warn({ error }, 'positions wait for the database');
      this.#failing = true;
      this.#history.unshift(...history);
      for (const [id, row] of officers) if (!this.#officers.has(id)) this.#officers.set(id, row);
      for (const [id, row] of teams) if (!this.#teams.has(id)) this.#teams.set(id, row);
      for (const [id, row] of contacts) if (!this.#contacts.has(id)) this.#contacts.set(id, row);
      this.#arm(500);
    }
  }

  async #makeDay(day: string): Promise<void> {
    if (this.#days.has(day)) return;
    await makeDay(this.#deps.db, day);
    this.#days.add(day);
  }
}

/** The database is away, or somebody else's locks were in the way: the same batch may succeed later. */
function mayTryAgain(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return isUnavailable(error) || (typeof code === 'string' && /^(40|55P03$|57014$)/.test(code));
}
