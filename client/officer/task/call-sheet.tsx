import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import { maskedReporter } from '../../../shared/rules/penalties/identity.ts';
import { call, CallRefused } from '../../live/call.ts';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { Sheet } from '../shell/sheet.tsx';

/** Calls who reported: the number is asked for at the tap, shown masked, and gone when the sheet closes. */
export function CallSheet({
  assignmentId,
  onClose,
}: {
  readonly assignmentId: number;
  readonly onClose: () => void;
}) {
  const { officer, refusals } = useWords();
  const words = officer.call;
  const [contacts, setContacts] = useState<Output<'callReporter'>['contacts'] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const params = { assignmentId: assignmentId as never };
      setContacts((await call('callReporter', { params })).contacts);
    } catch (error) {
      const answered = error instanceof CallRefused && error.status > 0 && error.status < 500;
      setFailed(answered ? refusals[error.code] : words.offline);
    }
    setBusy(false);
  };
  return (
    <Sheet title={words.title} opened onClose={onClose}>
      <p className={classes['note']}>{words.note}</p>
      {failed !== null && (
        <p className={classes['text']} role="alert">
          {failed}
        </p>
      )}
      {contacts === null && (
        <Button style={{ minHeight: 56 }} loading={busy} onClick={() => void ask()}>
          {words.ask}
        </Button>
      )}
      {contacts?.length === 0 && <p className={classes['text']}>{words.none}</p>}
      {contacts?.map(({ name, phone }) => (
        <a key={phone} className={classes['choice']} href={`tel:${phone.replaceAll(' ', '')}`}>
          {words.dial({ name: name ?? '', phone: maskedReporter({ name, phone }).phone ?? '' })}
        </a>
      ))}
    </Sheet>
  );
}
