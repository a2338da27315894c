import { plausibility } from '../../../shared/rules/positions/marks.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { useWhere } from '../desk/where.ts';
import classes from './phone.module.css';

/** Why this phone's place is not believed, and the one setting to change. A coarse fix the phone sees by itself. */
export function DoubtStrips() {
  const words = useWords().officer.banner;
  const told = useDesk((desk) => desk.phone?.doubt ?? null);
  const aheadSeconds = useDesk((desk) => desk.phone?.clockAheadSeconds ?? null);
  const accuracyMetres = useWhere((where) => where.accuracyMetres);
  const coarse = accuracyMetres === null ? told === 'inaccurate' : accuracyMetres > coarseMetres;
  const doubt = told === 'mock' || told === 'datum' ? told : coarse ? 'inaccurate' : null;
  if (doubt === null && aheadSeconds === null) return null;
  return (
    <>
      {doubt && (
        <div className={classes['strip']} data-kind="alarm" role="status">
          {words.doubt[doubt]}
        </div>
      )}
      {aheadSeconds !== null && (
        <div className={classes['strip']} data-kind="alarm" role="status">
          {words.clockAhead({ minutes: Math.round(aheadSeconds / 60) })}
        </div>
      )}
    </>
  );
}

/** From this accuracy on the server marks a fix as too coarse to be a place. */
const coarseMetres = plausibility.accuracyMetres;
