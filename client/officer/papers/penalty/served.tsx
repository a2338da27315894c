import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { IncidentView } from '../../../../shared/contract/incidents.ts';
import { useWords } from '../../../words/use-words.ts';
import { useDesk } from '../../desk/desk.ts';
import classes from '../../shell/phone.module.css';
import { Primary } from '../../shell/primary.tsx';
import { go } from '../../shell/route.ts';
import { useFiles } from '../paper-tiles.tsx';
import { steps, type PenaltyDraft } from './draft.ts';
import { TimeBudget } from './time-budget.tsx';

/** The paper is handed over: time used, print, and the PDF as soon as the server has made it. */
export function Served(props: {
  readonly incident: IncidentView;
  readonly draft: PenaltyDraft;
  readonly clear: () => Promise<void>;
  readonly children: ReactNode;
}) {
  const words = useWords().officer.papers;
  const { draft, incident } = props;
  const files = useFiles(incident.id);
  const paper = files
    .flatMap((file) => file.papers)
    .find(({ number }) => number !== null && number === draft.number?.number);
  const waiting = useDesk((desk) => desk.acts.filter((act) => act.lane === `incident/${incident.id}`).length);
  return (
    <>
      <TimeBudget step={steps.length - 1} startedAtMs={draft.startedAtMs} endedAtMs={draft.endedAtMs} />
      <h1 className={classes['title']}>{words.penalty.served({ number: draft.number?.number ?? '' })}</h1>
      {waiting > 0 && <p className={classes['note']}>{words.penalty.waiting({ acts: waiting })}</p>}
      {paper && (
        <a className={classes['choice']} href={`/papers/${paper.id}.pdf`} target="_blank" rel="noreferrer">
          {words.pdf({ number: paper.number ?? '' })}
        </a>
      )}
      {props.children}
      <Button variant="default" style={{ minHeight: 56 }} onClick={() => print()}>
        {words.print}
      </Button>
      <Primary
        onClick={() => {
          void props.clear();
          go('work', incident.id);
        }}
      >
        {words.back}
      </Primary>
    </>
  );
}
