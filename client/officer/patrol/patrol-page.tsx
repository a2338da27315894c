import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

export function PatrolPage(_: { readonly id: string }) {
  const words = useWords().officer.patrol;
  return <p className={classes['note']}>{words.none}</p>;
}
