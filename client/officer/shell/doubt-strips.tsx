import { plausibility } from '../../../shared/rules/positions/plausibility.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import { useWhere } from '../desk/where.ts';
import classes from './phone.module.css';

/** Why this phone's place is not believed, and the one setting to change. A coarse fix the phone sees by itself. */
export function DoubtStrips() {
  const words = useWords().officer.banner;
  const heard = useDesk((desk) => desk.phone?.doubt ?? null);
  const aheadSeconds = useDesk((desk) => desk.phone?.clockAheadSeconds ?? null);
  const accuracyMetres = useWhere((where) => where.accuracyMetres);
  const coarse = accuracyMetres === null ? heard === 'inaccurate' : accuracyMetres > coarseMetres;
  const doubt = heard === 'mock' || heard === 'datum' ? heard : coarse ? 'inaccurate' : null;
  const told = [
    doubt && words.doubt[doubt],
    aheadSeconds !== null && words.clockAhead({ minutes: Math.round(aheadSeconds / 60) }),
  ];
  return told.map(
    (sentence) =>
      sentence && (
        <div key={sentence} className={classes['strip']} data-kind="alarm" role="status">
          {sentence}
        </div>
      ),
  );
}

/** From this accuracy on the server marks a fix as too coarse to be a place. */
const coarseMetres = plausibility.accuracyMetres;
