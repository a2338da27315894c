import type { EditionId, TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { Studio } from '../../../shared/contract/studio.ts';
import { defaultPolicy } from '../../../shared/rules/dispatch/policy.ts';
import { villageOf } from '../../../shared/rules/cells/codes.ts';
import { groundOf, type Ground } from '../../../client/studio/core/ground.ts';
import { squareTown } from '../../rules/zones/square-town.ts';

/** The server's one read for a town of equal squares: one team at the first cell, one incident a week and cell. */
export function squareStudio(columns: number, rows: number): Studio {
  const { cells, coverage } = squareTown(columns, rows);
  const villages = [...new Set(cells.map((cell) => villageOf(cell.code15)))];
  return {
    town: { name: 'squares', code: '330205103' },
    coverageId: 1,
    runningEditionId: 1 as EditionId,
    outline: coverage.outline.map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
    centralMeridian: 120,
    issuedCodes: [...coverage.issuedCodes],
    cells: cells.map((cell) => ({
      id: cell.id,
      code: cell.code15,
      kind: cell.kind,
      rings: cell.rings.map((ring) => ring.map(([x, y]): [number, number] => [x, y])),
      supersedes: [],
      population: 100,
      incidents: 1,
      workloadHours: 2,
    })),
    barriers: [],
    villages: villages.map((code, i) => ({ code, name: `村${i + 1}` })),
    zones: [1, 2].map((number) => ({
      id: number as ZoneId,
      number,
      name: `第${number}片区`,
      code14: `33020510360${number}00`,
    })),
    teams: [
      {
        id: 1 as TeamId,
        code: 'T1',
        name: 'T1',
        inService: true,
        home: [121.405, 30.005],
        homeCellId: cells[0]!.id,
      },
    ],
    statistics: {
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-03-26T00:00:00.000Z',
      incidents: 100,
      driveSeconds: 300,
      onSceneSeconds: 1200,
      callTakingSeconds: 60,
      hours: 84 * 24,
      teamsOnDuty: 1,
      shifts: [],
      measured: true,
    },
    closures: [],
    settings: {
      tolerance: 0.05,
      leastCompactness: 0.25,
      minimumSharedMetres: 5,
      leadSeconds: 900,
      replayMaximumMedianError: 0.1,
      statisticsDays: 90,
      targetSeconds: [600, 1200, 1800, 3600],
    },
    policy: defaultPolicy,
  };
}

export const squareGround = (columns: number, rows: number): Ground =>
  groundOf(squareStudio(columns, rows), null);
