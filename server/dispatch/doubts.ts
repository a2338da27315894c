import type { PositionDoubt } from '../../shared/contract/frame.ts';
import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact } from '../kernel/transact.ts';
import { clear, raise } from './alerts.ts';

/** What is told of a phone; `doubt` is null when its places may be trusted again. */
interface DoubtWord {
  readonly personId: number;
  readonly teamId: number | null;
  readonly doubt: PositionDoubt | null;
}

/** Brings to the room, and to whose phone it is, that the places of a phone may not be trusted, and when they may again. */
export const doubtTeller =
  (deps: Deps) =>
  ({ personId, teamId, doubt }: DoubtWord): Promise<void> =>
    transact(deps, systemActor, async (tx) => {
      await clear(tx, { personId }, ['position_doubted']);
      if (doubt) await raise(tx, { kind: 'position_doubted', teamId, personId, detail: { doubt } });
    });
