import { readConfig } from '../kernel/config.ts';
import { openDatabase } from '../kernel/database.ts';
import { verifyChain } from './chain.ts';

/** `npm run audit:verify`: walks the whole ledger; exit 1 with one line a fault when it was touched. */
const config = readConfig(process.env);
const database = await openDatabase({
  ...(config.DATABASE_URL !== undefined && { url: config.DATABASE_URL }),
  folder: config.DATA_FOLDER,
});
const report = await verifyChain(database.db);
await database.close();
for (const fault of report.faults) process.stderr.write(`${fault}\n`);
process.stdout.write(
  `${report.ok ? 'whole' : 'BROKEN'}: ${report.checked} facts checked, the last is ${report.head}\n`,
);
process.exitCode = report.ok ? 0 : 1;
