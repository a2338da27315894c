import type { Action } from '../../../shared/contract/actions.ts';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { desk } from '../desk.ts';
import { say, sayRefused, wordsNow } from '../say.ts';
import { listEditions, openEdition, readAgain } from '../session.ts';

type EditionId = EditionDetail['edition']['id'];

/** True when who sits here may do this with editions. */
export const allowed = (action: Action): boolean => {
  const { me } = useSession.getState();
  return me !== null && may(me, action) === null;
};

/** Runs an act on the opened edition, says the outcome, reads everything again. */
export async function perform(run: (editionId: EditionId) => Promise<unknown>, done: string): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  try {
    await run(detail.edition.id);
    say(done);
  } catch (error) {
    sayRefused(error);
  }
  await readAgain();
}

/** An earlier edition comes back as a new one, which is then opened. */
export async function goBack(editionId: EditionId, effectiveAt: string, reason: string): Promise<void> {
  try {
    const made = await call('rollBackEdition', { params: { editionId }, body: { effectiveAt, reason } });
    say(wordsNow().studio.review.rolledBack);
    await listEditions();
    await openEdition(made.id);
  } catch (error) {
    sayRefused(error);
  }
}
