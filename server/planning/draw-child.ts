import { exponential } from '../town/draws.ts';
import { generateTown } from '../town/generate.ts';
import { generateIncidents } from '../town/incidents.ts';
import { randomStream } from '../town/random.ts';
import type { ListedRow } from './replay-world.ts';

/** What is drawn: [from, to) in ms since 1970. */
export interface DrawOrder {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** Work on a scene of drawn incidents: exponential with a mean of 20 minutes (assumed). */
const meanSceneMs = 1_200_000;

/** A process that lays the synthetic town and draws its incidents: both are seconds of arithmetic. */
process.once('message', ({ seed, from, to }: DrawOrder) => {
  const random = randomStream(seed, 'scene');
  const outcome = generateIncidents({ town: generateTown(), seed, from, to }).map(
    ({ at, place, priority }): ListedRow => ({
      at,
      lng: place.lng,
      lat: place.lat,
      priority,
      onSceneMs: Math.round(exponential(random, meanSceneMs)),
      responseMs: null,
      teamCode: null,
    }),
  );
  process.send!({ outcome }, () => process.disconnect());
});
// whoever asked is gone
process.once('disconnect', () => process.exit());
