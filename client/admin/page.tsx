import { Alert, Button, Modal, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CallRefused } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';

/** One page of the administrator's door: title, what it is for, and what it says when it cannot be read. */
export function Page(props: {
  readonly title: string;
  readonly note: string;
  readonly failed?: boolean;
  readonly again?: () => void;
  readonly children: ReactNode;
}) {
  const words = useWords().admin;
  return (
    <section aria-label={props.title}>
      <Title order={2} size="h3">
        {props.title}
      </Title>
      <p className={classes['note']}>{props.note}</p>
      {props.failed ? (
        <Alert role="alert" variant="outline">
          {words.failed}{' '}
          <Button size="compact-sm" variant="default" onClick={props.again}>
            {words.again}
          </Button>
        </Alert>
      ) : (
        props.children
      )}
    </section>
  );
}

/** A dialog over the page; Escape closes it. */
export function Dialog(props: {
  readonly title: string;
  readonly close: () => void;
  readonly size?: string;
  readonly children: ReactNode;
}) {
  const words = useWords().admin;
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      size={props.size ?? 'min(620px, 95vw)'}
      closeButtonProps={{ 'aria-label': words.close }}
      transitionProps={{ duration: 0 }}
    >
      {props.children}
    </Modal>
  );
}

/** A dialog with one form that adds something; what was refused stands above its button. */
export function AddDialog(props: {
  readonly title: string;
  readonly close: () => void;
  readonly act: {
    readonly mutate: (input: undefined) => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly children: ReactNode;
}) {
  return (
    <Dialog title={props.title} close={props.close}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          props.act.mutate(undefined);
        }}
      >
        {props.children}
        <Refused error={props.act.error} />
        <Button type="submit" loading={props.act.isPending}>
          {props.title}
        </Button>
      </form>
    </Dialog>
  );
}

/** What the server refused, in words, with the fields that it names. */
export function Refused({ error }: { readonly error: Error | null }) {
  const { refusals } = useWords();
  if (!(error instanceof CallRefused)) return null;
  return (
    <Alert role="alert" variant="outline">
      {refusals[error.code]}
      {error.errors.map(({ path, message }) => (
        <div key={path}>{`${path.replace(/^body\./, '')}: ${message}`}</div>
      ))}
    </Alert>
  );
}
