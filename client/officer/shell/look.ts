import { createTheme, mergeThemeOverrides, type CSSVariablesResolver } from '@mantine/core';
import { create } from 'zustand';
import { usePreferences } from '../../ui/preferences.ts';
import { theme } from '../../ui/theme.ts';
import { cssVariables, tokens, type Surfaces } from '../../ui/tokens.ts';

/** Black on white for the sun: every text 7:1 and more, edges that a wet screen still shows. */
export const sun: Surfaces = {
  ground: '#FFFFFF',
  panel: '#FFFFFF',
  raised: '#EEF1F4',
  line: '#7D8894',
  edge: '#39434E',
  text: '#000000',
  muted: '#353E48',
  focus: '#0B4A8C',
};

/** The night's surfaces are those of the dark console. */
export const night: Surfaces = tokens.dark.surface;

/** Big text is kept on this phone, for whoever holds it. */
interface Look {
  readonly big: boolean;
}

const storedName = 'grid-officer:look';

function stored(): Look | null {
  try {
    const text = localStorage.getItem(storedName);
    return text === null ? null : { big: (JSON.parse(text) as Partial<Look>).big === true };
  } catch {
    return null;
  }
}

const before = stored();
export const useLook = create<Look>()(() => before ?? { big: false });

/** A phone starts in the sun: the console's dark default is for a dim room. */
export function startLook(): void {
  if (before === null) {
    usePreferences.getState().choose({ theme: 'light' });
    save({ big: false });
  }
}

function save(look: Look): void {
  try {
    localStorage.setItem(storedName, JSON.stringify(look));
  } catch {
    // the choice holds for this page
  }
}

export function setBig(big: boolean): void {
  useLook.setState({ big });
  save({ big });
}

/** The theme of all apps with controls for a thumb and the darkest blue in the sun. */
export const officerTheme = mergeThemeOverrides(
  theme,
  createTheme({
    primaryShade: { light: 9, dark: 7 },
    fontSizes: { xs: '0.875rem', sm: '1rem', md: '1.0625rem', lg: '1.125rem', xl: '1.25rem' },
    defaultRadius: 'md',
    components: {
      Button: { defaultProps: { size: 'lg' } },
      TextInput: { defaultProps: { size: 'lg' } },
      PasswordInput: { defaultProps: { size: 'lg' } },
      Textarea: { defaultProps: { size: 'lg' } },
    },
  }),
);

const onSurfaces = (surface: Surfaces) => ({
  ...Object.fromEntries(
    Object.entries(surface).map(([name, colour]) => [`--surface-${name}`, String(colour)]),
  ),
  '--mantine-color-body': surface.ground,
  '--mantine-color-text': surface.text,
  '--mantine-color-dimmed': surface.muted,
  '--mantine-color-default': surface.panel,
  '--mantine-color-default-hover': surface.raised,
  '--mantine-color-default-color': surface.text,
  '--mantine-color-default-border': surface.edge,
  '--mantine-color-placeholder': surface.muted,
});

/** Sun is the light scheme, night the dark one. */
export const officerVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...cssVariables('light'), ...onSurfaces(sun) },
  dark: { ...cssVariables('dark'), ...onSurfaces(night) },
});
