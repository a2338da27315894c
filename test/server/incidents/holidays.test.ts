import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { holidayFaults, readHolidays } from '../../../shared/rules/holidays.ts';
import { engines } from '../../kit/database.ts';
import { town, type Phone, type TestTown } from '../../kit/town.ts';
import { ground } from '../../kit/ground.ts';

/** Wednesday 30 December 2026, 10:00 in Ningbo: two working days reach into a year that nobody has published. */
const eve = Date.UTC(2026, 11, 30, 2);
const source = '国务院办公厅关于2027年部分节假日安排的通知（测试用）';

describe.each(engines())('the days of a year are published [%s]', (engine) => {
  let t: TestTown;
  let dispatcher: Phone;
  let administrator: Phone;

  beforeAll(async () => {
    t = await town(engine, eve);
    dispatcher = await t.person('dispatcher');
    administrator = await t.person('administrator');
    // 2026 is published as far as it matters here
    await t.deps.db('calendar_day').insert({ day: '2026-10-01', kind: 'holiday', name: '国庆节', source });
    await t.deps
      .db('matter_version')
      .where({ matter_code: 'CY-01' })
      .update({ clock: 'work_day', clock_amount: 2 });
    await t.deps
      .db('matter_version')
      .where({ matter_code: 'CY-17' })
      .update({ clock: 'natural_day', clock_amount: 2 });
  });
  afterAll(() => t.close());

  const file = async (matterCode: string) => {
    const point = { lng: ground.west + 0.0123401, lat: ground.south + 0.0123401 };
    return (await dispatcher.ok('createIncident', { body: { matterCode, point, crs: 'wgs84' } })).incident;
  };
  const read = async (incidentId: number) =>
    (await dispatcher.ok('readIncident', { params: { incidentId } })).incident;
  const local = (instant: string | null) =>
    new Date(Date.parse(instant!) + 8 * 3_600_000).toISOString().slice(0, 16);
  const publish = (days: { date: string; kind: 'holiday' | 'make_up_workday'; name?: string }[]) =>
    administrator.ok('publishHolidays', { params: { year: 2027 }, body: { source, days } });

  test('a provisional deadline moves when the year is published, and moves back when it is corrected', async () => {
    const counted = await file('CY-01');
    expect([local(counted.deadlineAt), counted.deadlineProvisional]).toEqual(['2027-01-01T10:00', true]);
    const natural = await file('CY-17');
    expect(natural.deadlineProvisional, 'control: no calendar in it').toBeUndefined();
    const holiday = ['01', '02', '03'].map((day) => ({ date: `2027-01-${day}`, kind: 'holiday' as const }));
    expect(await publish(holiday)).toMatchObject({ counted: 1, moved: 1 });
    const now = await read(counted.id);
    expect([local(now.deadlineAt), now.deadlineProvisional]).toEqual(['2027-01-04T10:00', undefined]);
    expect((await read(natural.id)).deadlineAt).toBe(natural.deadlineAt);
    const { timeline } = await dispatcher.ok('readIncident', { params: { incidentId: counted.id } });
    expect(timeline.find(({ type }) => type === 'deadline.recounted')?.data).toMatchObject({
      wasAt: counted.deadlineAt,
      reason: source,
    });
    expect(await publish(holiday), 'the same again').toMatchObject({ counted: 1, moved: 0 });
    const corrected = [
      { date: '2027-01-01', kind: 'holiday' },
      { date: '2027-01-02', kind: 'make_up_workday' },
    ] as const;
    await publish([...corrected]);
    expect(local((await read(counted.id)).deadlineAt)).toBe('2027-01-02T10:00');
    const { years } = await dispatcher.ok('listHolidays');
    expect(years.map(({ year, days }) => [year, days.length])).toEqual([
      [2027, 2],
      [2026, 1],
    ]);
  });

  test('rows that are wrong are named one by one and nothing is published', async () => {
    const refused = await administrator.call('publishHolidays', {
      params: { year: 2027 },
      body: {
        source,
        days: [
          { date: '2027-05-01', kind: 'holiday' },
          { date: '2028-05-01', kind: 'holiday' },
        ],
      },
    });
    expect([refused.status, refused.problem.code, refused.problem.errors]).toEqual([
      422,
      'holidays_invalid',
      [{ path: 'body.days.1', message: 'year_other' }],
    ]);
    const { years } = await dispatcher.ok('listHolidays');
    expect(years.find(({ year }) => year === 2027)?.days.map(({ date }) => date)).not.toContain('2027-05-01');
  });
});

test('a list is read line by line, with what is wrong in each', () => {
  const text = [
    'date,kind,name',
    '2027-01-01,放假,元旦',
    '2027-01-04,上班',
    '2027-13-01,放假',
    '',
    '2027-02-06\tholiday\t春节',
    '2027-02-06,休,春节',
    '2026-12-31,放假',
    '2027-02-07,开会',
    '2027-02-08',
  ].join('\n');
  expect(readHolidays(text, 2027)).toEqual({
    days: expect.arrayContaining([{ date: '2027-02-06', kind: 'holiday', name: '春节' }]),
    faults: [
      { row: 3, fault: 'weekday_wrong' },
      { row: 4, fault: 'date_invalid' },
      { row: 7, fault: 'date_repeated' },
      { row: 8, fault: 'year_other' },
      { row: 9, fault: 'kind_unknown' },
      { row: 10, fault: 'columns_few' },
    ],
  });
  expect(holidayFaults(2027, [{ date: '2027-01-03', kind: 'make_up_workday', name: '' }])).toEqual([]);
});
