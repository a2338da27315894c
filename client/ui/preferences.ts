import { create } from 'zustand';
import { defaultKeyChoices, type KeyChoices } from './keys.ts';
import type { ThemeName } from './tokens.ts';

/** Languages of the screens. */
export type Language = 'zh-CN' | 'en';

/** What a person chose on this machine; kept per user in localStorage. */
export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeName;
  readonly keys: KeyChoices;
  /** Sizes of the panes of each split, as the splitter wrote them. */
  readonly panes: Readonly<Record<string, readonly (string | number)[]>>;
  readonly sound: SoundChoice;
  /** Lines of the command line, the newest last. */
  readonly lines: readonly string[];
}

/** Loudness 0..1; an SOS is never quieter than a fifth and never muted. */
export interface SoundChoice {
  readonly muted: boolean;
  readonly volume: number;
}

interface PreferenceStore extends Preferences {
  readonly user: string;
  /** Loads what `user` chose before. */
  signIn: (user: string) => void;
  choose: (change: Partial<Preferences>) => void;
}

const defaults: Preferences = {
  language: 'zh-CN',
  theme: 'dark',
  keys: defaultKeyChoices,
  panes: {},
  sound: { muted: false, volume: 0.6 },
  lines: [],
};
const keptLines = 50;
const keyOf = (user: string) => `grid-dispatch:preferences:${user}`;
const chosenKeys = ['language', 'theme', 'keys', 'panes', 'sound', 'lines'] as const;

/** Reads stored text; anything unreadable or of a wrong kind falls back to the default. */
export function readPreferences(text: string | null): Preferences {
  try {
    const stored = JSON.parse(text ?? '{}') as Partial<Preferences>;
    return {
      language: stored.language === 'en' ? 'en' : defaults.language,
      theme: stored.theme === 'light' ? 'light' : defaults.theme,
      keys:
        typeof stored.keys?.singleKeys === 'boolean' ? { ...defaults.keys, ...stored.keys } : defaults.keys,
      panes: typeof stored.panes === 'object' && stored.panes ? stored.panes : {},
      sound: readSound(stored.sound),
      lines: Array.isArray(stored.lines)
        ? stored.lines.filter((line) => typeof line === 'string').slice(-keptLines)
        : [],
    };
  } catch {
    return defaults;
  }
}

function readSound(stored: Partial<SoundChoice> | undefined): SoundChoice {
  const volume = typeof stored?.volume === 'number' ? Math.min(1, Math.max(0, stored.volume)) : NaN;
  return { muted: stored?.muted === true, volume: Number.isNaN(volume) ? defaults.sound.volume : volume };
}

/** Storage may be forbidden by the browser; the choice then lasts as long as the page. */
function load(user: string): Preferences | null {
  try {
    const text = localStorage.getItem(keyOf(user));
    return text === null ? null : readPreferences(text);
  } catch {
    return null;
  }
}

/** The choices of the person at this screen; before the sign-in those of nobody in particular. */
export const usePreferences = create<PreferenceStore>()((set, get) => ({
  ...(load('') ?? defaults),
  user: '',
  // Somebody new keeps the language and theme that were chosen at the door.
  signIn: (user) => set({ ...load(user), user }),
  choose: (change) => {
    set(change);
    const state = get();
    try {
      const kept = Object.fromEntries(chosenKeys.map((key) => [key, state[key]]));
      localStorage.setItem(keyOf(state.user), JSON.stringify(kept));
    } catch {
      // Nothing to do: the choice holds for this page.
    }
  },
}));

// another window of the same person chose something: this one follows
if (typeof window !== 'undefined')
  window.addEventListener('storage', ({ key, newValue }) => {
    const { user } = usePreferences.getState();
    if (key === keyOf(user) && newValue !== null) usePreferences.setState(readPreferences(newValue));
  });
