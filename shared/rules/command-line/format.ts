import type { Command, Duration, Query } from './command.ts';
import { stateWords, taskWords } from './words.ts';

/** Writes a command as a line that parses to the same command; keys stand where aliases were typed. */
export function formatCommand(command: Command): string {
  return wordsOf(command)
    .filter((word) => word !== '')
    .join(' ');
}

const dispatchWords = { nothing: 'D', en_route: 'DE', on_scene: 'DO' } as const;

function wordsOf(command: Command): string[] {
  if (command.kind === 'new') {
    const priority = command.priority === null ? '' : `p${command.priority}`;
    return ['N', command.matter, command.cell, command.text, priority];
  }
  if (command.kind === 'dispatch')
    return [
      dispatchWords[command.also],
      command.teams.join(','),
      `#${command.incident}`,
      command.task === null ? '' : (taskWords[command.task][0] ?? ''),
    ];
  if (command.kind === 'enroute') return ['EN', command.team];
  if (command.kind === 'arrive') return ['A', command.team];
  if (command.kind === 'clear') return ['C', command.team, command.disposition];
  if (command.kind === 'hold')
    return ['H', `#${command.incident}`, durationWord(command.duration), command.text];
  if (command.kind === 'recall') return ['R', `#${command.incident}`, command.reason];
  if (command.kind === 'status') return ['S', command.team, stateWords[command.state][0] ?? '', command.text];
  if (command.kind === 'find') return ['F', queryWord(command.query)];
  if (command.kind === 'note') return ['T', `#${command.incident}`, command.text];
  if (command.kind === 'message') return ['MSG', command.team, command.text];
  if (command.kind === 'history') return ['UH', command.team];
  return ['?', command.word ?? ''];
}

function durationWord(duration: Duration): string {
  if (duration.kind === 'minutes') return `${duration.minutes}m`;
  return `until ${String(duration.hour).padStart(2, '0')}${String(duration.minute).padStart(2, '0')}`;
}

/** A team key of digits alone would read as an incident too, so it gets its noun. */
function queryWord(query: Query): string {
  if (query.kind === 'cell') return query.cell;
  if (query.kind === 'team') return /^\d+$/u.test(query.team) ? `${query.team}队` : query.team;
  return query.kind === 'incident' ? `#${query.incident}` : query.text;
}
