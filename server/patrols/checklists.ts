import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import {
  ChecklistSchema,
  type ChangeChecklistSchema,
  type Checklist,
} from '../../shared/contract/patrols.ts';
import { findMatter } from '../incidents/store.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { insertChecklist, newestChecklists } from './store.ts';

const file = join(import.meta.dirname, '../../data/checklists.json');
let first: readonly Checklist[] | undefined;

/** The lists that the product comes with: version 1 of each kind of site. */
export function firstChecklists(): readonly Checklist[] {
  first ??= (JSON.parse(readFileSync(file, 'utf8')) as { checklists: object[] }).checklists.map((one) =>
    ChecklistSchema.parse({ ...one, version: 1 }),
  );
  return first;
}

/** Newest version of every kind of site; a kind that nobody has used or changed yet shows its first. */
export async function listChecklists(tx: Pick<Tx, 'db'>): Promise<Checklist[]> {
  const kept = await newestChecklists(tx.db);
  const others = firstChecklists().filter((one) => !kept.some(({ siteType }) => siteType === one.siteType));
  return [...kept, ...others].toSorted((a, b) => a.siteType.localeCompare(b.siteType));
}

/** The list in force for a kind of site, written down before its first use. */
export async function checklistOf(tx: Tx, siteType: string): Promise<Checklist> {
  const found = (await listChecklists(tx)).find((one) => one.siteType === siteType);
  if (!found) throw new Refused('checklist_unknown', { siteType });
  if (found.version === 1) await insertChecklist(tx.db, found, null, tx.at);
  return found;
}

/** A new kind of site, or the next version of a known one; versions before stay with the answers given by them. */
export async function changeChecklist(
  tx: Tx,
  siteType: string,
  body: z.output<typeof ChangeChecklistSchema>,
): Promise<Checklist> {
  const known = (await listChecklists(tx)).find((one) => one.siteType === siteType);
  if (known?.version === 1) await insertChecklist(tx.db, known, null, tx.at);
  for (const { matterCode } of body.items)
    if (matterCode !== null && !(await findMatter(tx.db, matterCode, tx.at)))
      throw new Refused('matter_unknown', { matterCode });
  const next: Checklist = { ...body, siteType, version: (known?.version ?? 0) + 1 };
  if (!(await insertChecklist(tx.db, next, tx.actor.id, tx.at)))
    throw new Refused('template_taken', { siteType, version: next.version });
  tx.announce('checklist.changed', `checklist/${siteType}`, { siteType, version: next.version });
  return next;
}
