import type { Policy } from '../../contract/dispatch.ts';
import type { DeclineReason, Priority, WithdrawReason } from '../../contract/dispatch-codes.ts';
import type { AssignmentId, IncidentId, TeamId } from '../../contract/ids.ts';
import { ofPriority } from './policy.ts';
import type { Exclusion } from './situation.ts';
import type { OfferEffect, OfferEvent, OfferLoop, OfferRefusal, OfferStep, Outcome } from './offer-loop.ts';

/** The loop of an incident that was filed just now, and its first request for a ranking. */
export function openLoop(incidentId: IncidentId, priority: Priority, policy: Policy): OfferStep {
  const loop: OfferLoop = {
    incidentId,
    priority,
    phase: 'ranking',
    round: 1,
    roundsAsked: 0,
    askedInRound: [],
    ranking: [],
    request: 0,
    attempts: 0,
    losses: 0,
    claim: null,
    offer: null,
    tried: [],
    exclusions: [],
    told: null,
    alarm: false,
  };
  return rank(loop, [], policy);
}

/**
 * One step of the loop at `at` (ms UTC). An event that is not legal in the present state, or comes twice,
 * changes nothing and says so in `refusal`; it is never an error.
 */
export function step(loop: OfferLoop, event: OfferEvent, policy: Policy, at: number): OfferStep {
  switch (event.type) {
    case 'ranked':
      if (loop.phase !== 'ranking' || event.request !== loop.request) return refuse(loop);
      return tryNext({ ...loop, ranking: unasked(loop, event.teamIds) }, () => widen(loop, policy));
    case 'claimed':
    case 'claim_lost':
      if (loop.claim?.attempt !== event.attempt) return refuse(loop);
      return event.type === 'claimed' ? hold(loop, event.assignmentId, policy, at) : lose(loop, policy, at);
    case 'given':
      return give(loop, event.teamId, event.manual);
    case 'ended':
      return close(loop, event.reason, at);
    case 'team_freed':
      return freed(loop, event.teamId, policy);
    case 'acknowledged':
      return loop.alarm ? done({ ...loop, alarm: false }) : refuse(loop);
    case 'restarted':
      return restart(loop, policy);
    default:
      return answer(loop, event, policy, at);
  }
}

/** Events about the assignment that holds the slot. */
function answer(
  loop: OfferLoop,
  event: Extract<OfferEvent, { assignmentId: unknown; type: string }>,
  policy: Policy,
  at: number,
): OfferStep {
  const { offer, phase } = loop;
  if (event.type === 'claimed') return refuse(loop);
  if (!offer || offer.assignmentId !== event.assignmentId) return refuse(loop, 'offer_ended');
  switch (event.type) {
    case 'accepted':
      if (phase !== 'offered') return refuse(loop);
      if (at > offer.answerBy)
        return { ...expire(loop, policy, at), refusal: refusal(loop, 'offer_expired') };
      return done({ ...loop, phase: 'accepted' }, { type: 'note', what: 'accepted', offer });
    case 'declined':
      return phase === 'offered' ? decline(loop, event.reason, policy, at) : refuse(loop);
    case 'timer':
      if (phase !== 'offered' || event.dueAt !== offer.answerBy || at < event.dueAt) return refuse(loop);
      return expire(loop, policy, at);
    case 'withdrawn':
      if (phase === 'on_scene' && event.reason !== 'recalled') return refuse(loop);
      return withdraw(loop, event.reason, policy, at);
    case 'departed':
      if (phase !== 'accepted') return refuse(loop);
      return done({ ...loop, phase: 'en_route' }, { type: 'note', what: 'departed', offer });
    case 'arrived':
      if (phase !== 'accepted' && phase !== 'en_route') return refuse(loop);
      return done({ ...loop, phase: 'on_scene' }, { type: 'note', what: 'arrived', offer });
    default: {
      if (phase !== 'on_scene') return refuse(loop);
      const { loop: ended, effects } = end(loop, 'finished', null, at);
      return done({ ...ended, phase: 'closed' }, ...effects);
    }
  }
}

const done = (loop: OfferLoop, ...effects: OfferEffect[]): OfferStep => ({ loop, effects, refusal: null });

function refusal(loop: OfferLoop, code: OfferRefusal['code']): OfferRefusal {
  const { phase, offer } = loop;
  return { code, phase, takenBy: offer?.teamId ?? null, takenAt: offer?.offeredAt ?? null };
}

const refuse = (loop: OfferLoop, code: OfferRefusal['code'] = 'state_wrong'): OfferStep => ({
  loop,
  effects: [],
  refusal: refusal(loop, code),
});

/** Ends the assignment that holds the slot. */
function end(
  loop: OfferLoop,
  outcome: Outcome,
  reason: DeclineReason | WithdrawReason | null,
  at: number,
): { loop: OfferLoop; effects: OfferEffect[] } {
  const { offer } = loop;
  if (!offer) return { loop, effects: [] };
  const { assignmentId, teamId } = offer;
  return {
    loop: { ...loop, offer: null, tried: [...loop.tried, { teamId, assignmentId, outcome, reason, at }] },
    effects: [{ type: 'end', assignmentId, teamId, outcome, reason }],
  };
}

function rank(loop: OfferLoop, effects: readonly OfferEffect[], policy: Policy): OfferStep {
  const request = loop.request + 1;
  const radii = policy.offers.radiusMetres;
  const radiusMetres = radii[Math.min(loop.round, radii.length) - 1] ?? null;
  return done({ ...loop, phase: 'ranking', request, ranking: [] }, ...effects, {
    type: 'rank',
    request,
    radiusMetres,
  });
}

/** After an assignment ended: wait for a claim that is under way, else ask for a ranking with fresh facts. */
function resume(loop: OfferLoop, effects: readonly OfferEffect[], policy: Policy): OfferStep {
  return loop.claim ? done({ ...loop, phase: 'claiming' }, ...effects) : rank(loop, effects, policy);
}

function claim(loop: OfferLoop, teamId: TeamId, manual: boolean): OfferStep {
  const attempt = loop.attempts + 1;
  const wanted = { attempt, teamId, manual, replaces: loop.offer?.assignmentId ?? null };
  const phase = loop.offer ? loop.phase : 'claiming';
  return done({ ...loop, phase, attempts: attempt, claim: wanted }, { type: 'claim', claim: wanted });
}

const unasked = (loop: OfferLoop, teamIds: readonly TeamId[]): readonly TeamId[] =>
  teamIds.filter((teamId) => !loop.askedInRound.includes(teamId));

function tryNext(loop: OfferLoop, otherwise: () => OfferStep): OfferStep {
  const [teamId, ...rest] = loop.ranking;
  return teamId === undefined ? otherwise() : claim({ ...loop, ranking: rest }, teamId, false);
}

/** Nobody inside the radius is left: a larger radius, or a person. */
function widen(loop: OfferLoop, policy: Policy): OfferStep {
  const roundsAsked = loop.roundsAsked + Number(loop.askedInRound.length > 0);
  const next = { ...loop, roundsAsked, askedInRound: [] };
  const isLast = loop.round >= policy.offers.radiusMetres.length;
  if (isLast || roundsAsked >= ofPriority(policy.offers.maxRounds, loop.priority)) return giveUp(next);
  return rank({ ...next, round: loop.round + 1 }, [], policy);
}

/** The search ends at a person when teams were asked in vain or a P1 waits; else it is told and queued. */
function giveUp(loop: OfferLoop): OfferStep {
  const standing = loop.roundsAsked > 0 || loop.priority === 1;
  const phase = standing ? 'alerted' : 'queued';
  const rest: OfferLoop = { ...loop, phase, told: phase, losses: 0, ranking: [], askedInRound: [] };
  if (loop.told === phase) return done(rest);
  const kind = loop.roundsAsked > 0 ? 'offers_exhausted' : 'waiting_for_team';
  const alert: OfferEffect = { type: 'alert', kind, standing, tried: loop.tried };
  return done({ ...rest, alarm: loop.alarm || standing }, alert);
}

/** The claim succeeded: the slot is held, the team is asked. */
function hold(loop: OfferLoop, assignmentId: AssignmentId, policy: Policy, at: number): OfferStep {
  const { teamId, manual } = loop.claim!;
  // The claim replaced the former assignment in its own transaction.
  const { loop: without, effects } = end(loop, 'withdrawn', 'reassigned', at);
  const answerBy = at + ofPriority(policy.offers.answerSeconds, loop.priority) * 1000;
  const offer = { assignmentId, teamId, offeredAt: at, answerBy, manual };
  if (loop.phase === 'closed')
    return done(
      { ...loop, claim: null },
      { type: 'end', assignmentId, teamId, outcome: 'withdrawn', reason: 'cancelled' },
    );
  const held: OfferLoop = {
    ...without,
    claim: null,
    losses: 0,
    told: null,
    askedInRound: [...loop.askedInRound, teamId],
    offer,
    phase: 'offered',
  };
  if (!policy.offers.enabled)
    return done({ ...held, phase: 'accepted' }, ...effects, { type: 'note', what: 'accepted', offer });
  const timer: OfferEffect = { type: 'set_timer', assignmentId, dueAt: answerBy };
  return done(held, ...effects, { type: 'offer', offer }, timer);
}

function lose(loop: OfferLoop, policy: Policy, at: number): OfferStep {
  const { teamId } = loop.claim!;
  const tried = [
    ...loop.tried,
    { teamId, assignmentId: null, outcome: 'claim_lost' as const, reason: null, at },
  ];
  const next = { ...loop, claim: null, tried };
  if (next.phase !== 'claiming') return done(next);
  return tryNext(next, () => {
    const losses = next.losses + 1;
    return losses < policy.offers.claimAttempts ? rank({ ...next, losses }, [], policy) : giveUp(next);
  });
}

function decline(loop: OfferLoop, reason: DeclineReason, policy: Policy, at: number): OfferStep {
  const { teamId } = loop.offer!;
  const { loop: ended, effects } = end(loop, 'declined', reason, at);
  const follow = (what: 'vehicle' | 'team_data' | 'judgement') =>
    effects.push({ type: 'follow_up', what, teamId });
  if (reason === 'vehicle') follow('vehicle');
  if (reason === 'skill_or_kit') follow('team_data');
  if (reason === 'not_ours') follow('judgement');
  if (reason === 'unsafe')
    effects.push({ type: 'alert', kind: 'officer_unsafe', standing: true, tried: ended.tried });
  return resume(exclude(ended, { teamId, cause: reason, untilAt: null }), effects, policy);
}

function expire(loop: OfferLoop, policy: Policy, at: number): OfferStep {
  const { teamId } = loop.offer!;
  const untilAt = at + policy.offers.expiredPauseSeconds * 1000;
  const { loop: ended, effects } = end(loop, 'expired', null, at);
  effects.push({ type: 'alert', kind: 'offer_unanswered', standing: false, tried: ended.tried });
  return resume(exclude(ended, { teamId, cause: 'unanswered', untilAt }), effects, policy);
}

/** Taken away for another's sake: the search starts again, at the nearest. */
function withdraw(loop: OfferLoop, reason: WithdrawReason, policy: Policy, at: number): OfferStep {
  const { teamId } = loop.offer!;
  const { loop: ended, effects } = end(loop, 'withdrawn', reason, at);
  const afresh = { ...ended, round: 1, roundsAsked: 0, askedInRound: [] };
  const next = reason === 'recalled' ? exclude(afresh, { teamId, cause: 'recalled', untilAt: null }) : afresh;
  return resume(next, effects, policy);
}

const exclude = (loop: OfferLoop, exclusion: Exclusion): OfferLoop => ({
  ...loop,
  exclusions: [...loop.exclusions.filter(({ teamId }) => teamId !== exclusion.teamId), exclusion],
});

function give(loop: OfferLoop, teamId: TeamId, manual: boolean): OfferStep {
  if (loop.phase === 'closed' || loop.phase === 'on_scene') return refuse(loop);
  if (loop.claim || loop.offer?.teamId === teamId) return refuse(loop);
  return claim({ ...loop, ranking: [] }, teamId, manual);
}

function close(loop: OfferLoop, reason: 'cancelled' | 'merged' | 'closed', at: number): OfferStep {
  if (loop.phase === 'closed') return refuse(loop);
  const { loop: ended, effects } = end(loop, 'withdrawn', reason, at);
  return done({ ...ended, phase: 'closed', ranking: [], alarm: false }, ...effects);
}

/** A team became free: its own "busy elsewhere" is over, and whoever waits tries again, town-wide. */
function freed(loop: OfferLoop, teamId: TeamId | null, policy: Policy): OfferStep {
  const exclusions = loop.exclusions.filter(
    (exclusion) => exclusion.teamId !== teamId || exclusion.cause !== 'on_scene_elsewhere',
  );
  const next = { ...loop, exclusions };
  if (loop.phase !== 'queued' && loop.phase !== 'alerted') return done(next);
  return rank({ ...next, round: policy.offers.radiusMetres.length }, [], policy);
}

/** After a restart the question that was open is asked again; timers are rows and need nothing. */
function restart(loop: OfferLoop, policy: Policy): OfferStep {
  if (loop.claim) return done(loop, { type: 'claim', claim: loop.claim });
  return loop.phase === 'ranking' ? rank(loop, [], policy) : done(loop);
}

/** True when a team let so many offers expire lately that a dispatcher should be told. */
export function isNotAnswering(expiredAt: readonly number[], policy: Policy, at: number): boolean {
  const since = at - policy.offers.unansweredWindowSeconds * 1000;
  return (
    expiredAt.filter((instant) => instant > since && instant <= at).length >= policy.offers.unansweredLimit
  );
}
