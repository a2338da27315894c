import { useQuery } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { NumberSetting } from './number-setting.tsx';

/** How many days the history of positions is kept; fewer delete what is older. */
export function HistoryDays() {
  const words = useWords().admin.devices;
  const changes = useMay('policy.change');
  const { data } = useQuery({
    queryKey: ['position-settings'],
    queryFn: () => call('readPositionSettings'),
    enabled: changes,
  });
  if (!changes || !data) return null;
  return (
    <NumberSetting
      key={data.historyDays}
      label={words.history}
      note={words.historyNote}
      was={data.historyDays}
      min={30}
      max={90}
      queryKey="position-settings"
      save={(historyDays) => call('changePositionSettings', { body: { historyDays } })}
    />
  );
}
