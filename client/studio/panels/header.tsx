/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a line of state, not the result of a form */
import { Badge, Button } from '@mantine/core';
import { signOut, useSession } from '../../live/session.ts';
import { LanguageSwitch, ThemeSwitch } from '../../ui/switches.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { setDesk, useDesk } from '../desk.ts';
import { plannerColours } from '../map/palette.ts';
import classes from './header.module.css';

/** What is on the table, whether it is safe with the server, who else works in it. */
export function Header() {
  const words = useWords().studio;
  const detail = useDesk((state) => state.detail);
  const line = useDesk((state) => state.line);
  const unsent = useDesk((state) => state.sync?.pending.length ?? 0);
  const me = useSession((session) => session.me);
  if (!detail) return null;
  const { edition } = detail;
  return (
    <header className={classes['header']}>
      <h1 className={classes['title']}>{words.title}</h1>
      <strong className={classes['edition']}>{edition.name}</strong>
      <Badge variant="outline" color="gray" className={classes['status'] ?? ''}>
        {words.status[edition.status]}
      </Badge>
      {edition.effectiveAt !== null && (
        <span className={classes['muted']}>
          {words.header.effective({ at: formatInstant(Date.parse(edition.effectiveAt)).slice(0, 16) })}
        </span>
      )}
      <span className={classes['grow']} />
      <People />
      <span className={classes['line']} data-line={line} role="status">
        {line === 'lost'
          ? words.header.lost({ unsent })
          : unsent > 0
            ? words.header.unsent({ unsent })
            : words.header.saved}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => setDesk({ dialog: 'keys' })}>
        {words.keys.title}
      </Button>
      <ThemeSwitch />
      <LanguageSwitch />
      <span className={classes['muted']}>{me?.displayName ?? me?.name}</span>
      <Button size="compact-sm" variant="default" onClick={() => void signOut()}>
        {words.header.signOut}
      </Button>
    </header>
  );
}

/** The planners in this draft, each with a colour of the map and a name. */
function People() {
  const words = useWords().studio.people;
  const people = useDesk((state) => state.people);
  const zones = useDesk((state) => state.zones);
  const theme = usePreferences((state) => state.theme);
  const mine = useSession((session) => session.me?.personId);
  const others = people.filter(({ personId }) => personId !== mine);
  if (others.length === 0) return null;
  return (
    <ul className={classes['people']} aria-label={words.label}>
      {others.map((one, i) => (
        <li key={one.personId}>
          <span
            className={classes['dot']}
            style={{ background: plannerColours[theme][i % plannerColours[theme].length] }}
            aria-hidden
          />
          {one.zoneId === null
            ? words.here({ name: one.name })
            : words.inZone({ name: one.name, zone: zones.get(one.zoneId as never)?.number ?? '—' })}
        </li>
      ))}
    </ul>
  );
}
