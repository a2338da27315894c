import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../server/replay.ts';

const top = join(import.meta.dirname, '../../..');
const oracle = join(top, 'data/acceptance/dispatch-oracle');
const given = (changes: Record<string, string> = {}) => {
  const options = {
    cells: join(oracle, 'grids.geojson'),
    teams: join(oracle, 'teams.csv'),
    incidents: join(oracle, 'incidents.csv'),
    policy: 'nearest',
    ...changes,
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
};
const command = (args: string[]) =>
  spawnSync(join(top, 'node_modules/.bin/tsx'), ['server/replay.ts', ...args], {
    cwd: top,
    encoding: 'utf8',
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('prints one line of JSON with the agreed keys, and the file of incidents', () => {
  const out = join(folder, 'out.csv');
  const { stdout, stderr, status } = command(given({ policy: 'zonelocked', out }));
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout.split('\n')).toHaveLength(2);
  expect(Object.keys(JSON.parse(stdout) as object)).toEqual(
    'policy incidents meanResponseS medianS p90S maxS within600 queued bumped crossZone eventLogSha256'.split(
      ' ',
    ),
  );
  expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(oracle, 'expected_zonelocked.csv'), 'utf8'));
});

test('the same input gives the same event log, another policy another one', () => {
  const hash = (policy: string) =>
    (JSON.parse(run(given({ policy }))) as { eventLogSha256: string }).eventLogSha256;
  expect(hash('nearest')).toMatch(/^[0-9a-f]{64}$/);
  expect(hash('nearest')).toBe(hash('nearest'));
  expect(hash('preempt')).not.toBe(hash('nearest'));
});

describe('bad input', () => {
  const teams = 'team,zone,lon,lat\n1,1,121.4,29.9\n';
  const incidents = 'id,t,grid,zone,lon,lat,priority,onScene\n1,5,1,7,121.4,29.9,1,60\n';
  const cases: [string, () => Record<string, string>, string[]][] = [
    ['an unknown policy', () => ({ policy: 'fastest' }), ['--policy', 'fastest', 'zonelocked']],
    ['a missing file', () => ({ teams: join(folder, 'absent.csv') }), ['absent.csv']],
    ['an unknown option', () => ({ speed: '9' }), ['--speed']],
    [
      'a latitude beyond the pole',
      () => ({ teams: written('t.csv', teams.replace('29.9', '299')) }),
      ['row 2', '"lat"', '299', 'from -90 to 90'],
    ],
    [
      'a team twice',
      () => ({ teams: written('t.csv', `${teams}1,1,121.4,29.9\n`) }),
      ['row 3', '"team"', 'of its own'],
    ],
    ['a missing column', () => ({ teams: written('t.csv', 'team,zone\n1,1\n') }), ['"lon", "lat"']],
    ['no rows', () => ({ incidents: written('i.csv', incidents.split('\n')[0]!) }), ['no rows']],
    [
      'an unknown cell',
      () => ({ incidents: written('i.csv', incidents.replace('5,1,7', '5,999,7')) }),
      ['row 2', '"grid"', '999', 'cells file'],
    ],
    [
      'an empty field',
      () => ({ incidents: written('i.csv', incidents.replace(',60', ',')) }),
      ['row 2', '"onScene"'],
    ],
    ['cells that are not JSON', () => ({ cells: written('c.json', 'grid') }), ['not JSON', 'GeoJSON']],
    [
      'a cell without a zone',
      () => ({ cells: written('c.json', '{"features":[{"properties":{"grid":1}}]}') }),
      ['feature 1', '"zone"'],
    ],
    [
      'a zone without a team',
      () => ({ policy: 'zonelocked', teams: written('t.csv', teams) }),
      ['zonelocked', 'never served'],
    ],
  ];
  test.each(cases)('%s is named, with a remedy', (_, changes, parts) => {
    const message = (() => {
      try {
        return run(given(changes()));
      } catch (error) {
        return (error as Error).message;
      }
    })();
    for (const part of parts) expect(message).toContain(part);
  });

  test('ends with 2, one message on stderr, nothing on stdout', () => {
    const { stdout, stderr, status } = command(['--policy', 'nearest']);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain('--cells is missing');
  });
});
