/** What a person may be allowed to do; rules/permissions.ts says which role may. Free of zod. */
export const actions = [
  'self.read', // one's own login, duty, tasks
  'town.read', // the map's still layers and the list of matters
  'room.watch', // the live picture of the command room
  'incident.report',
  'incident.read',
  'incident.note',
  'incident.direct', // file, merge, hold, escalate, check, close
  'dispatch.decide', // assign, recall, reassign, answer proposals
  'decision.read', // stored explanations
  'assignment.answer', // the team's own steps; a dispatcher may act on its behalf
  'team.status',
  'duty.change',
  'alarm.answer',
  'position.report',
  'track.view', // leaves a fact
  'incident.work', // verify, settle, order to correct, check, ask for time
  'evidence.add',
  'evidence.read',
  'evidence.original', // the bytes as captured; leaves a fact and a link of the chain of custody
  'penalty.read',
  'person.reveal', // what is masked about a reporter or a party; leaves a fact with the purpose
  'reporter.call', // the reporter's telephone, while the own team's task runs; leaves a fact
  'penalty.act', // which step of a penalty file is whose, its state machine says
  'paper.number', // blocks of numbers for a device
  'template.change',
  'patrol.walk',
  'patrol.read',
  'patrol.plan',
  'plan.read', // editions, the studio's picture, replays
  'plan.draft', // drafts, cells, replays, sending to review
  'plan.approve', // return, approve, publish, withdraw, roll back, calendar
  'closure.set', // temporary closures of roads
  'policy.change',
  'people.manage',
  'integration.manage', // receivers of facts, group robots
  'town.import',
  'audit.read',
] as const;
export type Action = (typeof actions)[number];
