import type { Command } from '../../shared/rules/command-line/command.ts';
import { call, CallRefused } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { leadOf, note } from './acts.ts';
import { reportStep, setTeamStatus, type TeamStep } from './team-steps.ts';
import * as acts from './acts.ts';
import { mapHandle } from './map-handle.ts';
import { sentenceOf, wordsNow } from './perform.tsx';
import { placeChoices } from './place-words.ts';
import { openIncident, useRoom } from './room.ts';
import { taskOf } from './team-acts.ts';
import { teamHistory, type HistoryLine } from './team-history.ts';

/** One line below the command line. */
export interface ResultRow {
  readonly key: string;
  readonly text: string;
  readonly open: (() => void) | null;
}

/** What a command came to: what was done, and rows to choose from where there are any. */
export interface CommandResult {
  readonly label: string;
  readonly rows?: readonly ResultRow[];
}

/** A command that cannot be done, in a sentence. */
export class CommandFailed extends Error {}

/** The sentence of whatever stopped a command. */
export const whyFailed = (error: unknown): string =>
  error instanceof CommandFailed ? error.message : sentenceOf(error);

function teamBy(code: string): { readonly id: number; readonly name: string } {
  const team = [...useLive.getState().picture.teams.values()].find((one) => one.code === code);
  if (!team) throw new CommandFailed(wordsNow().refusals.team_unknown);
  return team;
}

function taskBy(code: string) {
  const team = teamBy(code);
  const task = taskOf(team.id);
  if (!task) throw new CommandFailed(wordsNow().console.commandLine.noTask({ team: team.name }));
  return { team, task };
}

const incidentParams = (id: number) => ({ incidentId: id as never });

type Reason = Pick<acts.Choice, 'override' | 'text'>;

/** Asks the person why a team goes that is not the first of the ranking; null: it does not go. */
export type AskReason = (team: string) => Promise<Reason | null>;

type Runners = {
  readonly [K in Command['kind']]: (
    command: Extract<Command, { kind: K }>,
    askReason: AskReason,
  ) => Promise<CommandResult>;
};

/** Does one command. Each is one act of the server, but for several teams at once and steps reported together. */
export function runCommand(command: Command, askReason: AskReason): Promise<CommandResult> {
  const run = runners[command.kind] as (command: Command, askReason: AskReason) => Promise<CommandResult>;
  return run(command, askReason);
}

const runners: Runners = {
  new: createAt,
  dispatch,
  enroute: ({ team }) => step(team, 'depart'),
  arrive: ({ team }) => step(team, 'arrive'),
  clear: ({ team, disposition }) => step(team, 'handle', disposition),
  hold,
  recall,
  status: setStatus,
  find,
  note: async ({ incident, text }) => {
    await note(incident, text);
    return { label: wordsNow().console.toasts.noted({ incident }) };
  },
  message: async ({ team, text }) => {
    const to = team === '*' ? null : teamBy(team);
    await call('sendMessage', { body: { teamId: to?.id ?? null, text } });
    const words = wordsNow().console.commandLine;
    return { label: words.sent({ team: to?.name ?? words.everybody }) };
  },
  history: async ({ team }) => {
    const rows = await teamHistory(teamBy(team).id);
    return {
      label: wordsNow().console.commandLine.found({ count: rows.length }),
      rows: rows.map(historyRow),
    };
  },
  help: async ({ word }) => {
    const words = wordsNow().console.commandLine;
    const help: Readonly<Record<string, string>> = words.help;
    const wanted = word === null ? Object.keys(help) : [word];
    const rows = wanted.map((key) => ({ key, text: help[key] ?? key, open: null }));
    return { label: words.results, rows };
  },
};

async function step(code: string, reached: TeamStep, disposition = ''): Promise<CommandResult> {
  const { commandLine, toasts, units } = wordsNow().console;
  const { team, task } = taskBy(code);
  await reportStep(task, reached, disposition || commandLine.handled);
  return { label: toasts.teamStep({ team: team.name, step: units.steps[reached] }) };
}

async function recall({ incident, reason }: Extract<Command, { kind: 'recall' }>): Promise<CommandResult> {
  const { commandLine, toasts } = wordsNow().console;
  const lead = leadOf(incident);
  if (!lead) throw new CommandFailed(commandLine.noLead({ incident }));
  await must(acts.recall(lead, reason));
  return { label: toasts.recalled({ team: acts.teamName(lead.teamId), incident }) };
}

async function setStatus(command: Extract<Command, { kind: 'status' }>): Promise<CommandResult> {
  const { codes, console: words } = wordsNow();
  const team = teamBy(command.team);
  const away = command.state === 'available' ? null : command.state;
  await must(setTeamStatus(team.id, away, command.text));
  const status = away === null ? codes.teamStatus.available : codes.unavailableReason[away];
  return { label: words.toasts.teamStatus({ team: team.name, status }) };
}

/** The act has said itself why it was not done. */
async function must(done: Promise<boolean>): Promise<void> {
  if (!(await done)) throw new CommandFailed(wordsNow().refusals.transition_illegal);
}

const historyRow = ({ seq, text, incidentId }: HistoryLine): ResultRow => ({
  key: String(seq),
  text,
  open: incidentId === null ? null : () => openIncident(incidentId),
});

async function createAt(command: Extract<Command, { kind: 'new' }>): Promise<CommandResult> {
  const cell = placeChoices(useRoom.getState().town).find(({ value }) => value === command.cell);
  const words = wordsNow();
  if (!cell) throw new CommandFailed(words.detail.draft.placeUnknown);
  const { priority } = command;
  if (priority !== null && (priority as number) > 4)
    throw new CommandFailed(words.console.commandLine.priorityMissing);
  const { incident } = await call('createIncident', {
    body: {
      matterCode: command.matter,
      text: command.text,
      point: { lng: cell.point.lng, lat: cell.point.lat },
      crs: 'wgs84',
      ...(priority !== null && { priority }),
    },
  });
  openIncident(incident.id);
  return { label: words.console.toasts.created({ incident: incident.id }) };
}

async function dispatch(
  command: Extract<Command, { kind: 'dispatch' }>,
  askReason: AskReason,
): Promise<CommandResult> {
  const teams = command.teams.map(teamBy);
  const [first, ...others] = teams;
  if (!first) throw new CommandFailed(wordsNow().refusals.team_unknown);
  let given: Reason = {};
  /** Sends one team; where that is against the ranking, the person is asked why, once for the whole command. */
  async function send(team: { readonly id: number; readonly name: string }, isLead: boolean) {
    const once = () =>
      call('assignTeam', {
        params: incidentParams(command.incident),
        body: { teamId: team.id, isLead, ...(command.task && { kind: command.task }), ...given },
      });
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof CallRefused) || error.code !== 'override_missing') throw error;
      const reason = await askReason(team.name);
      if (!reason) throw new CommandFailed(wordsNow().console.commandLine.reasonless({ team: team.name }));
      given = reason;
      return once();
    }
  }
  const assignment = await send(first, true);
  for (const other of others) await send(other, false);
  if (command.also !== 'nothing')
    await reportStep(assignment, command.also === 'en_route' ? 'depart' : 'arrive', '');
  const { toasts } = wordsNow().console;
  return {
    label: toasts.assigned({ team: teams.map(({ name }) => name).join(', '), incident: command.incident }),
  };
}

async function hold(command: Extract<Command, { kind: 'hold' }>): Promise<CommandResult> {
  const words = wordsNow();
  const reason = command.text.trim();
  if (reason === '') throw new CommandFailed(words.refusals.reason_missing);
  await must(acts.hold(command.incident, minutesOf(command.duration), reason));
  return { label: words.console.toasts.held({ incident: command.incident }) };
}

const dayMinutes = 1440;

/** Minutes from now; a time of day means today, or tomorrow when it is past, on the town's clock (UTC+8). */
function minutesOf(duration: Extract<Command, { kind: 'hold' }>['duration']): number {
  if (duration.kind === 'minutes') return duration.minutes;
  const now = new Date(Date.now() + useLive.getState().offsetMs + 8 * 3_600_000);
  const left = duration.hour * 60 + duration.minute - (now.getUTCHours() * 60 + now.getUTCMinutes());
  return left > 0 ? left : left + dayMinutes;
}

async function find({ query }: Extract<Command, { kind: 'find' }>): Promise<CommandResult> {
  const words = wordsNow().console.commandLine;
  if (query.kind === 'cell') {
    const cell = useRoom
      .getState()
      .town?.cells.features.find((feature) => feature.properties?.['code'] === query.cell);
    if (cell) mapHandle()?.flyToCell(Number(cell.id));
    return { label: words.flown({ cell: query.cell }) };
  }
  if (query.kind === 'team') {
    const team = teamBy(query.team);
    useRoom.getState().set({ selectedTeam: team.id });
    mapHandle()?.flyToUnit('team', team.id);
    return { label: words.selected({ team: team.name }) };
  }
  if (query.kind === 'incident') {
    openIncident(query.incident);
    return { label: words.opened({ incident: query.incident }) };
  }
  const { incidents } = await call('searchIncidents', { query: { text: query.text, limit: 20 } });
  const { codes } = wordsNow();
  return {
    label: incidents.length === 0 ? words.nothingFound : words.found({ count: incidents.length }),
    rows: incidents.map((incident) => ({
      key: String(incident.id),
      text: `${incident.id} · P${incident.priority} · ${codes.incidentState[incident.state]} · ${incident.address} ${incident.text}`,
      open: () => openIncident(incident.id),
    })),
  };
}
