import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { CalibrationView, ReportView } from './report-view.tsx';
import classes from './report-page.module.css';

/** One stored report as a page of its own, made to be read by the approver and to be printed. */
export function ReportPage() {
  const words = useWords().studio.replay;
  const language = usePreferences((state) => state.language);
  const replayId = Number(new URLSearchParams(location.search).get('replay'));
  const replay = useQuery({
    queryKey: ['replay', replayId],
    queryFn: () => call('readReplay', { params: { replayId } }),
  });
  const report = replay.data?.report;
  if (!report)
    return (
      <main className={classes['page']}>
        <p aria-live="polite">{replay.isError || replay.data ? words.noReport : words.reading}</p>
      </main>
    );
  const day = (at: string): string => formatInstant(Date.parse(at)).slice(0, 16);
  return (
    <main className={classes['page']}>
      <h1>{report.title}</h1>
      <p>
        {words.about({
          from: day(report.from),
          to: day(report.to),
          incidents: report.incidents,
          before: report.before.name,
          after: report.after.name,
          at: day(report.madeAt),
        })}
      </p>
      {report.overridden !== null && (
        <p className={classes['warning']}>{words.overridden({ reason: report.overridden })}</p>
      )}
      <CalibrationView calibration={report.calibration} />
      <ReportView figures={report} />
      <p className={classes['small']}>
        {words.stamp({
          content: report.after.contentHash.slice(0, 12),
          policy: report.policyHash.slice(0, 12),
          core: report.coreVersion,
          seed: report.seed,
        })}
      </p>
      <p className={classes['buttons']}>
        <Button
          component="a"
          variant="default"
          href={`/replays/${report.replayId}.pdf?language=${language}`}
          download
        >
          {words.pdf}
        </Button>{' '}
        <Button component="a" variant="default" href={`/replays/${report.replayId}.csv`} download>
          {words.csv}
        </Button>{' '}
        <Button variant="default" onClick={() => print()}>
          {words.print}
        </Button>
      </p>
    </main>
  );
}
