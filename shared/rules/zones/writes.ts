/** One write of a cell by an operation, with the older writes in force under it. Immutable. */
export interface Write {
  readonly seq: number;
  readonly zone: number;
  readonly below: Write | undefined;
}

/** The zone of a cell under its writes. */
export const topOf = (write: Write | undefined, base: number): number => (write ? write.zone : base);

/** True when a newer write than that of `seq` is in force. */
export const isCovered = (write: Write | undefined, seq: number): boolean =>
  write !== undefined && write.seq > seq;

/** Puts a write into its place by `seq`. */
export function withWrite(write: Write | undefined, next: { seq: number; zone: number }): Write {
  if (!write || write.seq < next.seq) return { ...next, below: write };
  return { ...write, below: withWrite(write.below, next) };
}

/** Takes the write of one operation out. */
export function withoutWrite(write: Write | undefined, seq: number): Write | undefined {
  if (!write || write.seq < seq) return write;
  return write.seq === seq ? write.below : { ...write, below: withoutWrite(write.below, seq) };
}
