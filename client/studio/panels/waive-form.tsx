import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { desk } from '../desk.ts';
import { sayRefused } from '../say.ts';
import { readAgain } from '../session.ts';

/** Lets a zone lie in several pieces, with the reason: cells that only a bridge or a tunnel joins to the rest. */
export function WaiveForm({ zoneId }: { readonly zoneId: ZoneId }) {
  const words = useWords().studio.problems;
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!open)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {words.waive}
      </Button>
    );
  return (
    <form
      style={{ display: 'flex', gap: 6 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') void waive(zoneId, reason.trim());
      }}
    >
      <TextInput
        size="xs"
        aria-label={words.waiveReason}
        placeholder={words.waiveReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button size="compact-sm" type="submit">
        {words.waive}
      </Button>
    </form>
  );
}

async function waive(zoneId: ZoneId, reason: string): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  const others = detail.waivers.filter((one) => one.zoneId !== zoneId);
  try {
    await call('changeDraft', {
      params: { editionId: detail.edition.id },
      body: { waivers: [...others, { zoneId, reason }] },
    });
    await readAgain();
  } catch (error) {
    sayRefused(error);
  }
}
