import { createRoot } from 'react-dom/client';
import { decodeFrame } from '../../../shared/contract/frame.ts';
import { Providers } from '../../../client/console/providers.tsx';
import { useRoom } from '../../../client/console/room.ts';
import { Shell } from '../../../client/console/shell.tsx';
import { useLive } from '../../../client/live/store.ts';
import { usePreferences } from '../../../client/ui/preferences.ts';
import { makeShift, matters } from './shift.ts';
import { makeTown } from './town.ts';

/** The console on a made-up town, without a server: `?theme=light&language=en&empty`. */
const query = new URLSearchParams(location.search);
usePreferences.getState().choose({
  theme: query.get('theme') === 'light' ? 'light' : 'dark',
  language: query.get('language') === 'en' ? 'en' : 'zh-CN',
});
useRoom.getState().set({
  town: makeTown(),
  synthetic: true,
  matters: new Map(matters.map(([code, nameZh, nameEn]) => [code, { code, nameZh, nameEn }])),
});
const { snapshot, frames } = makeShift(Date.now(), query.has('empty') ? 0 : 40);
const live = useLive.getState();
live.takeSnapshot(snapshot);
live.setConnection('live');
for (const frame of frames) live.takeFrame(decodeFrame(frame)!);
setInterval(() => useLive.getState().hear(), 1000);

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <Providers>
      <Shell />
    </Providers>,
  );
