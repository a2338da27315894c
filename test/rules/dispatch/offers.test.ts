import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declineReasons, withdrawReasons } from '../../../shared/contract/dispatch-codes.ts';
import type { Priority } from '../../../shared/contract/dispatch-codes.ts';
import type { AssignmentId, IncidentId, TeamId } from '../../../shared/contract/ids.ts';
import { isNotAnswering, openLoop, step } from '../../../shared/rules/dispatch/offers.ts';
import type {
  OfferEffect,
  OfferEvent,
  OfferLoop,
  OfferStep,
} from '../../../shared/rules/dispatch/offer-loop.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';

/** A little world that carries out the effects of one incident's loop, as the server would. */
class World {
  now = 0;
  loop: OfferLoop;
  /** What waits for an answer: rankings and claims. */
  open: OfferEffect[] = [];
  timers: { assignmentId: AssignmentId; dueAt: number }[] = [];
  /** Slots that are taken for this incident, by assignment. */
  held = new Map<AssignmentId, TeamId>();
  alerts: string[] = [];
  answers = new Map<number, AssignmentId | 'lost'>();
  faults: string[] = [];
  lastAssignment = 0;
  readonly teams: readonly TeamId[];

  constructor(priority: Priority, teams: number) {
    this.teams = Array.from({ length: teams }, (_, i) => (i + 1) as TeamId);
    const opened = openLoop(7 as IncidentId, priority, defaultPolicy);
    this.loop = opened.loop;
    this.carryOut(opened);
  }

  send(event: OfferEvent): OfferStep {
    const result = step(this.loop, event, defaultPolicy, this.now);
    this.loop = result.loop;
    this.carryOut(result);
    return result;
  }

  private carryOut({ effects }: OfferStep): void {
    for (const effect of effects) {
      if (effect.type === 'rank' || effect.type === 'claim') this.open.push(effect);
      if (effect.type === 'set_timer') this.timers.push(effect);
      if (effect.type === 'alert') this.alerts.push(effect.kind);
      if (effect.type === 'end' && !this.held.delete(effect.assignmentId))
        this.faults.push(`ended ${effect.assignmentId} twice`);
    }
    if (this.held.size > 1) this.faults.push('two slots for one incident');
  }

  /** Answers the oldest open question; `wins` decides a claim. */
  answerOne(wins: boolean): void {
    const effect = this.open.shift();
    if (effect?.type === 'rank') {
      const shut = new Set(
        this.loop.exclusions.filter((e) => e.untilAt === null || this.now < e.untilAt).map((e) => e.teamId),
      );
      // Team n stands n km away.
      const near = this.teams.filter(
        (id) => effect.radiusMetres === null || id * 1000 <= effect.radiusMetres,
      );
      this.send({ type: 'ranked', request: effect.request, teamIds: near.filter((id) => !shut.has(id)) });
    }
    if (effect?.type === 'claim') this.answerClaim(effect.claim, wins);
  }

  /** The slot is taken, and what it replaces given back, in one transaction; the same attempt once only. */
  private answerClaim(claim: NonNullable<OfferLoop['claim']>, wins: boolean): void {
    const { attempt, teamId } = claim;
    const known = this.answers.get(attempt);
    if (known === 'lost' || (known === undefined && !wins)) {
      this.answers.set(attempt, 'lost');
      this.send({ type: 'claim_lost', attempt });
      return;
    }
    const assignmentId = known ?? (++this.lastAssignment as AssignmentId);
    if (known === undefined) {
      this.answers.set(attempt, assignmentId);
      const replaced = this.loop.offer?.assignmentId;
      this.held.set(assignmentId, teamId);
      if (replaced !== undefined && this.loop.claim?.attempt === attempt) {
        // The `end` effect of the step confirms it.
        this.held.delete(replaced);
        this.held.set(replaced, teamId);
      }
    }
    this.sendClaimed(attempt, assignmentId);
  }

  private sendClaimed(attempt: number, assignmentId: AssignmentId): void {
    const result = step(this.loop, { type: 'claimed', attempt, assignmentId }, defaultPolicy, this.now);
    this.loop = result.loop;
    this.carryOut(result);
  }

  fireDue(): void {
    for (const { assignmentId, dueAt } of this.timers.filter(({ dueAt }) => dueAt <= this.now))
      this.send({ type: 'timer', assignmentId, dueAt });
    this.timers = this.timers.filter(({ dueAt }) => dueAt > this.now);
  }

  /** Lets everything happen that happens without a person. */
  settle(): void {
    for (let i = 0; i < 500; i++) {
      if (this.open.length > 0) this.answerOne(true);
      else if (this.loop.phase === 'offered' && this.timers.length > 0) {
        this.now = Math.max(this.now, ...this.timers.map(({ dueAt }) => dueAt));
        this.fireDue();
      } else return;
    }
    this.faults.push('never settles');
  }
}

type Act =
  | { kind: 'answer'; wins: boolean }
  | { kind: 'tick'; seconds: number }
  | { kind: 'event'; make: (world: World) => OfferEvent; twice: boolean };

const current = (world: World): AssignmentId =>
  world.loop.offer?.assignmentId ?? (Math.max(1, world.lastAssignment) as AssignmentId);

const event = fc
  .oneof(
    fc.constant((w: World): OfferEvent => ({ type: 'accepted', assignmentId: current(w) })),
    fc
      .constantFrom(...declineReasons)
      .map((reason) => (w: World): OfferEvent => ({ type: 'declined', assignmentId: current(w), reason })),
    fc
      .constantFrom(...withdrawReasons)
      .map((reason) => (w: World): OfferEvent => ({ type: 'withdrawn', assignmentId: current(w), reason })),
    fc
      .record({ team: fc.integer({ min: 1, max: 9 }), manual: fc.boolean() })
      .map(({ team, manual }) => (): OfferEvent => ({ type: 'given', teamId: team as TeamId, manual })),
    fc.integer({ min: 1, max: 9 }).map((team) => (): OfferEvent => ({
      type: 'team_freed',
      teamId: team as TeamId,
    })),
    fc.constant((w: World): OfferEvent => ({ type: 'departed', assignmentId: current(w) })),
    fc.constant((w: World): OfferEvent => ({ type: 'arrived', assignmentId: current(w) })),
    fc.constant((w: World): OfferEvent => ({
      type: 'accepted',
      assignmentId: Math.max(1, w.lastAssignment - 1) as AssignmentId,
    })),
    fc.constant((): OfferEvent => ({ type: 'restarted' })),
    fc.constant((): OfferEvent => ({ type: 'acknowledged' })),
    fc.constant((w: World): OfferEvent => ({ type: 'claim_lost', attempt: w.loop.attempts + 5 })),
    fc.constant((w: World): OfferEvent => ({ type: 'ranked', request: w.loop.request - 1, teamIds: [] })),
  )
  .chain((make) => fc.boolean().map((twice): Act => ({ kind: 'event', make, twice })));

const rare = fc.constantFrom<Act>(
  { kind: 'event', make: () => ({ type: 'ended', reason: 'cancelled' }), twice: false },
  { kind: 'event', make: (w) => ({ type: 'finished', assignmentId: current(w) }), twice: true },
);

const act = fc.oneof(
  { weight: 8, arbitrary: fc.boolean().map((wins): Act => ({ kind: 'answer', wins })) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 90 }).map((seconds): Act => ({ kind: 'tick', seconds })),
  },
  { weight: 6, arbitrary: event },
  { weight: 1, arbitrary: rare },
);

function perform(world: World, { kind, ...rest }: Act): void {
  const { wins, seconds, make, twice } = rest as {
    wins: boolean;
    seconds: number;
    make: (w: World) => OfferEvent;
    twice: boolean;
  };
  if (kind === 'answer') world.answerOne(wins);
  if (kind === 'tick') {
    world.now += seconds * 1000;
    world.fireDue();
  }
  if (kind !== 'event') return;
  const made = make(world);
  world.send(made);
  if (twice) world.send(made);
}

const served = ['accepted', 'en_route', 'on_scene'];

test('1,000 stories of answers, silence, withdrawals, restarts and duplicates: nobody is forgotten, no slot leaks', () => {
  const ends = new Map<string, number>();
  const story = fc.record({
    priority: fc.constantFrom<Priority>(1, 2, 3, 4),
    teams: fc.integer({ min: 0, max: 9 }),
    acts: fc.array(act, { maxLength: 40 }),
  });
  fc.assert(
    fc.property(story, ({ priority, teams, acts }) => {
      const world = new World(priority, teams);
      for (const one of acts) perform(world, one);
      world.settle();
      const { phase } = world.loop;
      ends.set(phase, (ends.get(phase) ?? 0) + 1);
      expect(world.faults).toEqual([]);
      expect(['closed', 'alerted', 'queued', ...served]).toContain(phase);
      // A slot is held exactly while a team serves the incident.
      expect([...world.held.keys()]).toEqual(served.includes(phase) ? [world.loop.offer!.assignmentId] : []);
      // Whoever waits was told of, and a free team wakes it.
      const waits = phase === 'alerted' || phase === 'queued';
      expect(!waits || world.alerts.length > 0).toBe(true);
      const woken = world.send({ type: 'team_freed', teamId: 1 as TeamId });
      expect(woken.effects.some(({ type }) => type === 'rank')).toBe(waits);
    }),
    { numRuns: 1000, seed: 5 },
  );
  expect([...ends.keys()].toSorted()).toEqual([
    'accepted',
    'alerted',
    'closed',
    'en_route',
    'on_scene',
    'queued',
  ]);
});

test('control: a world that forgets to give slots back is seen', () => {
  const world = new World(3, 3);
  world.answerOne(true);
  world.answerOne(true);
  world.held.clear();
  world.send({ type: 'declined', assignmentId: current(world), reason: 'vehicle' });
  expect(world.faults).toEqual(['ended 1 twice']);
});

describe('the loop', () => {
  const offered = (priority: Priority, teams: number) => {
    const world = new World(priority, teams);
    world.answerOne(true);
    world.answerOne(true);
    return world;
  };

  test('asks the nearest first, P1 for 30 s, others for 60 s', () => {
    expect(offered(1, 5).loop.offer).toMatchObject({ teamId: 1, answerBy: 30_000 });
    expect(offered(3, 5).loop.offer).toMatchObject({ teamId: 1, answerBy: 60_000 });
  });

  test('widens the circle: 3 km, 5 km, 8 km, the town; an empty circle costs no round', () => {
    const world = new World(4, 0);
    const radii: (number | null)[] = [];
    while (world.open.length > 0) {
      radii.push((world.open[0] as { radiusMetres: number | null }).radiusMetres);
      world.answerOne(true);
    }
    expect(radii).toEqual([3000, 5000, 8000, null]);
    expect(world.loop.phase).toBe('queued');
    expect(world.alerts).toEqual(['waiting_for_team']);
  });

  test('a P1 without a team goes to a person at once', () => {
    const world = new World(1, 0);
    world.settle();
    expect(world.loop).toMatchObject({ phase: 'alerted', alarm: true });
  });

  test('three rounds of silence end at the dispatcher with the list of the tried; a P1 after two', () => {
    const world = new World(3, 9);
    world.settle();
    expect(world.loop.phase).toBe('alerted');
    expect(world.loop.tried.every(({ outcome }) => outcome === 'expired')).toBe(true);
    // Three km hold 1 to 3, five km add 4 and 5, eight km 6 to 8; whose pause is over is asked once more.
    expect(world.loop.tried.map(({ teamId }) => teamId)).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 7, 8]);
    const urgent = new World(1, 9);
    urgent.settle();
    expect(urgent.loop.tried).toHaveLength(5);
    expect(urgent.alerts.at(-1)).toBe('offers_exhausted');
  });

  test('silence sounds once and goes on; the team is left alone for 5 minutes', () => {
    const world = offered(3, 2);
    world.now = 60_000;
    world.fireDue();
    expect(world.alerts).toEqual(['offer_unanswered']);
    expect(world.loop.exclusions).toEqual([{ teamId: 1, cause: 'unanswered', untilAt: 360_000 }]);
    expect(world.loop.phase).toBe('ranking');
  });

  test('a timer that comes twice, early or for another offer does nothing', () => {
    const world = offered(3, 2);
    const timer = { type: 'timer', assignmentId: current(world), dueAt: 60_000 } as const;
    expect(world.send(timer).refusal?.code).toBe('state_wrong');
    world.now = 60_000;
    expect(world.send({ ...timer, assignmentId: 99 as AssignmentId }).refusal?.code).toBe('offer_ended');
    expect(world.send(timer).refusal).toBeNull();
    expect(world.send(timer).refusal?.code).toBe('offer_ended');
  });

  test('a late accept learns who has it and since when', () => {
    const world = offered(3, 2);
    const late = current(world);
    world.send({ type: 'given', teamId: 2 as TeamId, manual: true });
    world.now = 7000;
    world.answerOne(true);
    const { refusal } = world.send({ type: 'accepted', assignmentId: late });
    expect(refusal).toEqual({ code: 'offer_ended', phase: 'offered', takenBy: 2, takenAt: 7000 });
    expect(world.loop.offer?.manual).toBe(true);
  });

  test('an accept after the deadline counts as silence', () => {
    const world = offered(3, 2);
    world.now = 60_001;
    const { refusal } = world.send({ type: 'accepted', assignmentId: current(world) });
    expect(refusal?.code).toBe('offer_expired');
    expect(world.loop.phase).toBe('ranking');
  });

  test('a switch on the way keeps the first team until the second is claimed', () => {
    const world = offered(2, 3);
    world.send({ type: 'accepted', assignmentId: current(world) });
    world.send({ type: 'departed', assignmentId: current(world) });
    world.send({ type: 'given', teamId: 3 as TeamId, manual: false });
    expect(world.loop).toMatchObject({ phase: 'en_route', offer: { teamId: 1 } });
    world.answerOne(false);
    expect(world.loop).toMatchObject({ phase: 'en_route', offer: { teamId: 1 }, claim: null });
    world.send({ type: 'given', teamId: 3 as TeamId, manual: false });
    world.answerOne(true);
    expect(world.loop).toMatchObject({ phase: 'offered', offer: { teamId: 3 } });
    expect(world.faults).toEqual([]);
  });

  test('a claim that wins after the incident was cancelled is given back', () => {
    const world = new World(3, 2);
    world.answerOne(true);
    world.send({ type: 'ended', reason: 'cancelled' });
    world.answerOne(true);
    expect(world.held.size).toBe(0);
    expect(world.loop).toMatchObject({ phase: 'closed', claim: null });
  });

  test('three rankings of lost claims end in the queue', () => {
    const world = new World(3, 2);
    for (let i = 0; i < 40 && world.open.length > 0; i++) world.answerOne(false);
    expect(world.loop.phase).toBe('queued');
    expect(world.loop.tried).toHaveLength(6);
  });

  test('declines have their consequences', () => {
    const effectsOf = (reason: (typeof declineReasons)[number]) => {
      const world = offered(3, 2);
      const { effects } = world.send({ type: 'declined', assignmentId: current(world), reason });
      return effects.flatMap((effect) =>
        effect.type === 'follow_up' ? [effect.what] : effect.type === 'alert' ? [effect.kind] : [],
      );
    };
    expect(effectsOf('vehicle')).toEqual(['vehicle']);
    expect(effectsOf('skill_or_kit')).toEqual(['team_data']);
    expect(effectsOf('not_ours')).toEqual(['judgement']);
    expect(effectsOf('unsafe')).toEqual(['officer_unsafe']);
    expect(effectsOf('other')).toEqual([]);
  });

  test('"busy elsewhere" ends when that team is free, other refusals stay', () => {
    const world = offered(3, 3);
    world.send({ type: 'declined', assignmentId: current(world), reason: 'on_scene_elsewhere' });
    world.answerOne(true);
    world.answerOne(true);
    world.send({ type: 'declined', assignmentId: current(world), reason: 'recusal' });
    world.send({ type: 'team_freed', teamId: 1 as TeamId });
    world.send({ type: 'team_freed', teamId: 2 as TeamId });
    expect(world.loop.exclusions.map(({ teamId, cause }) => `${teamId} ${cause}`)).toEqual(['2 recusal']);
  });

  test('two silences in 30 minutes mark a team, one or two long ago do not', () => {
    const minutes = (m: number) => m * 60_000;
    expect(isNotAnswering([minutes(1), minutes(20)], defaultPolicy, minutes(25))).toBe(true);
    expect(isNotAnswering([minutes(1), minutes(32)], defaultPolicy, minutes(35))).toBe(false);
    expect(isNotAnswering([minutes(20)], defaultPolicy, minutes(25))).toBe(false);
  });
});
