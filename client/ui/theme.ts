import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { fontFamily } from './font.ts';
import { cssVariables, tokens } from './tokens.ts';

/** One blue for acts; the status tokens are not part of it, so a button never looks like a status. */
const act: MantineColorsTuple = [
  '#E8F2FD',
  '#CFE2F8',
  '#9FC5F0',
  '#6EA7E8',
  '#4A8FE1',
  '#3580DC',
  '#2468B8',
  '#1D5BA5',
  '#174C8C',
  '#103B70',
];

/** The grey that Mantine's own surfaces take, in the blue-black of our grounds; text first, ground last. */
const dark: MantineColorsTuple = [
  '#E6EBF2',
  '#C6D0DC',
  '#A9B4C2',
  '#6B7889',
  '#3A4757',
  '#2E3A48',
  '#1A222D',
  '#10151C',
  '#0D1218',
  '#0B0F14',
];

/** Mantine theme of all apps: text never under 13 px, square-ish corners, tight rows. */
export const theme = createTheme({
  fontFamily,
  headings: { fontFamily },
  colors: { act, dark },
  primaryColor: 'act',
  primaryShade: { light: 7, dark: 7 },
  fontSizes: { xs: '13px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Mantine sets hints and errors two pixels below the field's text.
    InputWrapper: { styles: { description: { fontSize: '13px' }, error: { fontSize: '13px' } } },
  },
});

/** Puts the tokens beside Mantine's own variables and lays Mantine's surfaces on ours. */
export const variables: CSSVariablesResolver = () => {
  const side = (name: 'dark' | 'light') => {
    const { surface } = tokens[name];
    return {
      ...cssVariables(name),
      '--mantine-color-body': surface.ground,
      '--mantine-color-text': surface.text,
      '--mantine-color-dimmed': surface.muted,
      '--mantine-color-default': surface.panel,
      '--mantine-color-default-hover': surface.raised,
      '--mantine-color-default-color': surface.text,
      '--mantine-color-default-border': surface.edge,
      '--mantine-color-placeholder': surface.muted,
    };
  };
  return { variables: {}, light: side('light'), dark: side('dark') };
};
