import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../live/queries.ts';
import { Boundary } from '../ui/boundary.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { theme, variables } from '../ui/theme.ts';
import { WordsProvider } from '../words/words.tsx';

/** Theme, language, reads and messages for everything on the screen. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const scheme = usePreferences((state) => state.theme);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} forceColorScheme={scheme}>
      <QueryClientProvider client={queries}>
        <WordsProvider>
          <Boundary>{children}</Boundary>
          <Notifications position="bottom-center" limit={4} autoClose={5000} transitionDuration={0} />
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
