import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { storageLimit } from '../desk/capture.ts';
import { useDesk } from '../desk/desk.ts';
import { useWhere } from '../desk/where.ts';
import { SosStrips } from '../me/sos-strips.tsx';
import { CalledOffStrips } from './called-off-strips.tsx';
import { DoubtStrips } from './doubt-strips.tsx';
import { MessageStrips } from './message-strips.tsx';
import classes from './phone.module.css';
import { hideNewLines, useNewLines } from './new-lines.ts';
import { go } from './route.ts';
import { takeUpdate, useUpdate } from './update.ts';

/** From this share of the storage on the officer is told to send photos first. */
const nearlyFull = 0.8;

/** What the officer should know whatever page is open: network, queue, choices to make, place, room, new build. */
export function Banners() {
  const words = useWords().officer;
  const { online, syncedAtMs, storageUsed } = useDesk();
  const me = useDesk((desk) => desk.me?.personId);
  const acts = useDesk((desk) => desk.acts).filter(({ personId }) => personId === me);
  const photos = useDesk((desk) => desk.photos).filter(({ personId }) => personId === me);
  const place = useWhere((where) => where.state);
  const newLines = useNewLines((state) => state.name);
  const update = useUpdate((state) => state.waiting);
  const stopped = new Set(acts.filter(({ refused }) => refused).map(({ lane }) => lane));
  const toSend = acts.filter(({ lane }) => !stopped.has(lane)).length;
  const toUpload = photos.filter(({ sent, refused }) => !sent && !refused).length;
  const choices = stopped.size + photos.filter(({ refused }) => refused).length;
  const synced = syncedAtMs === null ? words.never : formatClock(syncedAtMs).slice(0, 5);
  return (
    <>
      <SosStrips />
      <CalledOffStrips />
      <MessageStrips />
      {choices > 0 && (
        <button type="button" className={classes['strip']} data-kind="choice" onClick={() => go('choices')}>
          {words.banner.choices({ count: choices })}
        </button>
      )}
      <div aria-live="polite">
        {!online && (
          <div className={classes['strip']} data-kind="offline">
            {words.banner.offline({ acts: toSend, photos: toUpload, synced })}
          </div>
        )}
        {online && toSend + toUpload > 0 && (
          <div className={classes['strip']} data-kind="sending">
            {words.banner.sending({ acts: toSend, photos: toUpload })}
          </div>
        )}
        {storageUsed >= nearlyFull && (
          <div className={classes['strip']} data-kind="storage">
            {storageUsed >= storageLimit
              ? words.banner.storageFull({ photos: toUpload })
              : words.banner.storageNear({ photos: toUpload })}
          </div>
        )}
      </div>
      {(place === 'denied' || place === 'unavailable') && (
        <div className={classes['strip']} data-kind="alarm" role="status">
          {place === 'denied' ? words.banner.placeDenied : words.banner.placeUnavailable}
        </div>
      )}
      <DoubtStrips />
      {newLines !== null && (
        <button type="button" className={classes['strip']} data-kind="update" onClick={hideNewLines}>
          {words.banner.newLines({ name: newLines })}
        </button>
      )}
      {update && (
        <button type="button" className={classes['strip']} data-kind="update" onClick={takeUpdate}>
          {words.banner.update}
        </button>
      )}
    </>
  );
}
