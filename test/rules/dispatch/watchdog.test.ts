import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { freshWatch, watch } from '../../../shared/rules/dispatch/watchdog.ts';
import type { WatchInput } from '../../../shared/rules/dispatch/watchdog.ts';

/** One tick of a recorded track: way left along the route, straight distance, age of the newest fix. */
type Tick = Partial<Pick<WatchInput, 'accuracyMetres' | 'finishingEarlier'>> & {
  readonly left: number | null;
  readonly straight?: number;
  readonly age?: number;
};

const start = 1_000_000_000_000;
const tickMs = 30_000;

/** States and stages of a track that begins when the team has had time to get going. */
function follow(ticks: readonly Tick[], priority: 1 | 3 = 3, firstTick = 4) {
  let state = freshWatch;
  return ticks.map(({ left, straight, age = 5, accuracyMetres = 10, finishingEarlier = false }, i) => {
    const at = start + (firstTick + i) * tickMs;
    const input = {
      priority,
      acceptedAt: start,
      remainingMetres: left,
      distanceMetres: straight ?? left,
      accuracyMetres,
      fixAt: left === null ? null : at - age * 1000,
      finishingEarlier,
    };
    state = watch(state, input, defaultPolicy, at);
    return state.stage === 'none' ? state.state : `${state.state}:${state.stage}`;
  });
}

const at = (...ways: number[]): Tick[] => ways.map((left) => ({ left }));

describe('recorded tracks', () => {
  test('a good drive', () => {
    expect(follow(at(3000, 2700, 2400, 2000, 1500))).toEqual(Array(5).fill('progressing'));
  });

  test('a stall: debounced, then question, call, proposal; one good tick resets', () => {
    const track = at(3000, 2700, 2690, 2690, 2690, 2690, 2690, 2690, 2690, 2690, 2690, 2400);
    expect(follow(track)).toEqual([
      'progressing',
      'progressing',
      'progressing', // first bad tick
      'stalled',
      'stalled:question', // 60 s
      'stalled:question',
      'stalled:call', // 120 s
      'stalled:call',
      'stalled:call',
      'stalled:call',
      'stalled:proposal', // 240 s
      'progressing',
    ]);
  });

  test('for a P1 the proposal comes after 120 s', () => {
    expect(follow(at(3000, 3000, 3000, 3000, 3000, 3000), 1).at(-1)).toBe('stalled:proposal');
  });

  test('a retreat', () => {
    expect(follow(at(3000, 2800, 3100, 3500, 3900)).slice(2)).toEqual([
      'progressing',
      'retreating',
      'retreating:question',
    ]);
  });

  test('a dark phone is never a retreat, and the way from before stays the measure', () => {
    const dark = (age: number): Tick => ({ left: 2700, age });
    const track: Tick[] = [{ left: 3000 }, { left: 2700 }, dark(65), dark(95), dark(125), { left: 1500 }];
    expect(follow(track)).toEqual([
      'progressing',
      'progressing',
      'progressing',
      'position_dark',
      'position_dark:question',
      'progressing',
    ]);
    expect(follow([{ left: 3000 }, { left: null }, { left: null }]).at(-1)).toBe('position_dark');
  });

  test('a backlog of old fixes does not light up a dark phone', () => {
    // Fixes arrive, nearer each time, but all are older than two ticks.
    expect(follow([{ left: 3000 }, { left: 2500, age: 70 }, { left: 2000, age: 80 }]).at(-1)).toBe(
      'position_dark',
    );
  });

  test('a detour along the river: the route shrinks though the straight distance grows', () => {
    const river = [3000, 2800, 2600, 2400].map((left, i) => ({ left, straight: 800 + 200 * i }));
    expect(follow(river)).toEqual(Array(4).fill('progressing'));
  });

  test('control: the same river by straight distance looks like a retreat', () => {
    expect(follow(at(800, 1000, 1200, 1400)).at(-1)).toBe('retreating:question');
  });

  test('a slow start: nothing is said in the first 120 s', () => {
    expect(follow(at(3000, 3000, 3000, 3000), 3, 0)).toEqual(Array(4).fill('progressing'));
    expect(follow(at(3000, 3000, 3000, 3000, 3000, 3000, 3000), 3, 0).at(-1)).toBe('stalled:question');
  });

  test('a team that finishes an earlier task is not blamed', () => {
    expect(follow(at(3000, 3000, 3000, 3000).map((tick) => ({ ...tick, finishingEarlier: true })))).toEqual(
      Array(4).fill('progressing'),
    );
  });

  test('near asks, but only with a fix that is good enough', () => {
    expect(follow(at(300, 60, 55, 52))).toEqual(['progressing', 'near', 'near', 'near']);
    expect(follow([300, 60, 55, 52].map((left) => ({ left, accuracyMetres: 80 }))).at(-1)).toBe('stalled');
  });

  test('a single bad tick is forgiven', () => {
    expect(follow(at(3000, 2990, 2500, 2490, 2000))).toEqual(Array(5).fill('progressing'));
  });
});
