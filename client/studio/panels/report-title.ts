import { useWords } from '../../words/words.tsx';
import { finePercent } from './figures.ts';

/** The title of a report; of a comparison that was made although the calibration failed it says the error. */
export function useReportTitle() {
  const words = useWords().studio.report;
  return ({
    title,
    errorOverridden,
  }: {
    readonly title: string;
    readonly errorOverridden: number | null;
  }): string =>
    errorOverridden === null ? title : words.titleWithError({ title, error: finePercent(errorOverridden) });
}
