import { plural } from './format.ts';

/** Sentences of patrols and of own reports. */
export const patrolWords = {
  report: {
    title: 'Report',
    matter: 'Matter',
    matterNone: 'Choose the matter',
    where: 'Place',
    here: (v: { accuracy: number }) => `This phone, accuracy ±${v.accuracy} m`,
    placeMissing: 'No location yet: wait a moment under the open sky.',
    address: 'Address or house number',
    text: 'What is there',
    send: 'Report',
    sent: 'Kept, it is reported as soon as there is a network',
    sentOnline: 'Reported',
    another: 'Report another',
    settle: 'Settle on the spot',
    settleNote: 'Something small put right at once: a photo before and one after, no task is made.',
    settled: 'Settled on the spot',
    disposition: 'What was done',
  },
  title: 'Patrol',
  none: 'Once a patrol has begun, the grids you walk through are counted by themselves.',
  start: 'Begin the patrol',
  end: 'End the patrol',
  coverage: (v: { visited: number; planned: number }) => `Grids visited ${v.visited}/${v.planned}`,
  since: (v: { clock: string }) => `since ${v.clock}`,
  sites: 'Sites to check',
  listsMissing: 'The checklists are not on this phone yet; they come with the network.',
  siteName: 'Name of the site',
  siteNameMissing: 'Fill in the name of the site.',
  answers: { ok: 'In order', fault: 'Fault', not_applicable: 'n.a.' },
  note: 'What is wrong',
  unanswered: (v: { count: number }) =>
    plural(v.count, { one: `${v.count} item is open`, other: `${v.count} items are open` }),
  save: 'Save the check',
  saved: 'Saved; each fault becomes an incident',
  earlier: 'Take the earlier answers',
  visits: (v: { count: number }) =>
    plural(v.count, { one: `${v.count} site checked`, other: `${v.count} sites checked` }),
  faults: (v: { count: number }) => plural(v.count, { one: `${v.count} fault`, other: `${v.count} faults` }),
};
