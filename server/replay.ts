import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { profile, profileNames } from '../shared/rules/dispatch/policy.ts';
import type { ProfileName } from '../shared/rules/dispatch/policy.ts';
import { straightLine } from '../shared/rules/dispatch/travel.ts';
import { replay } from '../shared/rules/replay/run.ts';
import type { Outcome, Witness } from '../shared/rules/replay/run.ts';
import { summarise } from '../shared/rules/replay/summary.ts';
import type { RecordedWorld } from '../shared/rules/replay/world.ts';
import { BadInput, readRecording } from './recording.ts';

/** `npm run replay`: a recorded world under one policy; prints one line of JSON. */

const usage = `usage: npm run replay -- --cells F.geojson --teams F.csv --incidents F.csv --policy ${profileNames.join('|')} [--out per-incident.csv]`;

interface Options {
  readonly cells: string;
  readonly teams: string;
  readonly incidents: string;
  readonly policy: ProfileName;
  readonly out: string | undefined;
}

function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const options = { cells: text, teams: text, incidents: text, policy: text, out: text };
  const { values } = attempt(() => parseArgs({ args, options }), 'the command line');
  const given = (name: 'cells' | 'teams' | 'incidents' | 'policy'): string => {
    const value = values[name];
    if (value === undefined) throw new BadInput(`--${name} is missing\n${usage}`);
    return value;
  };
  const policy = profileNames.find((name) => name === given('policy'));
  if (!policy)
    throw new BadInput(`--policy ${given('policy')} is unknown; use one of ${profileNames.join(', ')}`);
  return {
    cells: given('cells'),
    teams: given('teams'),
    incidents: given('incidents'),
    policy,
    out: values.out,
  };
}

function attempt<T>(run: () => T, what: string): T {
  try {
    return run();
  } catch (error) {
    throw new BadInput(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const readText = (path: string): string => attempt(() => readFileSync(path, 'utf8'), path);

/** SHA-256 over one line for each event: what, ms, incident, team. Equal hashes are equal histories. */
function hashingWitness(world: RecordedWorld): { witness: Witness; digest: () => string } {
  const hash = createHash('sha256');
  let pending = '';
  const witness: Witness = (what, at, incident, team) => {
    const incidentId = world.incidents[incident]?.incidentId ?? '';
    pending += `${what},${at.toFixed(3)},${incidentId},${world.teams[team]?.number ?? ''}\n`;
    if (pending.length < 65_536) return;
    hash.update(pending);
    pending = '';
  };
  return { witness, digest: () => hash.update(pending).digest('hex') };
}

const rounded = (seconds: number): number => Math.round(seconds * 10_000) / 10_000;

function perIncident(world: RecordedWorld, outcome: Outcome): string {
  const rows = world.incidents.map(
    ({ incidentId }, i) =>
      `${incidentId},${world.teams[outcome.teams[i]!]!.number},${(outcome.responseMs[i]! / 1000).toFixed(3)}\n`,
  );
  return `id,team,responseS\n${rows.join('')}`;
}

/** Runs the command; the line of JSON is the answer. Throws BadInput with the field, the row and a remedy. */
export function run(args: string[]): string {
  const options = readOptions(args);
  const world = readRecording(
    { name: options.cells, text: readText(options.cells) },
    { name: options.teams, text: readText(options.teams) },
    { name: options.incidents, text: readText(options.incidents) },
  );
  const policy = profile(options.policy);
  const { witness, digest } = hashingWitness(world);
  const outcome = replay(world, policy, straightLine(policy), witness);
  const summary = attempt(() => summarise(world, outcome), `--policy ${options.policy}`);
  const { out } = options;
  if (out !== undefined) attempt(() => writeFileSync(out, perIncident(world, outcome)), out);
  return JSON.stringify({
    policy: options.policy,
    ...summary,
    meanResponseS: rounded(summary.meanResponseS),
    medianS: rounded(summary.medianS),
    p90S: rounded(summary.p90S),
    maxS: rounded(summary.maxS),
    eventLogSha256: digest(),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${run(process.argv.slice(2))}\n`);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`replay: ${error.message}\n`);
    process.exitCode = 2;
  }
}
