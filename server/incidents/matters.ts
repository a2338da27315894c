import type { z } from 'zod';
import type { MatterVersion, PublishMatterSchema } from '../../shared/contract/matters.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { askedKit, listMatterVersions, lockMatter, publishMatters } from './store-write.ts';

/** A town's decision about a matter, in force from now; incidents and files keep the version that they were decided under. */
export async function publishMatter(
  tx: Tx,
  code: string,
  { document, status, holder, ...decided }: z.output<typeof PublishMatterSchema>,
): Promise<MatterVersion> {
  if (!(await lockMatter(tx.db, code))) throw new Refused('matter_unknown', { matterCode: code });
  const [before] = await listMatterVersions(tx.db, code);
  if (!before) throw new Refused('matter_unknown', { matterCode: code });
  await publishMatters(tx.db, [{ ...before.matter, ...decided }], {
    holder: () => holder,
    status: () => status,
    document,
    from: tx.at,
    scarceKit: await askedKit(tx.db),
  });
  const [made] = await listMatterVersions(tx.db, code);
  tx.announce('matter.published', `matter/${code}`, {
    matterCode: code,
    version: made!.version,
    status,
    document,
  });
  return made!;
}
