/** What can happen in a replayed world. */
export const happenings = ['new', 'decide', 'go', 'arrive', 'done', 'home', 'on', 'off'] as const;
export type Happening = (typeof happenings)[number];

/**
 * Events to come, by time; of equal times the one that was added last comes first. A binary heap on typed
 * arrays: after `pop`, the fields `at`, `kind`, `subject` and `stamp` hold the event.
 */
export class Agenda {
  at = 0;
  kind = 0;
  subject = 0;
  stamp = 0;
  private size = 0;
  private added = 0;
  private times = new Float64Array(64);
  /** Four numbers an event: order of adding, kind, subject, stamp. */
  private rest = new Int32Array(256);

  /** Time of the next event, or Infinity. */
  get nextAt(): number {
    return this.size > 0 ? this.times[0]! : Infinity;
  }

  add(at: number, kind: number, subject: number, stamp: number): void {
    if (this.size === this.times.length) this.grow();
    const order = this.added++;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.comesBefore(parent, at, order)) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.put(hole, at, order, kind, subject, stamp);
  }

  /** Takes the next event out into the fields; false when there is none. */
  pop(): boolean {
    if (this.size === 0) return false;
    this.at = this.times[0]!;
    this.kind = this.rest[1]!;
    this.subject = this.rest[2]!;
    this.stamp = this.rest[3]!;
    const last = --this.size;
    const at = this.times[last]!;
    const order = this.rest[last * 4]!;
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      if (child >= last) break;
      if (child + 1 < last && this.comesBefore(child + 1, this.times[child]!, this.rest[child * 4]!)) child++;
      if (!this.comesBefore(child, at, order)) break;
      this.move(child, hole);
      hole = child;
    }
    this.move(last, hole);
    return true;
  }

  private comesBefore(entry: number, at: number, order: number): boolean {
    const time = this.times[entry]!;
    return time < at || (time === at && this.rest[entry * 4]! > order);
  }

  private move(from: number, to: number): void {
    const { times, rest } = this;
    times[to] = times[from]!;
    // four plain writes: copyWithin costs more than it moves
    rest[to * 4] = rest[from * 4]!;
    rest[to * 4 + 1] = rest[from * 4 + 1]!;
    rest[to * 4 + 2] = rest[from * 4 + 2]!;
    rest[to * 4 + 3] = rest[from * 4 + 3]!;
  }

  private put(entry: number, at: number, order: number, kind: number, subject: number, stamp: number): void {
    this.times[entry] = at;
    this.rest[entry * 4] = order;
    this.rest[entry * 4 + 1] = kind;
    this.rest[entry * 4 + 2] = subject;
    this.rest[entry * 4 + 3] = stamp;
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    times.set(this.times);
    this.times = times;
    const rest = new Int32Array(this.rest.length * 2);
    rest.set(this.rest);
    this.rest = rest;
  }
}
