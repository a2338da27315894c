import { useEffect, useState } from 'react';
import { useServerNow } from '../../live/now.ts';
import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { foldTasks, openTasks } from '../desk/fold.ts';
import { readTables, useDesk } from '../desk/desk.ts';
import { openLine } from '../desk/phone-line.ts';
import { ensureNumbers } from '../desk/numbers.ts';
import { startOutbox } from '../desk/outbox.ts';
import { followPlace, sendFixes } from '../desk/where.ts';
import { OfferScreen } from '../task/offer.tsx';
import { unlockByTouch } from './alert-tone.ts';
import { stayAwake } from './awake.ts';
import { Banners } from './banners.tsx';
import { Nav } from './nav.tsx';
import { hearLines } from './new-lines.ts';
import { Pages } from './pages.tsx';
import classes from './phone.module.css';
import { useRoute } from './route.ts';

/** Everything around the page: head, banners, the page, the primary act, the way to the other pages. */
export function Shell() {
  const me = useDesk((desk) => desk.me);
  const onDuty = useDesk((desk) => desk.phone?.duty.on ?? false);
  const personId = me?.personId ?? 0;
  const licensed = me?.role === 'officer' || me?.role === 'leader';
  useEffect(() => unlockByTouch(), []);
  useEffect(() => {
    if (personId === 0) return undefined;
    const stops = [openLine(hearLines), startOutbox()];
    void readTables();
    void sendFixes();
    return () => stops.forEach((stop) => stop());
  }, [personId]);
  useEffect(() => {
    if (!onDuty || personId === 0) return undefined;
    const stops = [followPlace(personId), stayAwake()];
    if (licensed) void ensureNumbers(personId);
    void navigator.storage?.persist?.();
    return () => stops.forEach((stop) => stop());
  }, [onDuty, personId, licensed]);
  const offer = useOffer();
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  const route = useRoute();
  return (
    <div className={classes['app']}>
      <Head />
      <main className={classes['main']} id="main">
        <Pages route={route} foot={foot} />
      </main>
      <footer className={classes['foot']}>
        <div ref={setFoot} />
        <Nav page={route.page} />
      </footer>
      {offer && <OfferScreen key={offer.assignment.id} task={offer} />}
    </div>
  );
}

/** The oldest offer that this phone has not answered. */
function useOffer() {
  const phone = useDesk((desk) => desk.phone);
  const acts = useDesk((desk) => desk.acts);
  return openTasks(foldTasks(phone?.tasks ?? [], acts)).find(
    ({ assignment }) => assignment.state === 'offered',
  );
}

function Head() {
  const words = useWords();
  const nowMs = useServerNow();
  const phone = useDesk((desk) => desk.phone);
  const on = phone?.duty.on ?? false;
  return (
    <header className={classes['head']}>
      <div className={classes['bar']}>
        <span className={classes['team']}>{phone?.team?.name ?? words.officer.title}</span>
        <span className={classes['duty']}>
          <span aria-hidden="true">{on ? '● ' : '○ '}</span>
          {on ? words.officer.onDuty : words.officer.offDuty}
        </span>
        <time className={classes['clock']}>{formatClock(nowMs).slice(0, 5)}</time>
      </div>
      <Banners />
    </header>
  );
}
