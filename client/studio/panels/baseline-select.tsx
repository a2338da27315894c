import { Select } from '@mantine/core';
import { useWords } from '../../words/words.tsx';
import { compareWith } from '../compare.ts';
import { useDesk } from '../desk.ts';
import { sayRefused } from '../say.ts';

const running = 'running';

/** Which edition the numbers, the difference, the map and the replay compare with. */
export function BaselineSelect() {
  const words = useWords().studio.baseline;
  const editions = useDesk((state) => state.editions);
  const runningId = useDesk((state) => state.runningEditionId);
  const opened = useDesk((state) => state.detail?.edition.id);
  const chosen = useDesk((state) => state.baselineId);
  const others = editions.filter(({ id, discarded }) => id !== runningId && id !== opened && !discarded);
  return (
    <Select
      size="xs"
      style={{ gridColumn: '1 / -1' }}
      // beside the field: each line above the table of zones costs it a row
      styles={{
        root: { display: 'flex', alignItems: 'center', gap: 8 },
        label: { whiteSpace: 'nowrap' },
        wrapper: { flex: 1 },
      }}
      label={words.title}
      data={[
        { value: running, label: words.running },
        ...others.map(({ id, name }) => ({ value: String(id), label: words.option({ id, name }) })),
      ]}
      value={others.some(({ id }) => id === chosen) ? String(chosen) : running}
      allowDeselect={false}
      searchable
      onChange={(value) =>
        void compareWith(value === null || value === running ? null : Number(value)).catch(sayRefused)
      }
    />
  );
}
