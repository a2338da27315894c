import type { Presence } from '../../shared/contract/live.ts';
import type { Reader } from './reader.ts';

/** Who looks at what in this process: one subject a socket, forgotten with it. */
export class Lookers {
  readonly #subjects = new Map<Reader, string>();

  /** Notes what a reader looks at; answers the subjects whose list has changed. */
  look(reader: Reader, subject: string | null): string[] {
    const before = this.#subjects.get(reader) ?? null;
    if (before === subject) return [];
    if (subject === null) this.#subjects.delete(reader);
    else this.#subjects.set(reader, subject);
    return [before, subject].filter((one) => one !== null);
  }

  /** The people who look at a subject, each once. */
  at(subject: string): Presence {
    const people = new Map<number, string>();
    for (const [{ login }, looked] of this.#subjects)
      if (looked === subject && login.actor.id !== null) people.set(login.actor.id, login.displayName);
    return { subject, people: [...people].map(([personId, name]) => ({ personId, name })) };
  }

  /** Every subject that somebody looks at. */
  all(): Presence[] {
    return [...new Set(this.#subjects.values())].map((subject) => this.at(subject));
  }
}
