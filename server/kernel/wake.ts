/**
 * Wakes the relay in this process after a commit. Other processes are woken by NOTIFY; the relay's own
 * poll is the guarantee, so a lost wake costs only time.
 */
export interface Wake {
  ring(): void;
  listen(ear: () => void): () => void;
}

export function createWake(): Wake {
  const ears = new Set<() => void>();
  return {
    ring: () => ears.forEach((ear) => ear()),
    listen(ear) {
      ears.add(ear);
      return () => ears.delete(ear);
    },
  };
}
