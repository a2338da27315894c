/** State of an M/M/N queue with one common waiting line. */
export interface ErlangState {
  /** Share of time a server is busy. */
  readonly utilisation: number;
  /** P(exactly i servers busy) for i = 0 .. N-1, and at N the probability that all are busy, waiting calls or not. */
  readonly busy: readonly number[];
  /** Probability that a call finds all servers busy (Erlang C). */
  readonly allBusy: number;
  /** Probability that somebody waits. */
  readonly waiting: number;
  /** Mean wait of a call in units of the mean service time, over all calls. */
  readonly meanWait: number;
}

/**
 * M/M/N by the recursion of the Erlang B formula, which neither overflows nor needs factorials. `offered` is arrival
 * rate x mean service time, in servers; nothing when it reaches the number of servers (no steady state).
 */
export function erlang(servers: number, offered: number): ErlangState | undefined {
  const utilisation = offered / servers;
  if (!(servers >= 1) || !(utilisation < 1 - 1e-9) || offered < 0) return undefined;
  const terms = [1];
  for (let i = 1; i <= servers; i++) terms.push((terms[i - 1]! * offered) / i);
  const last = terms[servers]! / (1 - utilisation);
  const total = terms.slice(0, servers).reduce((sum, term) => sum + term, 0) + last;
  const busy = [...terms.slice(0, servers), last].map((term) => term / total);
  const allBusy = busy[servers]!;
  return {
    utilisation,
    busy,
    allBusy,
    waiting: allBusy * utilisation,
    meanWait: allBusy / (servers - offered),
  };
}

/**
 * Larson's correction Q(N, rho, j) for j = 0 .. N-1: how much likelier than by independence it is that j given
 * servers are busy and a further one is free. R. C. Larson, Operations Research 23 (1975) 845-868; Larson and Odoni,
 * Urban Operations Research (1981), section 5.5.2.
 */
export function correction(servers: number, utilisation: number): readonly number[] {
  const state = erlang(servers, servers * utilisation);
  if (!state) return [];
  const empty = state.busy[0]!;
  return Array.from({ length: servers }, (_, j) => {
    // Terms (N-j-1)! (N-k) N^k rho^(k-j) / ((k-j)! N!) for k = j .. N-1, each from the one before.
    let term = 1;
    for (let i = 0; i < j; i++) term *= servers / (servers - i);
    let sum = term;
    for (let k = j + 1; k < servers; k++) {
      term *= (servers * utilisation * (servers - k)) / ((servers - k + 1) * (k - j));
      sum += term;
    }
    return (empty / (1 - utilisation)) * sum;
  });
}
