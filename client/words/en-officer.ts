import { plural } from './format.ts';
import { paperWords } from './en-officer-papers.ts';
import { patrolWords } from './en-officer-patrol.ts';

/** Sentences of the officer's phone. */
export const officerWords = {
  title: 'Officer',
  opening: 'Opening',
  shelfBroken: 'The storage of this phone cannot be opened. Leave the private window and try again.',
  close: 'Close',
  send: 'Send',
  reason: 'Reason',
  ownWords: 'In your own words',
  never: 'never',
  onDuty: 'On duty',
  offDuty: 'Off duty',
  tasks: 'Tasks',
  matterNone: 'Matter not set',
  addressNone: 'No address',
  number: (v: { id: number }) => `Incident ${v.id}`,
  cell: (v: { code: string }) => `Grid ${v.code}`,
  distance: (v: { metres: string }) => `${v.metres} away`,
  waiting: (v: { acts: number }) =>
    plural(v.acts, { one: `${v.acts} step to send`, other: `${v.acts} steps to send` }),
  doneWaiting: (v: { acts: number }) =>
    plural(v.acts, {
      one: `Done on this phone, ${v.acts} step still to be sent`,
      other: `Done on this phone, ${v.acts} steps still to be sent`,
    }),
  signOut: 'Sign out',
  signOutWaiting: (v: { acts: number }) =>
    plural(v.acts, {
      one: `${v.acts} act is still to be sent; it stays on this phone until you sign in again.`,
      other: `${v.acts} acts are still to be sent; they stay on this phone until you sign in again.`,
    }),
  nav: { label: 'Pages', task: 'Task', report: 'Report', patrol: 'Patrol', me: 'Me' },
  idle: {
    title: 'No task',
    text: 'A new task fills the screen. What you find on patrol you can report at once.',
  },
  rework: {
    title: 'Rework',
    note: 'The check was not passed: your team handles it again.',
    leaderOnly: "The check was not passed: your team's leader takes it again.",
    take: 'Take it again',
  },
  steps: { accept: 'Accept', depart: 'Set out', arrive: 'Arrived', work: 'Handle', done: 'Done' },
  banner: {
    offline: (v: { acts: number; photos: number; synced: string }) =>
      v.photos > 0
        ? `Offline · ${v.acts} to send · ${v.photos} to upload · last sync ${v.synced}`
        : `Offline · ${v.acts} to send · last sync ${v.synced}`,
    sending: (v: { acts: number; photos: number }) => {
      if (v.photos === 0) return `${v.acts} to send`;
      return v.acts === 0 ? `${v.photos} to upload` : `${v.acts} to send · ${v.photos} to upload`;
    },
    choices: (v: { count: number }) =>
      plural(v.count, {
        one: `${v.count} thing was not accepted: you decide`,
        other: `${v.count} things were not accepted: you decide`,
      }),
    placeDenied: 'Location is blocked: allow it for this page in the system settings',
    placeUnavailable: 'No location: switch on location in the system settings',
    storageNear: (v: { photos: number }) =>
      plural(v.photos, {
        one: `Storage nearly full: upload ${v.photos} photo first`,
        other: `Storage nearly full: upload ${v.photos} photos first`,
      }),
    storageFull: (v: { photos: number }) =>
      plural(v.photos, {
        one: `Storage full, no new photos: upload ${v.photos} photo first`,
        other: `Storage full, no new photos: upload ${v.photos} photos first`,
      }),
    update: 'New version · tap to reload',
    newLines: (v: { name: string }) =>
      `Areas changed to “${v.name}”; your tasks stay as they are · tap to hide`,
  },
  offer: {
    answer: 'Please answer in time',
    over: 'The time to answer is over',
    secondsLeft: (v: { seconds: number }) =>
      plural(v.seconds, { one: `${v.seconds} second left`, other: `${v.seconds} seconds left` }),
    eta: (v: { minutes: number }) => `about ${v.minutes} min`,
    cannot: 'Cannot take it',
    cannotNote: 'The reason is kept and counts when the next team is sought.',
    leaderOnly: 'A licensed officer answers for this task.',
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
  sos: {
    hold: 'Call for help, hold for two seconds',
    short: 'hold 2 s',
    sent: 'sent',
    calling: 'Calling for help, goes out as soon as there is a network',
    raised: (v: { clock: string }) => `Called at ${v.clock}, waiting for the room`,
    seen: (v: { name: string }) => `${v.name} has your call`,
    safe: 'I am safe',
    stop: 'Cancel',
    other: (v: { name: string; team: string; metres: string }) =>
      v.metres === ''
        ? `${v.name} (${v.team}) calls for help, tap for the way`
        : `${v.name} (${v.team}) calls for help, ${v.metres} away, tap for the way`,
  },
  push: {
    title: 'Offers while this page is closed',
    note: 'A notification names level, matter, address and team, nothing about a party. Android phones in mainland China usually get no browser push: keep this page open, or rely on DingTalk or WeCom.',
    states: {
      unsupported: 'This browser has no push. On an iPhone add this page to the home screen first.',
      denied: 'Notifications are forbidden: allow them in the settings, then try again.',
      off: 'Once on, a new task shows a notification even while this page is closed.',
      on: 'On: a new task shows a notification even while this page is closed.',
    },
    turnOn: 'Turn on',
    turnOff: 'Turn off',
    failed: 'Not turned on: the push service or the server cannot be reached.',
  },
  duty: {
    on: 'On duty',
    off: 'Off duty',
    sentence: 'No position is taken off duty',
    offline: 'No network: this cannot be switched now.',
    rosterMissing: 'The roster has no shift for you now.',
    next: (v: { instant: string }) => `Next shift ${v.instant}`,
    current: (v: { from: string; until: string }) => `Your shift: ${v.from} to ${v.until}; not on duty yet`,
    team: 'Team',
    crew: 'Crew',
    self: (v: { name: string }) => `${v.name} (you)`,
    licensed: 'licensed',
    unlicensed: 'no valid licence',
    auxiliary: 'auxiliary',
    ends: 'Shift ends',
    place: 'This phone',
    placeState: {
      off: 'not taken',
      none: 'waiting for a fix',
      denied: 'blocked',
      unavailable: 'not available',
      fixed: 'located',
    },
    fix: (v: { age: string; accuracy: number }) => `${v.age} ago, ±${v.accuracy} m`,
    source: 'The room has',
    heard: (v: { source: string; age: string }) => `${v.source}, ${v.age} ago`,
    notHeard: 'no position yet',
    battery: 'Battery',
    batteryUnknown: 'the browser does not tell',
  },
  day: {
    title: 'Today',
    load: 'Tasks in hand',
    handled: 'Handled',
    offered: 'Offers',
    answers: (v: { offered: number; accepted: number; declined: number; expired: number }) =>
      `${v.offered}: accepted ${v.accepted}, declined ${v.declined}, expired ${v.expired}`,
    answer: 'Time to accept (median)',
    arrival: 'Time to arrive (median)',
    rest: 'Time without a task',
    noFines: 'Fines count in no score (Administrative Penalty Law, art. 74).',
  },
  viewers: {
    title: 'Who looked at my track',
    none: 'Nobody today.',
    line: (v: { clock: string; name: string; purpose: string }) =>
      `${v.clock} ${v.name}, purpose: ${v.purpose}`,
  },
  look: {
    title: 'Screen and device',
    theme: 'Theme',
    sun: 'Sun',
    night: 'Night',
    big: 'Big text',
    datum: 'Datum of this phone',
    datumNote: 'Usually WGS-84; some custom terminals give GCJ-02, see the device manual.',
  },
  choices: {
    title: 'You decide',
    none: 'Nothing waits for a decision.',
    one: (v: { id: string }) => (v.id === '' ? 'Not accepted' : `Incident ${v.id}: not accepted`),
    mine: 'On this phone',
    theirs: (v: { clock: string }) => `In the room, ${v.clock}`,
    line: (v: { clock: string; act: string; said: string }) =>
      v.said === '' ? `${v.clock} ${v.act}` : `${v.clock} ${v.act}: ${v.said}`,
    gone: 'The task is no longer your team’s',
    endedAt: (v: { clock: string }) => `ended ${v.clock}`,
    takenBy: (v: { team: string }) => `team ${v.team} has it now`,
    keepAsNote: 'Keep as a note',
    noteText: (v: { lines: string }) => `Done while offline: ${v.lines}`,
    retry: 'Try once more',
    drop: 'Give up my version',
    photo: (v: { clock: string; why: string }) => `The photo of ${v.clock} was not accepted: ${v.why}`,
    dropPhoto: 'Give up this photo',
  },
  actNames: {
    acceptAssignment: 'Accepted',
    declineAssignment: 'Declined',
    departAssignment: 'Set out',
    arriveAssignment: 'Arrived',
    handleAssignment: 'Done',
    returnAssignment: 'Returned',
    requestHelp: 'Asked for help',
    checkIn: 'All well',
    acceptRework: 'Rework taken',
    noteIncident: 'Note',
    createIncident: 'Report',
    skipEvidence: 'Photo left out',
    openFile: 'File opened',
    actOnFile: 'Step of a file',
    orderCorrection: 'Order to correct',
    confirmCorrection: 'Corrected',
    failCorrection: 'Not corrected',
    completeVerification: 'Verification',
    settleIncident: 'Settled on the spot',
    reportCheck: 'Check',
    requestTime: 'Asked for time',
    startPatrol: 'Patrol begun',
    answerSite: 'Site checked',
    endPatrol: 'Patrol ended',
  },
  message: {
    said: (v: { clock: string; from: string; text: string }) => `${v.clock} Room, ${v.from}: ${v.text}`,
    read: 'Got it',
  },
  papers: paperWords,
  patrol: patrolWords,
};
