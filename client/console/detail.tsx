import { CloseButton } from '@mantine/core';
import { useWords } from '../words/words.tsx';
import classes from './detail.module.css';
import { Draft } from './draft.tsx';
import { IncidentDetail } from './incident-detail.tsx';
import { PanelHead } from './panel-head.tsx';
import { openIncident, useRoom } from './room.ts';

/** The opened incident, or the form of a new one: at hand at once, for a trained person types on without looking. */
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
        <Draft />
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
