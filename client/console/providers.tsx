import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePreferences } from '../ui/preferences.ts';
import { theme, variables } from '../ui/theme.ts';
import { WordsProvider } from '../words/words.tsx';

/** Theme and language for everything on the screen. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const scheme = usePreferences((state) => state.theme);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
      <WordsProvider>{children}</WordsProvider>
    </MantineProvider>
  );
}
