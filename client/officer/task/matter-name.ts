import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/use-words.ts';
import { useDesk } from '../desk/desk.ts';

/** Names matters in the language of the screen; the code itself for one that this phone does not have. */
export function useMatterName(): (code: string | null) => string {
  const words = useWords().officer;
  const matters = useDesk((desk) => desk.matters);
  const language = usePreferences((state) => state.language);
  return (code) => {
    if (code === null) return words.matterNone;
    const matter = matters.find((one) => one.code === code);
    if (!matter) return code;
    return language === 'en' ? matter.nameEn : matter.nameZh;
  };
}
