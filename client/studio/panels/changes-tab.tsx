import { Button } from '@mantine/core';
import type { CellId } from '../../../shared/contract/ids.ts';
import { difference } from '../../../shared/rules/zones/assignment.ts';
import { changesFrom } from '../../../shared/rules/zones/operations.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { operate } from '../acts.ts';
import { useBaselineName } from '../compare.ts';
import { desk, useDesk, zoneNumber } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import { sayRefused } from '../say.ts';
import { personId, readAgain } from '../session.ts';
import classes from './bottom-panel.module.css';

/** Cells that change hands against the compared edition, and those on which two editions disagree. */
export function ChangesTab() {
  const words = useWords().studio.changes;
  const ground = useDesk((state) => state.ground);
  const picture = useDesk((state) => state.picture);
  const published = useDesk((state) => state.published);
  const detail = useDesk((state) => state.detail);
  const draft = useDesk((state) => state.sync !== null);
  const name = useBaselineName();
  if (!ground || !picture || !published) return null;
  const changed = difference(ground.graph, published.assignment, picture.assignment);
  const conflicts = draft ? (detail?.draft?.conflicts ?? []) : [];
  const code = (id: CellId): string =>
    ground.graph.codes[ground.graph.indexOf.get(id) ?? -1]?.slice(-6) ?? String(id);
  return (
    <>
      {conflicts.length > 0 && (
        <ul className={classes['list']} aria-label={words.conflicts}>
          {conflicts.map((one) => (
            <li key={one.cellId}>
              <span className={classes['grow']}>
                {words.conflict({
                  code: code(one.cellId),
                  mine: zoneNumber(one.draftZoneId),
                  theirs: zoneNumber(one.runningZoneId),
                })}
              </span>
              <Button size="compact-sm" onClick={() => void decide(one.cellId, 'draft')}>
                {words.keepDraft}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => void decide(one.cellId, 'running')}>
                {words.keepRunning}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {changed.length === 0 ? (
        <p className={classes['empty']}>{words.none({ name })}</p>
      ) : (
        <>
          <div className={classes['acts']}>
            <span>{words.count({ cells: changed.length, name })}</span>
            {draft && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => putBack(changed.map((one) => one.cellId))}
              >
                {words.backAll({ name })}
              </Button>
            )}
          </div>
          <ul className={classes['list']} aria-label={words.title}>
            {changed.slice(0, 400).map((one) => (
              <li key={one.cellId}>
                <span className={classes['grow']}>
                  {words.row({
                    code: code(one.cellId),
                    was: zoneNumber(one.was),
                    now: zoneNumber(one.zoneId),
                  })}
                </span>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => studioMap()?.showCells([ground.graph.indexOf.get(one.cellId)!])}
                >
                  {words.show}
                </Button>
                {draft && (
                  <Button size="compact-sm" variant="default" onClick={() => putBack([one.cellId])}>
                    {words.back}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Gives cells back to the zones that they have in the compared edition. */
function putBack(cellIds: readonly CellId[]): void {
  const { ground, published, sync } = desk();
  if (!ground || !published || !sync) return;
  const pairs = cellIds.flatMap((cellId) => {
    const cell = ground.graph.indexOf.get(cellId);
    if (cell === undefined) return [];
    return [{ cellId, zoneId: (published.assignment[cell] || null) as never }];
  });
  const wanted = new Set(pairs.map(({ zoneId }) => zoneId));
  const missing = [...wanted].filter((zone) => zone !== null && !sync.view.zones.has(zone));
  operate({
    opId: crypto.randomUUID(),
    author: personId(),
    kind: 'assign',
    changes: changesFrom(pairs),
    ...(missing.length > 0 && { addedZones: missing }),
  });
}

async function decide(cellId: CellId, keep: 'draft' | 'running'): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  try {
    await call('resolveConflicts', {
      params: { editionId: detail.edition.id },
      body: { cells: [{ cellId, keep }] },
    });
    await readAgain();
  } catch (error) {
    sayRefused(error);
  }
}
