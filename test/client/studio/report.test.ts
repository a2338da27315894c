import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ReportView } from '../../../client/studio/panels/report-view.tsx';
import { reportTitle } from '../../../client/studio/panels/report-title.ts';
import { WordsContext } from '../../../client/words/use-words.ts';
import { languages } from '../../../client/words/words.tsx';
import type { CellId, IncidentId, TeamId } from '../../../shared/contract/ids.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { matrixTravel } from '../../../shared/rules/replay/matrix-travel.ts';
import { replayReport, type ReportFigures } from '../../../shared/rules/replay/report.ts';
import { reportTable } from '../../../shared/rules/replay/report-table.ts';
import { townPoint } from '../../rules/replay/crowded-town.ts';

/** Two teams 1.5 km apart and six incidents beside the eastern one, which the plan after gives to the western. */
function figures(absentTeamId: number | null): ReportFigures {
  const points = [townPoint(0, 0), townPoint(1500, 0)];
  const hours = [1, 3, 5, 7, 9, 11];
  const model = matrixTravel(defaultPolicy, {
    points,
    seconds: [0, 200, 200, 0],
    version: 't',
    closures: [],
  });
  const plan = (editionId: number, zone: number) => ({
    editionId,
    name: `plan ${editionId}`,
    contentHash: 'h',
    zones: Int32Array.from(hours, () => zone),
    zoneIds: [[1], [2]] as never,
  });
  const outcome = replayReport(
    {
      recording: {
        callTakingMs: 0,
        incidents: hours.map((at, i) => ({
          incidentId: (i + 1) as IncidentId,
          reportedAt: at * 3_600_000,
          point: townPoint(1490, 0),
          priority: 3,
          onSceneMs: 60_000,
        })),
        teams: points.map((home, i) => ({ teamId: (i + 1) as TeamId, number: i + 1, home })),
      },
      teamCodes: ['WEST', 'EAST'],
      cellIds: hours.map((_, i) => (i + 1) as CellId),
      villages: hours.map(() => 'v'),
      villageNames: { v: 'Village' },
      recordedMs: new Float64Array(hours.length).fill(Number.NaN),
      before: plan(1, 2),
      after: plan(2, 1),
      policy: defaultPolicy,
      targetSeconds: [600, 600, 600, 600],
      limit: 0.1,
      seed: 1,
      absentTeamId,
      overridden: true,
    },
    model,
  );
  if (!outcome.ok) throw new Error('not compared');
  return outcome.figures;
}

const shown = (language: 'zh-CN' | 'en', report: ReportFigures): string =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      null,
      createElement(
        WordsContext,
        { value: languages[language] },
        createElement(ReportView, { figures: report }),
      ),
    ),
  );

test('the report names the team that is absent, on the page and in the table', () => {
  const busiest = figures(null);
  expect(shown('zh-CN', busiest)).toContain('>EAST 缺勤<');
  expect(shown('en', busiest)).toContain('>EAST absent<');
  expect(reportTable(busiest)).toMatch(/^scenario,team_absent EAST,incidents,/m);
  // control: another team was asked for
  const asked = figures(1);
  expect(shown('en', asked)).toContain('>WEST absent<');
  expect(shown('en', asked)).not.toContain('EAST absent');
  expect(reportTable(asked)).toMatch(/^scenario,team_absent WEST,incidents,/m);
});

test('a comparison made over a failed calibration carries the error in its title', () => {
  const title = 'A → B';
  for (const language of ['zh-CN', 'en'] as const) {
    const words = languages[language].studio.report;
    const overridden = reportTitle(words, { title, errorOverridden: 0.1412 });
    expect(overridden.startsWith(title)).toBe(true);
    expect(overridden).toContain('14.1 %');
    // control: one that passed keeps its own
    expect(reportTitle(words, { title, errorOverridden: null })).toBe(title);
  }
});

test('time lost against the best in hindsight has one sign', () => {
  const report = figures(null);
  const regret = report.regret.map((one) => ({ ...one, waitingSeconds: 12, awaySeconds: -9 }));
  expect(shown('en', { ...report, regret })).toMatch(/>\+0\.2<.*>−0\.[12]</);
  expect(shown('en', { ...report, regret })).not.toContain('+-');
});
