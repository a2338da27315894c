import { IconClipboardList, IconHome, IconPencilPlus, IconUser } from '@tabler/icons-react';
import { useWords } from '../../words/use-words.ts';
import { SosButton } from '../me/sos-button.tsx';
import classes from './phone.module.css';

const pages = [
  { page: 'task', Icon: IconHome },
  { page: 'report', Icon: IconPencilPlus },
  { page: 'patrol', Icon: IconClipboardList },
  { page: 'me', Icon: IconUser },
] as const;

/** The way to the pages, and the call for help, always in the same place. */
export function Nav({ page }: { readonly page: string }) {
  const words = useWords().officer.nav;
  return (
    <nav className={classes['nav']} aria-label={words.label}>
      {pages.map(({ page: name, Icon }) => (
        <a key={name} href={`#/${name}`} aria-current={page === name ? 'page' : undefined}>
          <Icon size={24} aria-hidden="true" />
          {words[name]}
        </a>
      ))}
      <SosButton />
    </nav>
  );
}
