import { plural } from './format.ts';
import type { ReportWords } from './zh-CN-report.ts';

const incidentsText = (count: number): string =>
  plural(count, { one: '1 incident', other: `${count} incidents` });

/** Sentences of the report of a replay, on the screen and in print, in English. */
export const reportWords: ReportWords = {
  author: 'Planning of zones',
  about: (v) =>
    `${incidentsText(v.incidents)} from ${v.from} to ${v.to}, replayed under “${v.before}” and under “${v.after}”; made ${v.at}.`,
  titleWithError: (v) => `${v.title} (not calibrated, error ${v.error})`,
  overridden: ({ reason }) => `Compared although the calibration failed: ${reason}`,
  calibration: 'Calibration: does the replay reproduce what happened?',
  unchecked: 'Cannot be calibrated',
  calibrated: 'Calibrated',
  notCalibrated: 'Not calibrated: no comparison',
  comparedAnyway: 'Not calibrated, compared all the same',
  nothingCompared:
    'These incidents have no recorded arrival, so nothing can be checked against what happened.',
  error: (v) =>
    `${incidentsText(v.compared)} with a recorded arrival; median relative error ${v.error} (limit ${v.limit}); recorded mean ${v.recorded} min, replayed ${v.replayed} min.`,
  errorDetails: 'By hours and zones',
  hours: ({ from, to }) => `${from}–${to} h`,
  zone: ({ zone }) => `Zone ${zone}`,
  result: 'Result',
  difference: (v) => `Arrival changes by ${v.mean} min on average (95 % interval ${v.low} to ${v.high})`,
  noDifference: (v) => `No difference of arrival shown (95 % interval ${v.low} to ${v.high} min)`,
  gains: (v) => `Of ${incidentsText(v.incidents)}, ${v.gains} sooner and ${v.losses} later.`,
  response: 'Arrival (minutes, compared → plan)',
  rowHead: 'Case',
  responseHeads: ['Mean', 'Median', '90 %', 'In target %'],
  all: 'All',
  scenarios: {
    team_absent: ({ team }) => `${team} absent`,
    demand_up: () => '20 % more incidents',
    speed_down: () => '20 % slower',
  },
  work: 'Work and dispatch',
  figure: 'Figure',
  before: 'Compared',
  after: 'Plan',
  variation: 'Spread of the teams',
  cross: 'Served across zones',
  queued: 'Had to wait',
  bumped: 'Given to another team on the way',
  allBusy: 'Time with all teams busy',
  unserved: 'Never served',
  teams: 'Each team',
  teamBars: 'Busy hours of the teams (upper bar compared, lower bar plan)',
  team: 'Team',
  tasks: 'Tasks',
  busyHours: 'Busy hours',
  overtime: 'Overtime (h)',
  held: ({ closures, calendars }) =>
    closures + calendars === 0
      ? 'No road was closed for a time and no calendar plan held.'
      : `As it was, on both sides: ${plural(closures, { one: '1 closure of roads', other: `${closures} closures of roads` })}, ${plural(calendars, { one: '1 calendar plan', other: `${calendars} calendar plans` })}.`,
  filtered: (v) =>
    `Only incidents reported from ${v.from} to ${v.to} o’clock, of priority ${v.priorities}${v.matters === '' ? '' : `, of the matters ${v.matters}`}.`,
  rostered: 'Teams are on duty as the roster says.',
  unrostered: 'The roster does not cover the period: teams count as always on duty.',
  regret: 'Against the best in hindsight (minutes an incident)',
  regretHeads: ['Plan', 'Best', 'Waiting', 'Zone rule', 'Away from home'],
  map: 'Where it changes',
  mapHow: 'Circles are sooner, squares later, the larger the more; the lines are the zones of this plan.',
  coverage: 'Reached within the target time',
  coverageHow:
    'By cell, the compared plan left (A), this plan right (B): the darker, the more incidents were reached in time; cells without an incident stay white. The table shows villages.',
  reached: 'Compared → plan',
  worst: 'Villages that lose most',
  noWorse: 'No village loses.',
  allVillages: 'All villages',
  village: 'Village',
  incidents: 'Incidents',
  change: 'Change (min)',
  interval: '95 % interval',
  notShown: 'no difference shown',
  limits:
    'The replay uses the same incidents, the same random numbers and the same dispatch core as live; it compares plans and promises no arrival.',
  stamp: (v) => `Content ${v.content}, policy ${v.policy}, dispatch core ${v.core}, seed ${v.seed}`,
  pageOf: (v) => `Page ${v.page} of ${v.pages}`,
  csv: 'CSV',
  pdf: 'PDF',
  print: 'Print',
  reading: 'Reading the report …',
  noReport: 'There is no such report.',
};
