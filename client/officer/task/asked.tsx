import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';
import classes from '../shell/phone.module.css';

/** What the check found wanting, when the incident was sent back. */
export function Asked({ incidentId }: { readonly incidentId: number }) {
  const words = useWords().officer.rework;
  const asked = useDesk((desk) => desk.phone?.asked?.find((each) => each.incidentId === incidentId));
  if (!asked) return null;
  return (
    <p className={classes['text']} data-asked="true">
      <strong>{words.asked({ instant: formatInstant(Date.parse(asked.at)).slice(5, 16) })}</strong>{' '}
      {asked.text}
    </p>
  );
}
