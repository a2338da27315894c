import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../server/kernel/database.ts';
import { freshPlace } from './place.ts';
import { dumpSchema } from './schema.ts';

/** `npx tsx test/kit/dump-schema.ts`: writes sql/schema.sql anew from the migrations. */
const place = await freshPlace('embedded');
const { db, close } = await openDatabase({ folder: place.folder });
const path = join(import.meta.dirname, '../../sql/schema.sql');
writeFileSync(path, await dumpSchema(db));
await close();
await place.discard();
process.stdout.write('sql/schema.sql written\n');
