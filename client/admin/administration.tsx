import { Alert, Button, Group, NavLink, Title } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { may } from '../../shared/rules/permissions.ts';
import type { Action } from '../../shared/contract/actions.ts';
import { signOut, useSession } from '../live/session.ts';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { DevicesPage } from './devices.tsx';
import { EnforcementPage } from './enforcement.tsx';
import { HolidaysPage } from './holidays.tsx';
import { LedgerCard } from './ledger.tsx';
import { MattersPage } from './matters.tsx';
import { PatrolsPage } from './patrols.tsx';
import { PeoplePage } from './people.tsx';
import { PolicyCard } from './policy.tsx';
import { RobotsPage } from './robots.tsx';
import { TemplatesPage } from './templates.tsx';
import { WebhooksPage } from './webhooks.tsx';

/** The pages, each with the action that opens it: a head sees the policy and the matters, an auditor the ledger. */
const pages = [
  { page: 'people', action: 'people.manage', Page: PeoplePage },
  { page: 'devices', action: 'people.manage', Page: DevicesPage },
  { page: 'robots', action: 'integration.manage', Page: RobotsPage },
  { page: 'webhooks', action: 'integration.manage', Page: WebhooksPage },
  { page: 'matters', action: 'policy.change', Page: MattersPage },
  { page: 'templates', action: 'template.change', Page: TemplatesPage },
  { page: 'enforcement', action: 'policy.change', Page: EnforcementPage },
  { page: 'holidays', action: 'policy.change', Page: HolidaysPage },
  { page: 'policy', action: 'policy.change', Page: PolicyCard },
  { page: 'patrols', action: 'patrol.read', Page: PatrolsPage },
  { page: 'ledger', action: 'audit.read', Page: LedgerCard },
] as const satisfies readonly { page: string; action: Action; Page: () => React.ReactNode }[];

/** What an administrator tends, one page each; the address names the page. */
export function Administration() {
  const words = useWords().admin;
  const me = useSession((session) => session.me);
  const [hash] = useHash({ getInitialValueInEffect: false });
  const open = pages.filter(({ action }) => me !== null && may({ ...me }, action) === null);
  const shown = open.find(({ page }) => `#${page}` === hash) ?? open[0];
  return (
    <div className={classes['frame']}>
      <header className={classes['head']}>
        <Title order={1} size="h3">
          {words.title}
        </Title>
        <Group gap="xs">
          {me && <span>{me.displayName}</span>}
          <ThemeSwitch />
          <LanguageSwitch />
          <Button variant="default" size="compact-md" onClick={() => void signOut()}>
            {words.signOut}
          </Button>
        </Group>
      </header>
      {shown && (
        <nav className={classes['nav']} aria-label={words.nav}>
          {open.map(({ page }) => (
            <NavLink
              key={page}
              href={`#${page}`}
              label={words.pages[page]}
              active={page === shown.page}
              {...(page === shown.page && { 'aria-current': 'page' as const })}
            />
          ))}
        </nav>
      )}
      <main className={classes['main']}>
        {shown ? <shown.Page key={shown.page} /> : <Alert variant="outline">{words.forbidden}</Alert>}
      </main>
    </div>
  );
}
