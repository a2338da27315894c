import { Button } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useWords } from '../words/use-words.ts';
import { usePreferences } from './preferences.ts';

/** Dark and light. */
export function ThemeSwitch() {
  const words = useWords().shared;
  const { theme, choose } = usePreferences();
  const name = theme === 'dark' ? words.theme.toLight : words.theme.toDark;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={name}
      title={name}
      onClick={() => choose({ theme: theme === 'dark' ? 'light' : 'dark' })}
    >
      {theme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
    </Button>
  );
}

/** The other language, written in itself. */
export function LanguageSwitch() {
  const words = useWords().shared;
  const { language, choose } = usePreferences();
  const other = language === 'zh-CN' ? 'en' : 'zh-CN';
  return (
    <Button
      size="compact-sm"
      variant="default"
      lang={other}
      aria-label={words.language.label}
      onClick={() => choose({ language: other })}
    >
      {words.language.next}
    </Button>
  );
}
