import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Operation } from '../../shared/contract/field-steps.ts';
import { may } from '../../shared/rules/permissions.ts';
import { useOperations } from '../live/beside.ts';
import { useSession } from '../live/session.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { useNames } from './names.ts';
import { OperationEnd } from './operation-end.tsx';
import { OperationForm } from './operation-form.tsx';
import { useRoom } from './room.ts';
import { Section } from './section.tsx';
import classes from './section.module.css';

/** `YYYY-MM-DD HH:mm` on the town's clock. */
const minuteOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** 联合行动 of the room: what is planned, what came of it, and the form of a new one. */
export function OperationsDialog() {
  const words = useWords();
  const labels = words.work.operation;
  const shown = useRoom((state) => state.operationsShown);
  const opened = useRoom((state) => state.opened);
  const set = useRoom((state) => state.set);
  const me = useSession((session) => session.me);
  const { data, isError, refetch } = useOperations(shown);
  const [form, setForm] = useState<'plan' | Operation | null>(null);
  const directs = me !== null && may({ ...me, teamId: null }, 'incident.direct') === null;
  const close = () => {
    setForm(null);
    set({ operationsShown: false });
  };
  return (
    <Modal
      opened={shown}
      onClose={close}
      title={labels.all}
      size="min(760px, 95vw)"
      closeButtonProps={{ 'aria-label': labels.close }}
      transitionProps={{ duration: 0 }}
    >
      {form === 'plan' ? (
        <OperationForm incidentId={opened} done={() => setForm(null)} />
      ) : form !== null ? (
        <OperationEnd operation={form} done={() => setForm(null)} />
      ) : (
        <>
          {directs && (
            <Button size="compact-sm" data-autofocus onClick={() => setForm('plan')}>
              {labels.plan}
            </Button>
          )}
          {data?.operations.length === 0 && <p className={classes['muted']}>{labels.none}</p>}
          {isError && <Section title={labels.title} failed again={() => void refetch()} />}
          {data?.operations.map((operation) => (
            <OperationCard
              key={operation.id}
              operation={operation}
              {...(directs && { end: () => setForm(operation) })}
            />
          ))}
        </>
      )}
    </Modal>
  );
}

/** One joint operation: who called it, who takes part, what is planned, what each organ found. */
export function OperationCard(props: { readonly operation: Operation; readonly end?: () => void }) {
  const labels = useWords().work.operation;
  const names = useNames();
  const { operation } = props;
  return (
    <Section
      title={operation.title}
      aside={
        <span className={classes['muted']}>
          {operation.endedAt === null ? labels.planned : labels.ended({ clock: minuteOf(operation.endedAt) })}
        </span>
      }
    >
      <p>
        {labels.by({ initiator: operation.initiator, participants: operation.participants.join('、') })} ·{' '}
        {labels.grounds[operation.ground as keyof typeof labels.grounds]}
      </p>
      <p className={classes['muted']}>
        {labels.when({ from: minuteOf(operation.startsAt), to: minuteOf(operation.endsAt) })}
        {operation.incidentId !== null && ` · ${labels.incident({ incident: operation.incidentId })}`}
      </p>
      {operation.teamIds.length > 0 && (
        <p className={classes['muted']}>
          {labels.reserved({ teams: operation.teamIds.map((id) => names.team(id)).join('、') })}
        </p>
      )}
      <p>{operation.plan}</p>
      {operation.objects.length > 0 && (
        <ul className={classes['chips']}>
          {operation.objects.map((object) => (
            <li key={object}>{object}</li>
          ))}
        </ul>
      )}
      {operation.results && (
        <ul className={classes['list']}>
          {operation.results.map((row, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- results never change once they are written
            <li key={i}>{[row.object, row.organ, row.result].filter(Boolean).join(' · ')}</li>
          ))}
        </ul>
      )}
      {props.end && operation.endedAt === null && (
        <div>
          <Button size="compact-sm" variant="default" onClick={props.end}>
            {labels.end}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** The joint operations about one incident, where it has any. */
export function OperationsOf({ incidentId }: { readonly incidentId: number }) {
  const { data } = useOperations();
  const about = data?.operations.filter((operation) => operation.incidentId === incidentId) ?? [];
  return about.map((operation) => <OperationCard key={operation.id} operation={operation} />);
}
