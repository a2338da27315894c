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
}

interface PreferenceStore extends Preferences {
  readonly user: string;
  /** Loads what `user` chose before. */
  signIn: (user: string) => void;
  choose: (change: Partial<Preferences>) => void;
}

const defaults: Preferences = { language: 'zh-CN', theme: 'dark', keys: defaultKeyChoices, panes: {} };
const keyOf = (user: string) => `grid-dispatch:preferences:${user}`;
const chosenKeys = ['language', 'theme', 'keys', 'panes'] as const;

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
    };
  } catch {
    return defaults;
  }
}

/** Storage may be forbidden by the browser; the choice then lasts as long as the page. */
function load(user: string): Preferences {
  try {
    return readPreferences(localStorage.getItem(keyOf(user)));
  } catch {
    return defaults;
  }
}

/** The choices of the person at this screen; before the sign-in those of nobody in particular. */
export const usePreferences = create<PreferenceStore>()((set, get) => ({
  ...load(''),
  user: '',
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
