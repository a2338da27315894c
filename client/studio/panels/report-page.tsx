import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { filterWords, isWhole } from '../../../shared/rules/replay/chosen.ts';
import { call } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { CalibrationView, ReportView } from './report-view.tsx';
import classes from './report-page.module.css';
import { useReportTitle } from './report-title.ts';

/** One stored report as a page of its own, made to be read by the approver and to be printed. */
export function ReportPage() {
  const words = useWords().studio.report;
  const language = usePreferences((state) => state.language);
  const replayId = Number(new URLSearchParams(location.search).get('replay'));
  const replay = useQuery({
    queryKey: ['replay', replayId],
    queryFn: () => call('readReplay', { params: { replayId } }),
  });
  const report = replay.data?.report;
  // zones are called by their numbers, which stand with the edition that was in force
  const before = useQuery({
    queryKey: ['edition', report?.before.editionId],
    enabled: report !== undefined && report !== null,
    queryFn: () => call('readEdition', { params: { editionId: report!.before.editionId } }),
  });
  const titleOf = useReportTitle();
  if (!report)
    return (
      <main className={classes['page']}>
        <p aria-live="polite">{replay.isError || replay.data ? words.noReport : words.reading}</p>
      </main>
    );
  const numbers = new Map((before.data?.zones ?? []).map(({ id, number }) => [id, String(number)]));
  const numberOf = (zoneId: ZoneId): string => numbers.get(zoneId) ?? '—';
  const title = titleOf({
    title: report.title,
    errorOverridden: report.overridden === null ? null : report.calibration.medianRelativeError,
  });
  const day = (at: string): string => formatInstant(Date.parse(at)).slice(0, 16);
  return (
    <main className={classes['page']}>
      <h1>{title}</h1>
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
      {report.overridden !== null && (
        <p className={classes['warning']}>{words.overridden({ reason: report.overridden })}</p>
      )}
      {!isWhole(report.filter) && <p>{words.filtered(filterWords(report.filter))}</p>}
      <p>{report.rostered ? words.rostered : words.unrostered}</p>
      <p>{words.held({ closures: report.closures, calendars: report.calendarEditions.length })}</p>
      <CalibrationView calibration={report.calibration} compared numberOf={numberOf} />
      <ReportView figures={report} />
      <h2>{words.map}</h2>
      <figure className={classes['figure']}>
        <img src={`/replays/${report.replayId}.svg`} alt={words.mapHow} />
        <figcaption>{words.mapHow}</figcaption>
      </figure>
      <h2>{words.coverage}</h2>
      <figure className={classes['figure']}>
        <img src={`/replays/${report.replayId}.svg?map=coverage`} alt={words.coverageHow} />
        <figcaption>{words.coverageHow}</figcaption>
      </figure>
      <p className={classes['small']}>{words.limits}</p>
      <p className={classes['small']}>
        {words.stamp({
          content: report.after.contentHash.slice(0, 12),
          policy: report.policyHash.slice(0, 12),
          core: report.coreVersion,
          seed: report.seed,
        })}
      </p>
    </main>
  );
}
