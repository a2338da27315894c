import { randomUUID } from 'node:crypto';
import type { Output } from '../../shared/contract/api.ts';
import type { RouteName } from '../../shared/contract/routes.ts';
import type { Answer, CallOptions, Phone } from '../kit/town.ts';

/** One act of a client: what was asked under which key, and what came back, if anything did. */
export interface Act {
  readonly name: RouteName;
  readonly key: string;
  outcome?: { readonly status: number; readonly answer: unknown };
}

/** Everything that clients asked for and were told, across the lives of a server. */
export class Journal {
  readonly acts: Act[] = [];
  readonly #again = new Map<Act, () => Promise<Answer<RouteName>>>();
  #address: string | undefined;
  readonly #phoneAt: (address: string, who: string) => Phone;

  /** `phoneAt` gives a person's client of a server's address. */
  constructor(phoneAt: (address: string, who: string) => Phone) {
    this.#phoneAt = phoneAt;
  }

  /** The present life of the server. */
  set address(address: string) {
    this.#address = address;
  }

  /** Acts whose outcome nobody knows. */
  get unknown(): readonly Act[] {
    return this.acts.filter(({ outcome }) => outcome === undefined);
  }

  /** Does one act. Answers its output when it was done; nothing when it was refused or the server is gone. */
  async act<N extends RouteName>(
    who: string,
    name: N,
    options: (key: string) => CallOptions<N>,
  ): Promise<Output<N> | undefined> {
    const key = randomUUID();
    const call = () => this.#phoneAt(this.#address!, who).call(name, { ...options(key), key });
    const act: Act = { name, key };
    this.acts.push(act);
    this.#again.set(act, call);
    return (await this.#attempt(act)) as Output<N> | undefined;
  }

  /** Repeats the acts with an unknown outcome under their keys, one after the other. */
  async repeat(): Promise<void> {
    for (const act of this.unknown) {
      for (let tries = 0; act.outcome === undefined && tries < 5; tries++) await this.#attempt(act);
    }
  }

  /** Repeats an act that was acknowledged; true when the answer is the same as then. */
  async sameAgain(act: Act): Promise<boolean> {
    const { status, output } = await this.#again.get(act)!();
    return status === act.outcome?.status && JSON.stringify(output) === JSON.stringify(act.outcome.answer);
  }

  async #attempt(act: Act): Promise<unknown> {
    try {
      const { status, output } = await this.#again.get(act)!();
      // 503 promises nothing: the client asks again with the same key
      if (status === 503) return undefined;
      act.outcome = { status, answer: output };
      return status < 300 ? output : undefined;
    } catch {
      // the server died before, during or after the act
      return undefined;
    }
  }
}
