import { useMemo } from 'react';
import type { CommandContext } from '../../shared/rules/command-line/command.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useAliases } from './aliases.ts';
import { useRoom } from './room.ts';

/** What the command line may name at this moment. */
export function useCommandContext(): CommandContext {
  const { teams, incidents } = useLive((state) => state.picture);
  const matters = useRoom((state) => state.matters);
  const town = useRoom((state) => state.town);
  const language = usePreferences((state) => state.language);
  const aliases = useAliases();
  const cells = useMemo(
    () =>
      (town?.cells.features ?? []).map((cell) => {
        const code = String(cell.properties?.['code'] ?? '');
        return { key: code, label: code, words: [`g${code.slice(-3)}`, `g${code.slice(-6)}`] };
      }),
    [town],
  );
  return useMemo(
    () => ({
      cells,
      matters: [...matters.values()].map(({ code, nameZh, nameEn }) => ({
        key: code,
        label: language === 'en' ? nameEn : nameZh,
        words: [nameZh, ...(aliases.matters.get(code) ?? [])],
      })),
      teams: [...teams.values()].map(({ code, name }) => ({
        key: code,
        label: name,
        words: [name, ...numbersOf(code), ...(aliases.teams.get(code) ?? [])],
      })),
      incidents: [...incidents.values()].map(({ id, address }) => ({
        key: String(id),
        label: address,
        words: [],
      })),
    }),
    [cells, matters, teams, incidents, aliases, language],
  );
}

/** Short spellings of a team's code: `T01-A` is `1a` and `01a` too. */
function numbersOf(code: string): string[] {
  const bare = code.toLowerCase().replace(/[^a-z0-9]/gu, '');
  const short = /^[a-z]*0*(\d+[a-z]*)$/u.exec(bare)?.[1];
  return [bare, ...(short ? [short] : [])];
}
