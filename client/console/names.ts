import { useMemo } from 'react';
import { usePeopleNames } from '../live/people.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import type { Names } from './fact-sentence.ts';
import { useRoom } from './room.ts';

/** Names of teams, their people and matters, in the language of the screen. */
export function useNames(): Names {
  const teams = useLive((state) => state.picture.teams);
  const matters = useRoom((state) => state.matters);
  const language = usePreferences((state) => state.language);
  const everybody = usePeopleNames();
  return useMemo(() => {
    const people = new Map<number, string>([
      ...everybody,
      ...[...teams.values()].flatMap(({ members }) =>
        members.map(({ personId, displayName }): [number, string] => [personId, displayName]),
      ),
    ]);
    return {
      team: (id) => teams.get(id)?.name ?? String(id),
      person: (id) => people.get(id) ?? String(id),
      matter: (code) => {
        const matter = matters.get(code ?? '');
        return (language === 'en' ? matter?.nameEn : matter?.nameZh) ?? code ?? '';
      },
    };
  }, [teams, matters, language, everybody]);
}
