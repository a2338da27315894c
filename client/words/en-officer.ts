import { plural } from './format.ts';
import { paperWords } from './en-officer-papers.ts';
import { patrolWords } from './en-officer-patrol.ts';
import { taskWords } from './en-officer-task.ts';

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
  supervisor: (v: { name: string }) => `Supervising officer: ${v.name}`,
  cell: (v: { code: string }) => `Grid ${v.code}`,
  distance: (v: { metres: string }) => `${v.metres} away`,
  waiting: (v: { acts: number }) =>
    plural(v.acts, { one: `${v.acts} step to send`, other: `${v.acts} steps to send` }),
  doneWaiting: (v: { acts: number }) =>
    plural(v.acts, {
      one: `Done on this phone, ${v.acts} step still to be sent`,
      other: `Done on this phone, ${v.acts} steps still to be sent`,
    }),
  files: 'Penalty files (needs a network)',
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
    asked: (v: { instant: string }) => `Found by the check at ${v.instant}:`,
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
    doubt: {
      mock: 'This phone’s location is taken for faked, the team is not sent: stop the mock location app',
      datum:
        'This phone’s track lies about 500 m off the roads, the team is not sent: correct the datum on the Me page',
      inaccurate:
        'Location is very coarse, the team may not be sent: go into the open and allow precise location',
    },
    clockAhead: (v: { minutes: number }) =>
      `The phone’s clock is about ${v.minutes} min ahead, its locations are not taken: switch on automatic time`,
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
  ...taskWords,
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
  devices: {
    title: 'Apps for the pocket',
    note: 'A browser cannot see where a locked phone is. Traccar Client or OwnTracks can: scan once. Nothing is taken off duty.',
    add: (v: { app: string }) => `Set up ${v.app}`,
    revoke: 'Revoke',
    revokeOf: (v: { label: string }) => `Revoke ${v.label}`,
    offline: 'No network: it cannot be set up now.',
    once: (v: { instant: string }) =>
      `Shown this once. Scan it with the phone that has the app; not used by ${v.instant}, it lapses.`,
    qr: 'Set-up QR code',
    openHere: 'The app is on this phone: open its set-up',
    address: 'To type in: server address, user name and password',
    addressHere: 'The app is on this phone: copy this as its server address',
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
  overdue: {
    title: 'Handled late (30 days)',
    line: (v: { id: number; matter: string; due: string; done: string }) =>
      `Incident ${v.id} · ${v.matter} · due ${v.due}, done ${v.done}`,
    appeal: 'Appeal',
    note: 'Once for each incident; the room and then the head answer.',
    leaderOnly: "Your team's leader may appeal.",
    waiting: (v: { clock: string }) => `Appealed; answered by ${v.clock}`,
    results: { approved: 'Granted: the score does not count it', refused: 'Refused' },
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
    answerQuestion: 'Answer to the room',
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
    declareRecusal: 'Stood back',
    submitAppeal: 'Appealed',
    startPatrol: 'Patrol begun',
    answerSite: 'Site checked',
    endPatrol: 'Patrol ended',
  },
  calledOff: (v: { clock: string; incident: number; reason: string }) =>
    `${v.clock} Incident ${v.incident}: no need to go, ${v.reason}`,
  message: {
    said: (v: { clock: string; from: string; text: string }) => `${v.clock} Room, ${v.from}: ${v.text}`,
    read: 'Got it',
  },
  papers: paperWords,
  patrol: patrolWords,
};
