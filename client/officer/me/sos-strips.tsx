import { useEffect } from 'react';
import { distanceMetres } from '../../../shared/rules/distance.ts';
import { formatClock, formatMetres } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { useWhere } from '../desk/where.ts';
import { callOfficer } from '../shell/alert-tone.ts';
import classes from '../shell/phone.module.css';
import { navigationTargets } from '../task/navigation.ts';
import { endCall } from './sos-button.tsx';
import { forgetCall, useSos } from './sos.ts';

/** Calls for help that concern this phone: the own one, and those of colleagues near by. */
export function SosStrips() {
  const words = useWords().officer.sos;
  const personId = useDesk((desk) => desk.me?.personId);
  const all = useDesk((desk) => desk.phone?.sos) ?? [];
  const own = useWhere((where) => where.point);
  const calling = useSos((sos) => sos.state === 'calling');
  const mine = all.find((sos) => sos.personId === personId);
  const others = all.filter((sos) => sos.personId !== personId);
  const alerted = others.length > 0;
  useEffect(() => (alerted ? callOfficer() : undefined), [alerted]);
  return (
    <div role="alert">
      {calling && !mine && (
        <div className={classes['strip']} data-kind="alarm">
          {words.calling}
          <button type="button" className={classes['choice']} onClick={forgetCall}>
            {words.stop}
          </button>
        </div>
      )}
      {mine && (
        <div className={classes['strip']} data-kind="alarm">
          <span>
            {mine.acknowledgedBy
              ? words.seen({ name: mine.acknowledgedBy })
              : words.raised({ clock: formatClock(Date.parse(mine.raisedAt)).slice(0, 5) })}
          </span>
          <button
            type="button"
            className={classes['choice']}
            onClick={() => {
              forgetCall();
              void endCall();
            }}
          >
            {words.safe}
          </button>
        </div>
      )}
      {others.map((sos) => (
        <a
          key={sos.alarmId}
          className={classes['strip']}
          data-kind="alarm"
          {...(sos.point && {
            href: navigationTargets(sos.point, sos.name)[0]!.url,
            target: '_blank',
            rel: 'noreferrer',
          })}
        >
          {words.other({
            name: sos.name,
            team: sos.teamCode ?? '',
            metres: own && sos.point ? formatMetres(distanceMetres(own, sos.point)) : '',
          })}
        </a>
      ))}
    </div>
  );
}
