import { beforeEach, expect, test } from 'vitest';
import type { EditionDetail } from '../../../shared/contract/editions.ts';
import { setDesk } from '../../../client/studio/desk.ts';
import { useGains, showGains } from '../../../client/studio/gains.ts';
import { useDesign } from '../../../client/studio/jobs/design.ts';
import { useReplay } from '../../../client/studio/jobs/replay.ts';
import { squareGround } from './square-studio.ts';

const ground = squareGround(2, 2);
const detail = (id: number, name: string): EditionDetail =>
  ({ edition: { id, name }, zones: [], teams: [], cells: [] }) as unknown as EditionDetail;

beforeEach(() => {
  setDesk({ detail: detail(1, 'first'), ground });
  useReplay.setState({ figures: {} as never, calibration: {} as never, reportId: 9 });
  useDesign.setState({ points: [{} as never], chosen: 0 });
  showGains([[1, 121.4, 29.9, 300, 60]]);
});

const lying = () => ({
  figures: useReplay.getState().figures !== null,
  calibration: useReplay.getState().calibration !== null,
  report: useReplay.getState().reportId,
  dots: useGains.getState().features.features.length,
  curve: useDesign.getState().points.length,
  chosen: useDesign.getState().chosen,
});
const none = { figures: false, calibration: false, report: null, dots: 0, curve: 0, chosen: null };
const all = { figures: true, calibration: true, report: 9, dots: 1, curve: 1, chosen: 0 };

test('results of a replay and a proposal leave the table with their draft', () => {
  setDesk({ detail: detail(2, 'second') });
  expect(lying()).toEqual(none);
});

test('they stay while the same draft is read again, under another name too', () => {
  setDesk({ detail: detail(1, 'renamed') });
  expect(lying()).toEqual(all);
});

test('a proposal stays when the same cells are read again with other closures', () => {
  setDesk({ ground: { ...ground, calendars: new Map() } });
  expect(lying()).toEqual(all);
});

test('a proposal goes with the cells that it was made for', () => {
  setDesk({ ground: { ...ground, studio: { ...ground.studio, coverageId: 77 } } });
  expect(lying()).toEqual({ ...all, curve: 0, chosen: null });
});
