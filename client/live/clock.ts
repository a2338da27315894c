interface Sample {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

const keptSamples = 8;
/** Beyond what their round trips allow; more means that one of the two clocks was set. */
const slackMs = 2000;

/**
 * Estimates how far the server's clock is ahead: the sample with the smallest round trip of the last
 * eight. A clock that was set, here or there, counts at once.
 */
export class ServerClock {
  #samples: Sample[] = [];

  /** A question sent at `sentAtMs`, answered with `serverAtMs`, received at `gotAtMs`; both ends on this machine. */
  add(sentAtMs: number, serverAtMs: number, gotAtMs: number): void {
    const sample = { roundTripMs: gotAtMs - sentAtMs, offsetMs: serverAtMs - (sentAtMs + gotAtMs) / 2 };
    const agrees = (one: Sample): boolean =>
      Math.abs(one.offsetMs - sample.offsetMs) <= (one.roundTripMs + sample.roundTripMs) / 2 + slackMs;
    this.#samples = [...this.#samples.filter(agrees), sample].slice(-keptSamples);
  }

  /** Server minus machine, ms; 0 before the first sample. */
  get offsetMs(): number {
    if (this.#samples.length === 0) return 0;
    return this.#samples.reduce((a, b) => (b.roundTripMs < a.roundTripMs ? b : a)).offsetMs;
  }
}
