import { usePreferences } from '../ui/preferences.ts';
import { useRoom } from './room.ts';

/** Name of a matter in the language of the screen. */
export function useMatterName(code: string | null): string {
  const language = usePreferences((state) => state.language);
  const matter = useRoom((state) => (code === null ? undefined : state.matters.get(code)));
  if (!matter) return code ?? '';
  return language === 'en' ? matter.nameEn : matter.nameZh;
}
