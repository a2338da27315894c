import { useQuery } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { useMay } from '../live/session.ts';
import { useWords } from '../words/words.tsx';
import { NumberSetting } from './number-setting.tsx';

/** After how many seconds an offer that nobody has seen goes to the next channel. */
export function PushWait() {
  const words = useWords().admin.robots;
  const changes = useMay('policy.change');
  const { data } = useQuery({ queryKey: ['push-settings'], queryFn: () => call('readPushSettings') });
  if (!changes || !data) return null;
  return (
    <NumberSetting
      key={data.unseenSeconds}
      label={words.wait}
      note={words.waitNote}
      was={data.unseenSeconds}
      min={5}
      max={300}
      queryKey="push-settings"
      save={(unseenSeconds) => call('changePushSettings', { body: { unseenSeconds } })}
    />
  );
}
