import { useWords, type Words } from '../../words/words.tsx';
import { finePercent } from './figures.ts';

interface Titled {
  readonly title: string;
  /** Median relative error of a calibration that failed and was overridden. */
  readonly errorOverridden: number | null;
}

/** The title of a report; of a comparison that was made although the calibration failed it says the error. */
export const reportTitle = (
  words: Pick<Words['studio']['report'], 'titleWithError'>,
  { title, errorOverridden }: Titled,
): string =>
  errorOverridden === null ? title : words.titleWithError({ title, error: finePercent(errorOverridden) });

/** `reportTitle` in the language of the screen. */
export function useReportTitle(): (report: Titled) => string {
  const words = useWords().studio.report;
  return (report) => reportTitle(words, report);
}
