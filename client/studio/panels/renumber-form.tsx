import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/words.tsx';
import { editCells } from '../acts.ts';
import { setDesk, useDesk } from '../desk.ts';
import classes from './dialogs.module.css';

/** New codes for all cells of one village. */
export function RenumberVillage() {
  const words = useWords().studio.renumber;
  const ground = useDesk((state) => state.ground);
  const busy = useDesk((state) => state.busy);
  const cursor = useDesk((state) => state.cursor);
  const [village, setVillage] = useState<string | null>(
    cursor === null ? null : (ground?.graph.villages[cursor] ?? null),
  );
  if (!ground) return null;
  const counts = new Map<string, number>();
  for (const code of ground.graph.villages) counts.set(code, (counts.get(code) ?? 0) + 1);
  const data = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, cells]) => ({
      value: code,
      label: words.village({ name: ground.villageNames.get(code) ?? code, cells }),
    }));
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (village === null) return;
        void editCells({ kind: 'renumber', village }).then((done) => done && setDesk({ dialog: null }));
      }}
    >
      <p>{words.how}</p>
      <Select
        label={words.which}
        data={data}
        value={village}
        onChange={setVillage}
        searchable
        data-autofocus
      />
      <Button type="submit" disabled={village === null} loading={busy}>
        {words.act}
      </Button>
    </form>
  );
}
