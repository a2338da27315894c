import type { Knex } from 'knex';
import type { Matter, MatterStatus, MatterVersion } from '../../shared/contract/matters.ts';

/** Writing the list of matters. */

const words = (list: string) => list.split('、').filter((word) => word !== '');

/** Posts and kinds of work that stand in the catalogue's skill column but are no person's skill. */
const notSkills = new Set(['联合', '夜班', '法制']);

/**
 * Publishes matters as the next version, in force from an instant on; the version before ends there.
 * Equipment that every crew carries is not asked for one by one: `kit` keeps what is scarce.
 */
export async function publishMatters(
  db: Knex,
  matters: readonly Matter[],
  published: {
    holder: (matter: Matter) => string;
    status: (matter: Matter) => MatterStatus;
    document: string;
    from: number;
    scarceKit: ReadonlySet<string>;
  },
): Promise<void> {
  const from = new Date(published.from);
  for (const matter of matters) {
    await db('matter')
      .insert({ code: matter.code, name_zh: matter.nameZh, name_en: matter.nameEn, field: matter.domain })
      .onConflict('code')
      .merge();
    const before = await db('matter_version')
      .where({ matter_code: matter.code })
      .max({ version: 'version' })
      .first();
    await db('matter_version')
      .where({ matter_code: matter.code })
      .whereNull('valid_to')
      .update({ valid_to: from });
    await db('matter_version').insert({
      matter_code: matter.code,
      version: Number(before?.version ?? 0) + 1,
      holder: published.holder(matter),
      status: published.status(matter),
      valid_from: from,
      document: published.document,
      priority: Number(matter.priority.slice(1)),
      clock: matter.deadlineClock,
      clock_amount: matter.deadlineValue,
      skills: words(matter.skill).filter((skill) => !notSkills.has(skill)),
      kit: words(matter.equipment).filter((kit) => published.scarceKit.has(kit)),
      overlays: matter.overlays,
      body: JSON.stringify(matter),
    });
  }
}

/** Kit that some version of some matter asks for: what is not in it every crew carries. */
export async function askedKit(db: Knex): Promise<Set<string>> {
  const found = await db.raw(`select distinct unnest(kit) word from matter_version`);
  return new Set((found.rows as { word: string }[]).map(({ word }) => word));
}

interface VersionRow {
  version: number;
  status: MatterStatus;
  holder: string;
  document: string;
  valid_from: string;
  valid_to: string | null;
  body: Matter;
}

/** Every version of a matter, the newest first. */
export async function listMatterVersions(db: Knex, code: string): Promise<MatterVersion[]> {
  const rows = await db<VersionRow>('matter_version')
    .whereRaw('matter_code = ?', [code])
    .orderBy('version', 'desc')
    .select('version', 'status', 'holder', 'document', 'valid_from', 'valid_to', 'body');
  return rows.map((row) => ({
    version: row.version,
    status: row.status,
    holder: row.holder,
    document: row.document,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    matter: row.body,
  }));
}

/** Locks a matter, so that two versions are not published at once; false when there is none. */
export const lockMatter = async (db: Knex, code: string): Promise<boolean> =>
  (await db('matter').where({ code }).forUpdate().first('code')) !== undefined;
