import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../kit/database.ts';
import { cellCentre } from '../../kit/ground.ts';
import { room, type Room } from './scene-kit.ts';

describe.each(engines().slice(-1))('clocks that ring [%s]', (engine) => {
  let here: Room;
  beforeAll(async () => {
    here = await room(engine);
  });
  afterAll(() => here.town.close());

  const shares = async (incidentId: number) => {
    const { timeline } = await here.dispatcher.ok('readIncident', { params: { incidentId } });
    return timeline.flatMap(({ type, data }) => (type === 'incident.escalated' ? [data.share] : []));
  };

  test('a deadline tells of half, four fifths and all of its time, each once, and then calls', async () => {
    const incidentId = await here.incident(0, 0); // two running hours
    await here.town.advance(59 * 60_000, 60_000);
    expect(await shares(incidentId)).toEqual([]);
    await here.town.advance(2 * 60_000, 20_000);
    expect(await shares(incidentId)).toEqual([0.5]);
    await here.town.advance(60 * 60_000, 60_000);
    expect(await shares(incidentId)).toEqual([0.5, 0.8, 1]);
    expect(await here.alarms()).toEqual(['deadline_breached']);
  });

  test('after a long stop the highest share is told, once', async () => {
    const incidentId = await here.incident(1, 1);
    await here.town.advance(3 * 3_600_000, 3 * 3_600_000);
    await here.town.advance(30_000, 10_000);
    expect(await shares(incidentId)).toEqual([1]);
  });

  test('a hold rests the clock and ends by itself; then the search goes on', async () => {
    const { incident } = await here.dispatcher.ok('createIncident', {
      body: { matterCode: 'CY-01', point: cellCentre(2, 2), crs: 'wgs84' },
    });
    const params = { incidentId: incident.id };
    await here.dispatcher.ok('dispatchIncident', { params });
    await here.dispatcher.ok('holdIncident', {
      params,
      body: { minutes: 180, reason: 'waits for the court' },
    });
    await here.town.advance(179 * 60_000, 600_000);
    expect(await shares(incident.id)).toEqual([]);
    const crew = await here.team('N1', 2, 2);
    await here.freshen();
    await here.town.advance(61_000, 30_000);
    await here.freshen();
    await here.town.advance(2_000);
    const after = await here.dispatcher.ok('readIncident', { params });
    expect(after.incident).toMatchObject({ holdUntil: null, teamId: crew.teamId });
    expect(after.timeline.map(({ type }) => type)).toContain('incident.resumed');
  });
});
