import { afterAll } from 'vitest';
import { openDatabase } from '../../server/kernel/database.ts';
import { startEmbedded, type Embedded } from '../../server/kernel/embedded/start.ts';
import { freshDatabase, freshPlace, type Engine, type FreshDatabase, type Place } from './place.ts';

/**
 * The embedded database of this test file while no test has it. Starting one takes seconds, putting its rows back to those of
 * the migrations a fraction of one, and many files want an untouched database for each test.
 */
let idle: { readonly embedded: Embedded; readonly place: Place } | undefined;

/** Our own tables that hold rows, partitions among them. */
const tables = `select c.oid, c.relname::text as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'spatial_ref_sys'`;

/** Keeps the rows and numbers that the migrations made. */
const keep = `do $$ declare t record; begin
  create schema kept;
  create table kept.number as select sequencename::text as name, last_value as value from pg_sequences where schemaname = 'public';
  for t in ${tables} loop
    execute format('create table kept.%I as table public.%I', 'of_' || t.name, t.name);
  end loop;
end $$`;

/** Puts them back; rules about single rows, those of the ledger among them, sleep meanwhile. Later partitions go. */
const putBack = `do $$ declare t record; columns text; begin
  set local session_replication_role = replica;
  for t in ${tables} loop
    if to_regclass(format('kept.%I', 'of_' || t.name)) is null then
      execute format('drop table public.%I', t.name);
    else
      select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
        where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '';
      execute format('delete from public.%I', t.name);
      execute format('insert into public.%I (%s) overriding system value select %s from kept.%I',
        t.name, columns, columns, 'of_' || t.name);
    end if;
  end loop;
  for t in select * from kept.number loop
    execute format('alter sequence public.%I restart', t.name);
    if t.value is not null then perform setval(format('public.%I', t.name), t.value); end if;
  end loop;
end $$`;

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

afterAll(async () => {
  await idle?.embedded.close();
  await idle?.place.discard();
  idle = undefined;
});

/** A fresh database as `freshDatabase` gives it; of the embedded engine one is started per file and used again. */
export async function lendDatabase(engine: Engine): Promise<FreshDatabase> {
  if (engine === 'postgresql') return freshDatabase(engine);
  const again = idle !== undefined;
  const place = idle?.place ?? (await freshPlace(engine));
  const embedded = idle?.embedded ?? (await startEmbedded({ folder: place.folder, log }));
  idle = undefined;
  const database = await openDatabase({ folder: place.folder, running: embedded });
  await database.db.raw(again ? putBack : keep);
  return {
    ...database,
    folder: place.folder,
    async close() {
      await database.close();
      if (idle) {
        await embedded.close();
        await place.discard();
      } else idle = { embedded, place };
    },
  };
}
