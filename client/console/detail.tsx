import { CloseButton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useWords } from '../words/words.tsx';
import classes from './detail.module.css';
import { IncidentDetail } from './incident-detail.tsx';
import { PanelHead } from './panel-head.tsx';
import { openIncident, useRoom } from './room.ts';

const Draft = lazy(() => import('./draft.tsx').then((module) => ({ default: module.Draft })));

/** The opened incident, or the form of a new one. */
export function Detail() {
  const words = useWords();
  const opened = useRoom((state) => state.opened);
  const drafting = useRoom((state) => state.drafting);
  const set = useRoom((state) => state.set);
  if (drafting)
    return (
      <>
        <PanelHead
          title={words.detail.draft.title}
          aside={
            <CloseButton
              size="sm"
              aria-label={words.detail.draft.cancel}
              onClick={() => set({ drafting: false, draftPoint: null })}
            />
          }
        />
        <Suspense fallback={null}>
          <Draft />
        </Suspense>
      </>
    );
  if (opened === null)
    return (
      <>
        <PanelHead title={words.console.panels.detail} />
        <div className={classes['none']} tabIndex={-1} data-panel-focus>
          <p>{words.detail.none}</p>
          <p className={classes['muted']}>{words.detail.noneHint}</p>
        </div>
      </>
    );
  return (
    <>
      <PanelHead
        title={words.console.panels.detail}
        aside={<CloseButton size="sm" aria-label={words.detail.close} onClick={() => openIncident(null)} />}
      />
      <IncidentDetail key={opened} incidentId={opened} />
    </>
  );
}
