import type { Content, TableCell } from 'pdfmake';
import type { Figures, ReplayReport, ReplaySide } from '../../shared/contract/replays.ts';
import { makePdf, mm, type PdfDefinition } from '../kernel/pdf.ts';
import { filterWords, isWhole } from '../../shared/rules/replay/chosen.ts';
import { coverageDrawing, gainsDrawing, teamsDrawing } from './report-drawings.ts';
import { reportWords as english } from '../../client/words/en-report.ts';
import { reportWords as chinese, type ReportWords } from '../../client/words/zh-CN-report.ts';

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
function signed(seconds: number): string {
  const size = minutes(Math.abs(seconds));
  return Number(size) === 0 ? size : `${seconds > 0 ? '+' : '−'}${size}`;
}
const hundredths = (share: number): string => (100 * share).toFixed(0);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
/** Local time of China, which has one. */
const clock = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const languages = { 'zh-CN': chinese, en: english } as const;

const width = mm(174);

/** A stored report as a document to read, to file and to print; `zones` and `cells` are the outlines of the new plan, rings in degrees. */
export function reportPdf(
  report: ReplayReport,
  zones: Parameters<typeof gainsDrawing>[1],
  cells: Parameters<typeof coverageDrawing>[1],
  language: keyof typeof languages,
): Promise<Buffer> {
  const words = languages[language];
  const { before, after, calibration, difference } = report;
  const spread = { low: signed(difference.low), high: signed(difference.high) };
  const worst = report.worstVillages.flatMap((code) => report.villages.filter((one) => one.code === code));
  const title =
    report.overridden === null
      ? report.title
      : words.titleWithError({ title: report.title, error: percent(calibration.medianRelativeError) });
  const definition: PdfDefinition = {
    pageMargins: [mm(18), mm(16), mm(18), mm(16)],
    info: { title, author: words.author },
    defaultStyle: { font: 'Song', fontSize: 9.5, lineHeight: 1.25 },
    styles: { h2: { fontSize: 12, bold: true, margin: [0, 10, 0, 4] } },
    content: [
      { text: title, fontSize: 16, bold: true, margin: [0, 0, 0, 4] },
      words.about({
        from: clock(report.from),
        to: clock(report.to),
        incidents: report.incidents,
        before: before.name,
        after: after.name,
        at: clock(report.madeAt),
      }),
      ...(report.overridden === null
        ? []
        : [{ text: words.overridden({ reason: report.overridden }), bold: true, color: '#a32a12' }]),
      heading(words.result),
      {
        bold: true,
        fontSize: 11,
        text: difference.shown
          ? words.difference({ mean: signed(difference.meanSeconds), ...spread })
          : words.noDifference(spread),
      },
      words.gains(report),
      ...(isWhole(report.filter) ? [] : [words.filtered(filterWords(report.filter))]),
      report.rostered ? words.rostered : words.unrostered,
      words.held({ closures: report.closures, calendars: report.calendarEditions.length }),
      heading(words.calibration),
      calibration.compared === 0
        ? words.nothingCompared
        : [
            calibration.passed ? words.calibrated : words.comparedAnyway,
            words.error({
              compared: calibration.compared,
              error: percent(calibration.medianRelativeError),
              limit: percent(calibration.limit),
              recorded: minutes(calibration.meanRecordedSeconds),
              replayed: minutes(calibration.meanReplayedSeconds),
            }),
          ].join('\n'),
      heading(words.response),
      responseTable(report, words),
      heading(words.work),
      table(
        [words.figure, words.before, words.after],
        [
          [words.variation, percent(before.workloadVariation), percent(after.workloadVariation)],
          [words.cross, percent(before.crossZoneShare), percent(after.crossZoneShare)],
          [words.overtime, overtimeOf(before), overtimeOf(after)],
          [words.queued, before.queued, after.queued],
          [words.bumped, before.bumped, after.bumped],
          [words.allBusy, percent(before.allBusyShare), percent(after.allBusyShare)],
          [words.unserved, before.unserved, after.unserved],
        ],
      ),
      { unbreakable: true, stack: [heading(words.teamBars), { svg: teamsDrawing(report, width) }] },
      { unbreakable: true, stack: [heading(words.regret), regretTable(report, words)] },
      {
        unbreakable: true,
        stack: [
          heading(words.map),
          { text: words.mapHow, fontSize: 8, margin: [0, 0, 0, 4] },
          ...(zones.length > 0
            ? [
                {
                  svg: gainsDrawing(report, zones, { width: mm(150), height: mm(105) }),
                  alignment: 'center' as const,
                },
              ]
            : []),
        ],
      },
      {
        unbreakable: true,
        stack: [
          heading(words.coverage),
          { text: words.coverageHow, fontSize: 8, margin: [0, 0, 0, 4] },
          ...(cells.length > 0
            ? [
                {
                  svg: coverageDrawing(report, cells, { width, height: mm(80) }),
                  alignment: 'center' as const,
                },
              ]
            : []),
        ],
      },
      coverageTable(report, words),
      {
        unbreakable: true,
        stack: [heading(words.worst), worst.length === 0 ? words.noWorse : villageTable(worst, words)],
      },
      heading(words.allVillages),
      villageTable(report.villages, words),
      { text: words.limits, fontSize: 8, margin: [0, 10, 0, 0] },
      {
        fontSize: 8,
        text: words.stamp({
          content: after.contentHash.slice(0, 12),
          policy: report.policyHash.slice(0, 12),
          core: report.coreVersion,
          seed: report.seed,
        }),
      },
    ],
    footer: (page, pages) => ({
      text: words.pageOf({ page, pages }),
      alignment: 'center',
      fontSize: 8,
      margin: [0, mm(4), 0, 0],
    }),
  };
  return makePdf(definition, Date.parse(report.madeAt));
}

const heading = (text: string): Content => ({ text, style: 'h2', headlineLevel: 1 });

const overtimeOf = ({ byTeam }: ReplaySide): string =>
  byTeam.reduce((sum, { overtimeHours }) => sum + overtimeHours, 0).toFixed(1);

type Row = readonly (string | number | { readonly grey: string })[];

/** Words in the first column, figures to the right of it. */
function table(heads: readonly string[], rows: readonly Row[]): Content {
  const cells = (row: Row, head: boolean): TableCell[] =>
    row.map((cell, i) => {
      const grey = typeof cell === 'object';
      return {
        text: String(grey ? cell.grey : cell),
        bold: head,
        alignment: i === 0 ? 'left' : 'right',
        ...(grey && { color: '#6a7079' }),
      };
    });
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', ...heads.slice(1).map(() => 'auto' as const)],
      body: [cells(heads, true), ...rows.map((row) => cells(row, false))],
    },
    layout: {
      hLineWidth: (i, { table: { body } }) => (i <= 1 || i === body.length ? 0.8 : 0.3),
      vLineWidth: () => 0,
      hLineColor: () => '#9aa1ab',
      paddingTop: () => 1.5,
      paddingBottom: () => 1,
    },
  };
}

function responseTable({ before, after, scenarios }: ReplayReport, words: ReportWords): Content {
  const row = (label: string, was: Figures, is: Figures): Row => [
    label,
    was.incidents,
    `${minutes(was.meanSeconds)} → ${minutes(is.meanSeconds)}`,
    `${minutes(was.p50Seconds)} → ${minutes(is.p50Seconds)}`,
    `${minutes(was.p90Seconds)} → ${minutes(is.p90Seconds)}`,
    `${hundredths(was.withinTarget)} → ${hundredths(is.withinTarget)}`,
  ];
  const codeOf = (id: number | null): string => before.byTeam.find(({ teamId }) => teamId === id)?.code ?? '';
  return table(
    [words.rowHead, words.incidents, ...words.responseHeads],
    [
      row(words.all, before.all, after.all),
      ...before.byPriority.flatMap((one, i) => {
        const other = after.byPriority[i];
        return one.incidents > 0 && other ? [row(`P${one.priority}`, one, other)] : [];
      }),
      ...scenarios.map((one) =>
        row(words.scenarios[one.name]({ team: codeOf(one.teamId) }), one.before, one.after),
      ),
    ],
  );
}

const regretTable = ({ regret }: ReplayReport, words: ReportWords): Content =>
  table(
    words.regretHeads,
    regret.map((one) => [
      words[one.side],
      minutes(one.bestMeanSeconds),
      signed(one.waitingSeconds),
      signed(one.zoneRuleSeconds),
      signed(one.awaySeconds),
    ]),
  );

const coverageTable = ({ coverage }: ReplayReport, words: ReportWords): Content =>
  table(
    [words.village, words.incidents, words.before, words.after],
    coverage.villages.map(({ name, incidents, before, after }) => [
      name,
      incidents,
      `${hundredths(before)} %`,
      `${hundredths(after)} %`,
    ]),
  );

const villageTable = (villages: ReplayReport['villages'], words: ReportWords): Content =>
  table(
    [words.village, words.incidents, words.before, words.after, words.change, words.interval],
    villages.map(({ name, incidents, beforeSeconds, afterSeconds, difference }) => [
      name,
      incidents,
      minutes(beforeSeconds),
      minutes(afterSeconds),
      difference.shown
        ? signed(difference.meanSeconds)
        : { grey: `${signed(difference.meanSeconds)} ${words.notShown}` },
      `${signed(difference.low)} … ${signed(difference.high)}`,
    ]),
  );
