import type { DraftOperation } from '../../../shared/contract/planning.ts';
import type { OperationAnswers } from '../../../shared/contract/editions.ts';
import type { EditionId } from '../../../shared/contract/ids.ts';
import { call, CallRefused } from '../../live/call.ts';

const mostAtOnce = 500;
const pauseMs = 1500;

/** What the outbox asks its owner. */
export interface OutboxOwner {
  readonly editionId: EditionId;
  readonly pending: () => readonly DraftOperation[];
  readonly baseSeq: () => number;
  readonly onAnswers: (answers: OperationAnswers) => void;
  /** The whole batch was turned down for good. */
  readonly onRefused: (opIds: readonly string[], refused: CallRefused) => void;
}

/**
 * Sends waiting operations in order, one batch at a time, and goes on trying while the server is away. Repeats are
 * harmless: every operation has its own id.
 */
export class Outbox {
  readonly #owner: OutboxOwner;
  readonly #sent = new Set<string>();
  #running = false;
  #closed = false;
  #wake: (() => void) | null = null;

  constructor(owner: OutboxOwner) {
    this.#owner = owner;
  }

  /** There is something to send, or the line is back: no waiting for the next attempt. */
  kick(again = false): void {
    if (again) this.#sent.clear();
    this.#wake?.();
    if (!this.#running && !this.#closed) void this.#run();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (!this.#closed) {
        const batch = this.#owner
          .pending()
          .filter(({ opId }) => !this.#sent.has(opId))
          .slice(0, mostAtOnce);
        if (batch.length === 0) return;
        await this.#send(batch);
      }
    } finally {
      this.#running = false;
    }
  }

  async #send(batch: readonly DraftOperation[]): Promise<void> {
    try {
      const answers = await call('postOperations', {
        params: { editionId: this.#owner.editionId },
        body: {
          baseSeq: this.#owner.baseSeq(),
          operations: batch.map((one) => structuredClone(one)),
        } as never,
      });
      for (const { opId } of batch) this.#sent.add(opId);
      if (!this.#closed) this.#owner.onAnswers(answers);
    } catch (error) {
      const away = !(error instanceof CallRefused) || error.status === 0 || error.status >= 500;
      if (!away)
        this.#owner.onRefused(
          batch.map(({ opId }) => opId),
          error,
        );
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          setTimeout(resolve, pauseMs);
        });
      this.#wake = null;
    }
  }
}
