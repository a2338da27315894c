import { io } from 'socket.io-client';
import { loadServer } from '../test/load/server-process.ts';
import type { BareAnswer, BareQuestion } from './bare.ts';
import { startChild } from './child.ts';
import { done } from './client.ts';
import { layCrowd, spots } from './crowd.ts';
import { missing, postgresTown } from './database.ts';
import type { OfficersAnswer, OfficersQuestion } from './officers.ts';
import { emit, quantile, scaled } from './rows.ts';

/**
 * From the moment a dispatcher sends a team to the moment the phone of a member hands the offer over, with 1,000 officers
 * on line at 1 Hz beside: the choice is judged, the slot claimed and the offer committed in between. Floor: a bare
 * Socket.IO server that passes the same message on.
 */
const why = missing();
const names = { p50: 'offer on the phone, p50', p99: 'offer on the phone, p99' };

if (why) {
  for (const name of Object.values(names)) emit({ name, ours: null, unit: 'ms', note: `not run: ${why}` });
} else {
  const teams = scaled(250, 25);
  const town = await postgresTown();
  const crowd = await layCrowd(town.db, { teams, each: 4, signedIn: true });
  const places = await spots(town.db);
  const { rows: leaders } = await town.db.raw(
    `select team_id, person_id from duty where team_id = any (?) and post = 'leader'`,
    [[...crowd.teamIds]],
  );
  const server = await loadServer();
  const officers = startChild<OfficersQuestion, OfficersAnswer>('officers');
  const bare = startChild<BareQuestion, BareAnswer>('bare');
  try {
    const address = await server.start(town.place);
    const [room] = crowd.room;
    await officers.ask({ kind: 'begin', address, tokens: crowd.tokens, places: crowd.places, hertz: 1 });
    const { address: bareAddress } = await bare.ask({ kind: 'emit' });
    const [sender, receiver] = [0, 1].map(() =>
      io(bareAddress, { transports: ['websocket'], forceNew: true }),
    );
    let heard: () => void = () => undefined;
    receiver!.on('event', () => heard());
    await Promise.all(
      [sender!, receiver!].map(
        (s) => new Promise<void>((r) => (s.connected ? r() : s.once('connect', () => r()))),
      ),
    );
    const ours: number[] = [];
    const floor: number[] = [];
    for (const [i, { team_id: teamId, person_id: personId }] of (
      leaders as { team_id: number; person_id: number }[]
    ).entries()) {
      const token = crowd.tokens[crowd.officerIds.indexOf(personId)]!;
      const phone = io(address, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { authorization: `Bearer ${token}` },
        auth: { since: null, client: 'bench' },
      });
      await new Promise<void>((resolve) => phone.once('hello', () => resolve()));
      const body = {
        matterCode: 'CY-01',
        text: `offer ${i}`,
        point: places[i % places.length],
        crs: 'wgs84',
      };
      const { incident } = await done<{ incident: { id: number } }>(
        address,
        room!,
        'POST',
        '/incidents',
        body,
      );
      const offered = new Promise<void>((resolve) =>
        phone.on('event', ({ type }: { type: string }) => {
          if (type === 'assignment.offered') resolve();
        }),
      );
      const before = performance.now();
      const sent = done(address, room!, 'POST', `/incidents/${incident.id}/assignments`, {
        teamId,
        override: 'order',
        text: 'bench',
      });
      await offered;
      ours.push(performance.now() - before);
      await sent;
      phone.disconnect();
      const emitted = performance.now();
      await new Promise<void>((resolve) => {
        heard = resolve;
        sender!.emit('report', { text: 'x'.repeat(1500) });
      });
      floor.push(performance.now() - emitted);
    }
    const { sent, taken } = await officers.ask({ kind: 'stop' });
    const note = `${ours.length} offers; ${taken} of ${sent} fixes taken meanwhile; the decision and its commit are in ours, not in the floor`;
    for (const [key, q, than] of [
      ['p50', 0.5, 50],
      ['p99', 0.99, 150],
    ] as const)
      emit({
        name: names[key],
        ours: quantile(ours, q),
        unit: 'ms',
        floor: quantile(floor, q),
        goal: { of: 'ours', is: 'below', than },
        note,
      });
    for (const socket of [sender!, receiver!]) socket.disconnect();
  } finally {
    officers.end();
    bare.end();
    await server.stop();
    await town.close();
  }
}
process.exit(0);
