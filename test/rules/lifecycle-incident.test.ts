import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentState } from '../../shared/contract/incidents.ts';
import { type Role, roles } from '../../shared/contract/roles.ts';
import type { IncidentFacts } from '../../shared/rules/lifecycle/incident-guards.ts';
import {
  type IncidentEvent,
  endedStates,
  incidentSteps,
  incidentTransition,
  openStates,
} from '../../shared/rules/lifecycle/incident.ts';

/** Facts with which every step's guards hold, as far as they do not exclude each other. */
const good: IncidentFacts = {
  positioned: true,
  duplicatesSearched: true,
  source: 'public_page',
  reason: 'said why',
  verificationResult: 'exists',
  verificationPhotos: 1,
  targetOpen: true,
  conditionChosen: true,
  pinned: true,
  penaltyOpen: false,
  photosBefore: 1,
  photosAfter: 1,
  explained: true,
  teamEligible: true,
  insideAnswerTime: true,
  teamReported: true,
  insideGeofence: true,
  licensedSigners: 2,
  orderServed: true,
  correctionOutcome: 'corrected',
  spotMetres: 12,
  taskKind: 'verify',
  evidenceComplete: true,
  disposition: 'moved away',
  liability: 'education',
  checkerIsHandler: false,
  receiptKept: true,
  held: false,
  overdue: false,
  extensionsApproved: 0,
  holdsBefore: 0,
  holdDays: 3,
  reporterUnsatisfied: true,
  appealReviewedBy: null,
};

const walk = (
  from: IncidentState | null,
  steps: [IncidentEvent, Role, IncidentFacts?][],
): IncidentState | null => {
  let state = from;
  for (const [event, role, facts] of steps) {
    const answer = incidentTransition(state, event, role, { ...good, ...facts });
    if (!answer.ok) throw new Error(`${state} ${event} ${role}: ${JSON.stringify(answer.refusal)}`);
    state = answer.to;
  }
  return state;
};

const refused = (
  state: IncidentState | null,
  event: IncidentEvent,
  role: Role,
  facts: IncidentFacts = {},
) => {
  const answer = incidentTransition(state, event, role, { ...good, ...facts });
  return answer.ok ? answer.to : 'guard' in answer.refusal ? answer.refusal.guard : answer.refusal.code;
};

describe('the ordinary course', () => {
  test('reported, filed, offered, accepted, on scene, handled, checked, closed', () => {
    expect(
      walk(null, [
        ['incident.reported', 'gridWorker'],
        ['verification.requested', 'dispatcher'],
        ['verification.completed', 'auxiliary'],
        ['incident.filed', 'dispatcher'],
        ['assignment.offered', 'system'],
        ['assignment.declined', 'leader'],
        ['assignment.offered', 'dispatcher'],
        ['assignment.accepted', 'officer'],
        ['team.departed', 'officer'],
        ['team.arrived', 'officer'],
        ['correction.ordered', 'officer'],
        ['correction.failed', 'officer', { correctionOutcome: 'expired' }],
        ['incident.handled', 'officer'],
        ['check.assigned', 'dispatcher'],
        ['check.failed', 'dispatcher'],
        ['rework.accepted', 'leader'],
        ['team.departed', 'leader'],
        ['team.arrived', 'leader'],
        ['incident.handled', 'leader'],
        ['check.assigned', 'dispatcher'],
        ['incident.closed', 'dispatcher'],
        ['incident.reopened', 'dispatcher'],
      ]),
    ).toBe('filed');
  });

  test('the dispatcher acts for a team on its word only', () => {
    expect(refused('offered', 'assignment.accepted', 'dispatcher', { teamReported: false })).toBe(
      'team_reported',
    );
    expect(refused('offered', 'assignment.accepted', 'dispatcher')).toBe('accepted');
    expect(refused('on_scene', 'incident.handled', 'dispatcher')).toBe('handled');
  });
});

describe('named refusals', () => {
  const cases: [IncidentState | null, IncidentEvent, Role, IncidentFacts, string][] = [
    [null, 'incident.reported', 'officer', { positioned: false }, 'position_known'],
    ['reported', 'verification.requested', 'dispatcher', { source: 'patrol' }, 'source_unverified'],
    ['verifying', 'verification.completed', 'officer', { verificationResult: 'not_exists', verificationPhotos: 0 }, 'absence_photographed'],
    ['reported', 'incident.rejected', 'dispatcher', { reason: '  ' }, 'reason_given'],
    ['reported', 'incident.rejected', 'dispatcher', { rejectReason: 'not_exists', verificationResult: 'unclear' }, 'absence_verified'],
    ['reported', 'incident.merged', 'dispatcher', { targetOpen: false }, 'target_open'],
    ['reported', 'incident.filed', 'dispatcher', { conditionChosen: false }, 'condition_chosen'],
    ['reported', 'incident.settled', 'officer', { penaltyOpen: true }, 'penalty_absent'],
    ['filed', 'assignment.offered', 'system', { teamEligible: false }, 'team_eligible'],
    ['offered', 'assignment.accepted', 'leader', { insideAnswerTime: false }, 'answer_timely'],
    ['offered', 'assignment.expired', 'system', {}, 'answer_overdue'],
    ['on_scene', 'assignment.withdrawn', 'dispatcher', {}, 'transition_illegal'],
    ['en_route', 'team.arrived', 'officer', { insideGeofence: false, reason: '' }, 'place_reached'],
    ['en_route', 'team.arrived', 'auxiliary', { taskKind: 'handle' }, 'task_auxiliary'],
    ['on_scene', 'correction.ordered', 'officer', { licensedSigners: 1 }, 'officers_two'],
    ['on_scene', 'correction.ordered', 'auxiliary', {}, 'action_forbidden'],
    ['correction_pending', 'correction.confirmed', 'officer', { spotMetres: 31 }, 'spot_same'],
    ['on_scene', 'incident.handled', 'officer', { liability: null }, 'liability_set'],
    ['on_scene', 'incident.handled', 'gridWorker', { taskKind: 'handle' }, 'task_auxiliary'],
    ['handled', 'check.assigned', 'dispatcher', { checkerIsHandler: true }, 'checker_independent'],
    ['checking', 'incident.closed', 'dispatcher', { photosAfter: 0 }, 'photos_paired'],
    ['checking', 'incident.closed', 'officer', {}, 'action_forbidden'],
    ['filed', 'incident.transferred', 'head', { receiptKept: false }, 'receipt_kept'],
    ['filed', 'deadline.extended', 'dispatcher', { overdue: true }, 'deadline_running'],
    ['filed', 'deadline.extended', 'dispatcher', { extensionsApproved: 2 }, 'extensions_left'],
    ['filed', 'incident.held', 'head', { holdsBefore: 1 }, 'hold_first'],
    ['filed', 'incident.held', 'head', { holdDays: 367 }, 'hold_bounded'],
    ['accepted', 'team.departed', 'officer', { held: true }, 'incident_held'],
    ['closed', 'incident.reopened', 'dispatcher', { reporterUnsatisfied: false, daysSinceClosed: 8 }, 'reopen_grounded'],
    ['closed', 'incident.handled', 'officer', {}, 'incident_ended'],
    ['closed', 'appeal.submitted', 'leader', {}, 'deadline_missed'],
    ['closed', 'appeal.submitted', 'leader', { overdue: true, appealsBefore: 1 }, 'appeal_first'],
    ['closed', 'appeal.reviewed', 'head', { appealOpen: true }, 'appeal_endorsed'],
    ['returned', 'incident.handled', 'dispatcher', {}, 'transition_illegal'],
    ['returned', 'check.assigned', 'dispatcher', {}, 'transition_illegal'],
    ['returned', 'incident.closed', 'dispatcher', {}, 'transition_illegal'],
  ]; // prettier-ignore

  test.each(cases)('%s %s by %s with %j: %s', (state, event, role, facts, code) => {
    expect(refused(state, event, role, facts)).toBe(code);
  });

  test('every fact left out fails closed', () => {
    for (const step of incidentSteps.filter(
      (s) => s.guards.length > 0 && !s.guards.every((g) => g === 'hold_absent'),
    ))
      for (const role of step.by)
        for (const from of step.from) {
          const answer = incidentTransition(from, step.event, role, {});
          expect([step.event, role, answer.ok]).toEqual([
            step.event,
            role,
            answer.ok && step.guards.length === 0,
          ]);
        }
  });
});

describe('properties over random sequences', () => {
  const events = [...new Set(incidentSteps.map((s) => s.event))];
  const facts = fc.record(
    {
      held: fc.boolean(),
      overdue: fc.boolean(),
      teamReported: fc.boolean(),
      insideAnswerTime: fc.boolean(),
      licensedSigners: fc.integer({ min: 0, max: 3 }),
      liability: fc.constantFrom(null, 'none' as const, 'simple' as const),
      checkerIsHandler: fc.boolean(),
      correctionOutcome: fc.constantFrom('corrected' as const, 'refused' as const),
      taskKind: fc.constantFrom('handle' as const, 'verify' as const),
    },
    { requiredKeys: [] },
  );
  const attempts = fc.array(fc.tuple(fc.nat(), fc.nat(), facts), {
    minLength: 30,
    maxLength: 80,
    size: 'max',
  });

  interface Taken {
    from: IncidentState | null;
    event: IncidentEvent;
    role: Role;
    to: IncidentState;
    facts: IncidentFacts;
  }
  const run = (tries: [number, number, IncidentFacts][], transition: typeof incidentTransition): Taken[] => {
    const taken: Taken[] = [];
    let state: IncidentState | null = null;
    for (const [choice, who, extra] of tries) {
      const known = { ...good, ...extra };
      // mostly what leads on from this state, sometimes anything by anybody
      const onward = incidentSteps.filter(
        (s) =>
          s.from.includes(state) &&
          s.from.length < 5 &&
          s.to !== null &&
          (who % 9 === 0 || !endedStates.some((end) => end === s.to)),
      );
      const rows = choice % 7 === 0 || onward.length === 0 ? incidentSteps : onward;
      const row = rows[Math.floor(choice / 7) % rows.length];
      if (!row) break;
      const role = (who % 4 === 0 ? roles : row.by)[
        Math.floor(who / 4) % (who % 4 === 0 ? roles.length : row.by.length)
      ]!;
      const answer = transition(state, row.event, role, known);
      if (!answer.ok) continue;
      taken.push({ from: state, event: row.event, role, to: answer.to, facts: known });
      state = answer.to;
    }
    return taken;
  };
  const always = (law: (taken: Taken[]) => boolean, transition = incidentTransition) =>
    fc.check(
      fc.property(attempts, (tries) => law(run(tries, transition))),
      { numRuns: 1500 },
    );

  const afterReturn = (taken: Taken[]): boolean =>
    taken.every(
      (t) =>
        t.from !== 'returned' || ['filed', 'rejected', 'merged', 'transferred', 'returned'].includes(t.to),
    );

  test('after a return only a new dispatch, a rejection, a merge or a transfer', () => {
    expect(always(afterReturn)).toMatchObject({ failed: false });
  });

  test('control: the walks catch a machine that lets the dispatcher push a returned incident', () => {
    const lax: typeof incidentTransition = (state, event, role, known) =>
      state === 'returned' && event === 'incident.redispatched'
        ? { ok: true, to: 'handled' }
        : incidentTransition(state, event, role, known);
    expect(always(afterReturn, lax)).toMatchObject({ failed: true });
  });

  test('control: the walks reach every state', () => {
    const reached = new Set<IncidentState>();
    always((taken) => {
      for (const t of taken) reached.add(t.to);
      return true;
    });
    expect([...reached].sort()).toEqual([...openStates, ...endedStates].sort());
  });

  test('nothing leaves an ended state but a reopened closed incident', () => {
    const law = (taken: Taken[]): boolean =>
      taken.every(
        (t) =>
          !endedStates.some((e) => e === t.from) ||
          t.to === t.from ||
          (t.from === 'closed' && t.to === 'filed'),
      );
    expect(always(law)).toMatchObject({ failed: false });
  });

  test('no auxiliary orders, and nobody orders with fewer than two officers', () => {
    const law = (taken: Taken[]): boolean =>
      taken.every(
        (t) =>
          t.event !== 'correction.ordered' ||
          (['officer', 'leader'].includes(t.role) && (t.facts.licensedSigners ?? 0) >= 2),
      );
    expect(always(law)).toMatchObject({ failed: false });
  });

  test('closed only from checking, or settled as trivial; handled only from the scene or a correction', () => {
    const law = (taken: Taken[]): boolean =>
      taken.every(
        (t) =>
          t.from === t.to ||
          (t.to !== 'closed' || t.from === 'checking' || t.event === 'incident.settled') &&
          (t.to !== 'handled' || t.from === 'on_scene' || t.from === 'correction_pending'),
      ); // prettier-ignore
    expect(always(law)).toMatchObject({ failed: false });
  });

  test('a held incident is not handled', () => {
    const law = (taken: Taken[]): boolean =>
      taken.every(
        (t) =>
          t.facts.held !== true ||
          !['offered', 'accepted', 'en_route', 'on_scene', 'handled', 'correction_pending'].includes(t.to) ||
          t.to === t.from,
      );
    expect(always(law)).toMatchObject({ failed: false });
  });

  test('spectators change nothing', () => {
    for (const role of ['planner', 'auditor', 'administrator', 'legalReviewer'] as const)
      for (const event of events)
        for (const state of [null, ...openStates, ...endedStates])
          expect(incidentTransition(state, event, role, good).ok).toBe(false);
  });
});

test('every state can be reached and every open state can be left', () => {
  const edges = incidentSteps.flatMap((s) => s.from.map((from) => [from, s.to] as const));
  const reached = new Set<IncidentState | null>([null]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const [from, to] of edges) if (reached.has(from) && to) reached.add(to);
  }
  expect([...reached].filter((s) => s !== null).sort()).toEqual([...openStates, ...endedStates].sort());
  for (const open of openStates)
    expect(edges.some(([from, to]) => from === open && to && to !== open)).toBe(true);
});
