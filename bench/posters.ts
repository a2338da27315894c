import { answerAll } from './child.ts';
import { call, each } from './client.ts';

/** Phones that post their fixes over HTTP as fast as they are answered, from a process of their own. */
export interface PostersQuestion {
  readonly address: string;
  readonly tokens: readonly string[];
  readonly posts: number;
  /** Fixes in each post. */
  readonly batch: number;
  readonly atOnce: number;
}
export interface PostersAnswer {
  readonly ms: number;
  readonly accepted: number;
}

let fixAt = Date.now() - 50 * 60_000;

answerAll(async ({ address, tokens, posts, batch, atOnce }: PostersQuestion): Promise<PostersAnswer> => {
  let accepted = 0;
  const before = performance.now();
  await each(
    Array.from({ length: posts }, (_, i) => i),
    atOnce,
    async (i) => {
      const fixes = Array.from({ length: batch }, () => ({
        fixedAt: new Date((fixAt += 1)).toISOString(),
        lng: 121.42 + (i % 400) * 1e-4,
        lat: 29.97 + ((i * 7) % 300) * 1e-4,
        accuracyMetres: 6,
        speedMetresPerSecond: 5,
      }));
      const { body } = await call<{ accepted: number }>(
        address,
        tokens[i % tokens.length]!,
        'POST',
        '/positions',
        {
          crs: 'wgs84',
          fixes,
        },
      );
      accepted += body.accepted;
    },
  );
  return { ms: performance.now() - before, accepted };
});
