import type { Policy } from '../../contract/dispatch.ts';
import type { Priority } from '../../contract/dispatch-codes.ts';

/** Changes whenever a rule of the core changes; stored with each decision. */
export const coreVersion = '1.1.0';

const peakHours = [7, 8, 17, 18];

/** The settings that a new town starts with. Free of zod. */
export const defaultPolicy: Policy = {
  mode: 'assist',
  capacity: 1,
  fresh: { liveSeconds: 30, recentSeconds: 120, darkSeconds: 600 },
  accuracyLimitMetres: 500,
  membersApartMetres: 300,
  shift: { marginSeconds: 600, overtime: [true, false, false, false] },
  zoneRule: ['nearest', 'own_first', 'own_first', 'own_first'],
  ownFirstCapSeconds: 300,
  travel: {
    detour: 1.3,
    speedsKmh: Array.from({ length: 24 }, (_, hour) => (peakHours.includes(hour) ? 25 : 30)),
    utcOffsetMinutes: 480,
    startDelaySeconds: 0,
  },
  load: { secondsPerJob: 20, limitSeconds: 60 },
  offers: {
    enabled: true,
    answerSeconds: [30, 60, 60, 60],
    radiusMetres: [3000, 5000, 8000, null],
    maxRounds: [2, 3, 3, 3],
    expiredPauseSeconds: 300,
    unansweredLimit: 2,
    unansweredWindowSeconds: 1800,
    claimAttempts: 3,
  },
  queue: { order: 'weighted', ageWeight: 0.5, creditSeconds: [1800, 600, 0, -300] },
  matching: { etaWeight: [2, 1.5, 1, 1], fill: 'partial' },
  rematch: { mode: 'proposal', hysteresisSeconds: 120, nearLockSeconds: 120, switchPauseSeconds: 300 },
  preempt: { over: [[2, 3, 4], [], [], []], nearLockSeconds: 120 },
  betterTeam: {
    tickSeconds: 10,
    tickPriorities: [1, 2],
    minimumGainSeconds: 120,
    minimumRemainingSeconds: 120,
    minimumRemainingMetres: 500,
    repeatSeconds: 180,
  },
  watchdog: {
    tickSeconds: 30,
    thresholdMetres: 50,
    debounceTicks: 2,
    nearMetres: 80,
    nearAccuracyMetres: 50,
    graceSeconds: 120,
    questionSeconds: 60,
    callSeconds: 120,
    proposalSeconds: [120, 240, 240, 240],
    automaticSeconds: null,
    checkInSeconds: 600,
  },
  shortlist: { sizes: [16, 64], minimumEligible: 3, inMemoryTeams: 300 },
};

/** Names of the four policies of a recorded world. */
export const profileNames = ['nearest', 'preempt', 'zonefirst', 'zonelocked'] as const;
export type ProfileName = (typeof profileNames)[number];

/**
 * A plain world to compare plans in: straight lines at 8 m/s, no offers, no load term, no re-matching,
 * a queue in strict order of priority and time.
 */
export function profile(name: ProfileName): Policy {
  const rule = name === 'zonefirst' ? 'own_first' : name === 'zonelocked' ? 'locked' : 'nearest';
  return {
    ...defaultPolicy,
    mode: 'auto',
    zoneRule: [rule, rule, rule, rule],
    ownFirstCapSeconds: null,
    travel: {
      ...defaultPolicy.travel,
      detour: 1,
      speedsKmh: Array.from({ length: 24 }, () => 28.8),
    },
    load: { secondsPerJob: 0, limitSeconds: 0 },
    offers: { ...defaultPolicy.offers, enabled: false, radiusMetres: [null] },
    queue: { order: 'strict_time', ageWeight: 0, creditSeconds: [0, 0, 0, 0] },
    matching: { etaWeight: [1, 1, 1, 1], fill: 'partial' },
    rematch: { ...defaultPolicy.rematch, mode: 'off' },
    preempt: {
      over: name === 'preempt' ? [[2, 3], [], [], []] : [[], [], [], []],
      nearLockSeconds: 0,
    },
  };
}

/** The entry of a list of four that stands for a priority. */
export function ofPriority<T>(four: readonly [T, T, T, T], priority: Priority): T {
  return four[priority - 1] as T;
}
