/** Does something at once when it is asked for, and again at most once in a span, for as long as it is asked for. */
export class Pace {
  readonly #everyMs: number;
  readonly #work: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = false;

  constructor(everyMs: number, work: () => void) {
    this.#everyMs = everyMs;
    this.#work = work;
  }

  ask(): void {
    this.#asked = true;
    if (this.#timer === undefined) this.#turn();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = false;
  }

  #turn(): void {
    this.#timer = undefined;
    if (!this.#asked) return;
    this.#asked = false;
    this.#timer = setTimeout(() => this.#turn(), this.#everyMs);
    this.#work();
  }
}
