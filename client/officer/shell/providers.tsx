import './styles.ts';
import { MantineProvider } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Boundary } from '../../ui/boundary.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { OfficerWordsProvider } from './words-provider.tsx';
import { officerTheme, officerVariables, useLook } from './look.ts';

/** Theme, size of the letters and language for everything on the phone. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const scheme = usePreferences((state) => state.theme);
  const big = useLook((state) => state.big);
  useEffect(() => {
    document.documentElement.style.fontSize = big ? '125%' : '';
  }, [big]);
  return (
    <MantineProvider theme={officerTheme} cssVariablesResolver={officerVariables} forceColorScheme={scheme}>
      <OfficerWordsProvider>
        <Boundary>{children}</Boundary>
      </OfficerWordsProvider>
    </MantineProvider>
  );
}
