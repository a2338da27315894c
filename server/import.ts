import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createIncident } from './incidents/commands.ts';
import { exportLayer } from './intake/import/export.ts';
import { createFindings } from './intake/import/findings.ts';
import type { Job } from './intake/import/job.ts';
import { readOptions, usage, UsageError, type Asked } from './intake/import/options.ts';
import { reportCsv, reportTable } from './intake/import/report.ts';
import { runImport, type ImportResult } from './intake/import/run.ts';
import { readTable } from './intake/import/table.ts';
import { readConfig } from './kernel/config.ts';
import { openDatabase } from './kernel/database.ts';
import type { Deps } from './kernel/deps.ts';
import { noFault } from './kernel/fault.ts';
import { createLog } from './kernel/log.ts';
import { createMetrics } from './kernel/metrics.ts';
import { migrate } from './kernel/migrate.ts';
import { createWake } from './kernel/wake.ts';

/** `npm run import`: real boundaries, roads, teams and incident lists into the product (docs/import.md). */

/** A list's rows become incidents by the product's own command; 'department': they come from another office. */
export const reportListed: Job['report'] = (
  tx,
  { point, crs, text, address, externalId, matterCode, file },
) => createIncident(tx, { point, crs, text, address, externalId, matterCode, file, source: 'department' });

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Runs the command line on an open database; answers the exit code: 0 done, 1 refused, 2 not understood. */
export async function runCommand(deps: Deps, asked: Asked): Promise<number> {
  if (asked.act === 'export') {
    const { text, rows, hint } = await exportLayer(deps.db, asked.layer, deps.now());
    writeFileSync(asked.file, text);
    say(`${rows} rows in ${asked.file}; to import it again: ${hint}`);
    return 0;
  }
  const matters = asked.matterMap === null ? new Map<string, string>() : readMatterMap(asked.matterMap);
  const file = { name: basename(asked.file), bytes: readGiven(asked.file) };
  const result = await runImport(deps, { ...asked.request, matters }, file, { say, report: reportListed });
  if (asked.report !== null) writeFileSync(asked.report, reportCsv(result.findings));
  tell(asked.request.layer, result);
  return result.ended === 'refused' ? 1 : 0;
}

function tell(layer: string, { ended, counts, notes, findings }: ImportResult): void {
  if (findings.length > 0) say(reportTable(findings));
  for (const note of notes) say(note);
  const numbers = Object.entries(counts)
    .map(([name, count]) => `${count} ${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`)
    .join(', ');
  const words = {
    written: `${layer} imported: ${numbers}`,
    tried: `dry run, nothing was written: ${numbers}`,
    refused: `${layer} refused: nothing was written`,
    unchanged: `${layer}: nothing new (${numbers})`,
  };
  say(words[ended]);
}

function readGiven(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** A CSV of two columns: `from` (the word of the list) and `code` (the matter's). */
function readMatterMap(path: string): Map<string, string> {
  const findings = createFindings();
  const columns = { from: { names: [], needed: true }, code: { names: [], needed: true } };
  const request = { encoding: 'utf-8', map: new Map<string, string>() } as const;
  const rows = readTable({ name: basename(path), bytes: readGiven(path) }, request, columns, findings);
  const [problem] = findings.list;
  if (problem) throw new UsageError(`--matter-map ${path}: ${problem.code}, ${problem.what}`);
  return new Map(rows.map((row) => [row.get('from'), row.get('code')]));
}

async function main(args: readonly string[]): Promise<number> {
  const asked = readOptions(args);
  if (asked.act === 'import') readGiven(asked.file);
  const config = readConfig(process.env);
  const log = createLog('warn');
  const { DATABASE_URL: url, DATA_FOLDER: folder } = config;
  say(url ? 'database: PostgreSQL by DATABASE_URL' : `database: embedded, in ${folder}`);
  const database = await openDatabase({ ...(url !== undefined && { url }), folder, log });
  try {
    await migrate(database.db);
    const deps: Deps = {
      db: database.db,
      engine: database.engine,
      now: Date.now,
      newId: () => randomUUID(),
      log,
      config,
      wake: createWake(),
      metrics: createMetrics(),
      fault: noFault,
      demo: false,
    };
    return await runCommand(deps, asked);
  } finally {
    await database.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (error instanceof UsageError) say(`import: ${error.message}\n${usage}`);
    else if (name === 'FolderTaken')
      say(
        `import: ${(error as Error).message} Stop the product that runs on it, or name another DATA_FOLDER.`,
      );
    else throw error;
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
