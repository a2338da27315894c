/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists and tables */
import { Button } from '@mantine/core';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { useWords } from '../../words/words.tsx';
import { desk, setDesk, useDesk } from '../desk.ts';
import { sayRefused } from '../say.ts';
import { readAgain } from '../session.ts';
import { nameOf } from './draft-form.tsx';
import classes from './strips.module.css';

/** What stands in the way: made-up data, a newer running edition, cells that two editions gave away differently. */
export function Strips() {
  const words = useWords().studio.strips;
  const synthetic = useDesk((state) => state.town?.synthetic ?? false);
  const detail = useDesk((state) => state.detail);
  const mine = useSession((session) => session.me?.personId);
  const draft = detail?.edition.status === 'draft' ? detail.draft : null;
  return (
    <>
      {synthetic && (
        <p className={classes['strip']} style={{ margin: 0 }}>
          {words.synthetic}
        </p>
      )}
      {draft?.outdated && (
        <div className={classes['strip']} role="status">
          {words.outdated}
          <Button size="compact-sm" onClick={() => void rebase()}>
            {words.rebase}
          </Button>
        </div>
      )}
      {detail && draft && draft.soleEditor !== null && draft.soleEditor !== mine && (
        <div className={classes['strip']} role="status">
          {words.reserved({ name: nameOf(detail, draft.soleEditor) })}
        </div>
      )}
      {draft && draft.conflicts.length > 0 && (
        <div className={classes['strip']} role="status">
          {words.conflicts({ cells: draft.conflicts.length })}
          <Button size="compact-sm" variant="default" onClick={() => setDesk({ bottomTab: 'changes' })}>
            {words.decide}
          </Button>
        </div>
      )}
    </>
  );
}

async function rebase(): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  try {
    await call('rebaseDraft', { params: { editionId: detail.edition.id }, body: {} });
    await readAgain();
  } catch (error) {
    sayRefused(error);
  }
}
