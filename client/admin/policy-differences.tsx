import type { SettingChange, SettingName } from '../../shared/rules/dispatch/policy-difference.ts';
import { useWords, type Words } from '../words/words.tsx';
import classes from './administration.module.css';

type PolicyWords = Words['admin']['policy'];

const hours: readonly SettingName[] = ['travel.speedsKmh'];
const rounds: readonly SettingName[] = [
  'offers.radiusMetres',
  'shortlist.sizes',
  'betterTeam.tickPriorities',
];

/** What differs between two versions of the settings, a line each. */
export function Differences(props: { readonly changes: readonly SettingChange[]; readonly none: string }) {
  const words = useWords().admin.policy;
  if (props.changes.length === 0) return <p>{props.none}</p>;
  return (
    <ul className={classes['lines']}>
      {props.changes.map(({ setting, entry, was, now }) => (
        <li key={`${setting} ${entry}`}>
          {words.was({
            name: entryOf(words, setting, entry) + words.settings[setting],
            was: valueOf(words, was),
            now: valueOf(words, now),
          })}
        </li>
      ))}
    </ul>
  );
}

function entryOf({ entry: names }: PolicyWords, setting: SettingName, entry: number | null): string {
  if (entry === null) return '';
  if (hours.includes(setting)) return names.hour({ entry });
  return rounds.includes(setting) ? names.round({ entry }) : names.priority({ entry });
}

function valueOf(words: PolicyWords, value: unknown): string {
  if (value === undefined) return words.absent;
  if (value === null) return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value))
    return value.length === 0 ? words.absent : value.map((one) => `P${String(one)}`).join(', ');
  if (typeof value === 'string') return (words.values as Readonly<Record<string, string>>)[value] ?? value;
  return JSON.stringify(value);
}
