import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';

/** Letters and figures of a plate: I and O do not stand on plates. */
const signs = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'.split('');
const provinces = '浙沪苏皖赣闽豫鲁京粤'.split('');

/** Keys for a plate, begun with the one of Ningbo. */
export function PlateKeys({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (plate: string) => void;
}) {
  const words = useWords().officer.papers.plate;
  const add = (sign: string) => {
    if (value.length < 8) onChange(value + sign);
  };
  return (
    <div className={classes['sheet']}>
      <output className={classes['plate']} aria-label={words.label}>
        {value}
      </output>
      <div className={classes['keys']}>
        {value === '' &&
          provinces.map((sign) => (
            <button key={sign} type="button" onClick={() => add(sign)}>
              {sign}
            </button>
          ))}
        {value !== '' &&
          signs.map((sign) => (
            <button key={sign} type="button" onClick={() => add(sign)}>
              {sign}
            </button>
          ))}
        <button type="button" aria-label={words.back} onClick={() => onChange(value.slice(0, -1))}>
          ⌫
        </button>
      </div>
    </div>
  );
}
