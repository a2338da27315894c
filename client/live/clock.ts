interface Sample {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

const keptSamples = 8;

/** Estimates how far the server's clock is ahead: the sample with the smallest round trip of the last eight. */
export class ServerClock {
  #samples: Sample[] = [];

  /** A question sent at `sentAtMs`, answered with `serverAtMs`, received at `gotAtMs`; both ends on this machine. */
  add(sentAtMs: number, serverAtMs: number, gotAtMs: number): void {
    const sample = { roundTripMs: gotAtMs - sentAtMs, offsetMs: serverAtMs - (sentAtMs + gotAtMs) / 2 };
    this.#samples = [...this.#samples, sample].slice(-keptSamples);
  }

  /** Server minus machine, ms; 0 before the first sample. */
  get offsetMs(): number {
    if (this.#samples.length === 0) return 0;
    return this.#samples.reduce((a, b) => (b.roundTripMs < a.roundTripMs ? b : a)).offsetMs;
  }
}
