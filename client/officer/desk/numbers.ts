import type { Output } from '../../../shared/contract/api.ts';
import { call } from '../../live/call.ts';
import { noteFailure } from './desk.ts';
import { keep, kept } from './shelf.ts';

/** Kinds of paper that this phone numbers without a network. */
export type BlockKind = 'onspot_decision' | 'inquiry_notice' | 'correction_order';

const kinds: readonly BlockKind[] = ['onspot_decision', 'inquiry_notice', 'correction_order'];
/** Below this many free numbers a block is asked for. */
const leastFree = 3;
const blockSize = 10;

/** A number with the path of the public page that its QR shows. */
export interface FreeNumber {
  readonly number: string;
  readonly statusPath: string | null;
}

type Numbers = Readonly<Record<BlockKind, readonly FreeNumber[]>>;
const none: Numbers = { onspot_decision: [], inquiry_notice: [], correction_order: [] };

let turn: Promise<unknown> = Promise.resolve();

/** One change of the kept numbers after the other: no number may be taken twice. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work, work);
  turn = next.catch(() => undefined);
  return next;
}

const read = async (personId: number): Promise<Numbers> =>
  (await kept<Numbers>(`numbers/${personId}`)) ?? none;

/** This phone's own name, under which its blocks stand in the register. */
async function deviceName(): Promise<string> {
  const name = (await kept<string>('device')) ?? `phone-${crypto.randomUUID().slice(0, 8)}`;
  await keep('device', name);
  return name;
}

/** Sees that numbers are in store for the next dead zone. Nothing happens without a network. */
export async function ensureNumbers(personId: number): Promise<void> {
  try {
    const device = await deviceName();
    for (const kind of kinds) {
      if ((await read(personId))[kind].length >= leastFree) continue;
      const block: Output<'takeNumbers'> = await call('takeNumbers', {
        body: { kind, count: blockSize, device },
      });
      const free = block.numbers
        .filter(({ state }) => state === 'free')
        .map(({ number, statusPath }) => ({ number, statusPath }));
      await inTurn(async () => {
        const now = await read(personId);
        await keep(`numbers/${personId}`, { ...now, [kind]: [...now[kind], ...free] });
      });
    }
  } catch (error) {
    noteFailure(error);
  }
}

/** Takes the next number out of the store for a paper; null when none is left. */
export function takeNumber(personId: number, kind: BlockKind): Promise<FreeNumber | null> {
  return inTurn(async () => {
    const now = await read(personId);
    const [first, ...rest] = now[kind];
    if (!first) return null;
    await keep(`numbers/${personId}`, { ...now, [kind]: rest });
    return first;
  });
}
