import { plural } from './format.ts';

/** Sentences of a task on the phone: from its offer to what came of it. */
export const taskWords = {
  offer: {
    answer: 'Please answer in time',
    over: 'The time to answer is over',
    secondsLeft: (v: { seconds: number }) =>
      plural(v.seconds, { one: `${v.seconds} second left`, other: `${v.seconds} seconds left` }),
    eta: (v: { minutes: number }) => `about ${v.minutes} min`,
    cannot: 'Cannot take it',
    cannotNote: 'The reason is kept and counts when the next team is sought.',
    leaderOnly: 'A licensed officer answers for this task.',
    moving: 'You seem to be on the way. Setting off is not accepting: please answer',
  },
  arrive: {
    title: 'Not at the scene by location: say why',
    outside: (v: { metres: string; radius: number }) =>
      `The phone is ${v.metres} from the scene, more than ${v.radius} m.`,
    placeUnknown: 'The phone has no usable location.',
    suggested: (v: { metres: number; accuracy: number; clock: string }) =>
      `At the scene since ${v.clock} (${v.metres} m, accuracy ±${v.accuracy} m): confirm your arrival`,
    seen: (v: { clock: string; metres: number | null }) =>
      `Your tracker app reached the scene at ${v.clock}${v.metres === null ? '' : ` (${v.metres} m)`}: confirm your arrival`,
    byTracker: (v: { clock: string }) => `Tracker app at the scene at ${v.clock}`,
    byPlace: (v: { metres: number; accuracy: number }) =>
      `Phone ${v.metres} m from the scene (±${v.accuracy} m)`,
    reasons: {
      drift: 'Location drifts, I am there',
      walk: 'No way for the car, arrived on foot',
      moved: 'The scene is not where it is marked',
    },
    other: 'Another reason',
  },
  question: {
    title: 'The command room asks',
    asks: {
      not_started: 'You accepted and have not set off. Are you on the way?',
      stalled: 'You have not come nearer for a while. Are you still on the way?',
      retreating: 'You are moving away from the scene. Are you still on the way?',
    },
    answers: { on_the_way: 'On the way', held_up: 'Held up', cannot: 'Cannot go' },
    heldUpReasons: {
      traffic: 'Traffic',
      road_closed: 'Road closed, going round',
      vehicle: 'Vehicle trouble, being seen to',
    },
    cannotReasons: {
      vehicle: 'Vehicle broken down',
      urgent_task: 'Another urgent task',
      unwell: 'Somebody hurt or unwell',
      not_ours: 'Not our duty',
    },
  },
  checkIn: {
    asks: 'Is all well?',
    next: (v: { timer: string }) => `Check-in in ${v.timer}`,
    button: 'All well',
    missed: (v: { count: number }) =>
      plural(v.count, {
        one: `${v.count} prompt went unanswered`,
        other: `${v.count} prompts went unanswered`,
      }),
  },
  deadline: {
    left: (v: { timer: string }) => `${v.timer} left`,
    over: (v: { timer: string }) => `overdue +${v.timer}`,
    due: (v: { clock: string }) => `due ${v.clock}`,
    held: (v: { clock: string }) => `On hold until ${v.clock}, the clock rests`,
  },
  acts: {
    navigate: 'Navigate',
    map: 'Map',
    mapOpening: 'Loading the map',
    mapSynthetic: 'Synthetic sample data',
    mapFailed: 'This phone cannot draw the map; use the navigation',
    note: 'Note',
    call: 'Call the reporter',
    recuse: 'Stand back',
    recuseNote: 'With an interest in the case you stand back and leave it (art. 43).',
    recuseReasons: ['The party is a near relative', 'I have an interest in it'],
    backup: 'Backup',
    backupNote: 'The room is told at once.',
    backupReasons: ['More people needed', 'The party is agitated', 'Police needed', 'Tow truck needed'],
    transfer: 'Transfer',
    transferNote: 'The room is asked to send another team; until then the task stays yours.',
    transferReasons: ['Not in our area', 'Another urgent task', 'Equipment missing'],
    time: 'More time',
    return: 'Return',
    returnNote: 'The room decides what becomes of it; the reason is kept.',
    returnReasons: ['Nothing found at the scene', 'Not our duty', 'Cannot be enforced now'],
  },
  call: {
    title: 'Call the reporter',
    note: 'The number serves this task alone; each look is written in the ledger.',
    ask: 'Show the number',
    none: 'The reporter left no number.',
    offline: 'No network: it cannot be shown now.',
    dial: (v: { name: string; phone: string }) => `Call ${v.name} ${v.phone}`.replace('  ', ' '),
  },
  time: {
    title: 'Ask for more time or a hold',
    note: 'The room or the head approves; the clock runs until then.',
    what: 'What is asked for',
    extension: 'One more limit',
    hold: (v: { hours: number }) => `Hold ${v.hours} h`,
    reason: 'Reason',
    send: 'Ask',
  },
  navigation: {
    title: 'Way to the scene',
    apps: { amap: 'AMap', baidu: 'Baidu Maps', apple: 'Apple Maps', geo: 'Another map app' },
    coordinate: 'Coordinate (WGS-84, longitude first)',
  },
  evidence: {
    title: 'Photos',
    scenePhoto: 'Photo of the scene',
    kinds: { far: 'Wide', reference: 'With reference', near: 'Close-up', before: 'Before', after: 'After' },
    waiting: (v: { count: number }) => `${v.count} to upload`,
    arrived: 'sent',
    toSend: 'to send',
    noPlace: 'no location',
    newIncident: 'new report',
    full: 'The storage of this phone is full: upload photos first.',
    unreadable: 'The photo cannot be read: take it again.',
  },
  work: {
    over: 'This task is not being handled at the scene.',
    result: 'Result',
    usual: ['Persuaded, put right', 'The car was driven away', 'Ordered to correct', 'Cleared and restored'],
    disposition: 'What was done',
    dispositionMissing: 'Say what was done',
    liability: 'Outcome',
    liabilityMissing: 'Choose the outcome',
  },
  verify: {
    title: 'Verification',
    note: '"Not there" needs a photo of the place.',
    text: 'Remarks',
    results: { exists: 'It is there', not_exists: 'Not there', unclear: 'Unclear' },
  },
  check: { title: 'Check', text: 'Remarks', passed: 'Passed', failed: 'Failed' },
};
