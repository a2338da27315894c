import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { Random } from '../town/random.ts';
import { between } from './chance.ts';
import { CallRefused, type Client } from './client.ts';

/**
 * A second dispatcher of the room, slower than the person at the console: files what waits, lets the engine send a
 * team when nobody else did, checks what was handled, and closes it. So a demo never silts up, and a person who
 * acts first always wins.
 */
export class Colleague {
  private readonly incidents = new Map<number, { incident: IncidentView; due: number }>();
  private readonly client: Client;
  private readonly random: Random;
  private readonly speed: number;

  constructor(client: Client, random: Random, speed: number) {
    this.client = client;
    this.random = random;
    this.speed = speed;
  }

  async begin(at: number): Promise<void> {
    const snapshot = await this.client.call('readSnapshot');
    for (const incident of snapshot.incidents) this.note(incident, at);
    this.client.listen((fact: LedgerEvent) => {
      const { incident } = fact.data as { incident?: IncidentView };
      if (incident) this.note(incident, Date.now());
    });
  }

  private note(incident: IncidentView, at: number): void {
    const wait = waits[incident.state];
    if (!wait) this.incidents.delete(incident.id);
    else
      this.incidents.set(incident.id, {
        incident,
        due: at + (between(this.random, wait[0], wait[1]) * 1000) / this.speed,
      });
  }

  async act(at: number): Promise<void> {
    for (const [id, { incident, due }] of this.incidents) {
      if (due > at || incident.holdUntil !== null) continue;
      this.incidents.set(id, { incident, due: at + 120_000 });
      await this.advance(incident).catch((error: unknown) => {
        if (!(error instanceof CallRefused)) throw error;
      });
    }
  }

  private async advance(incident: IncidentView): Promise<void> {
    const params = { incidentId: incident.id };
    switch (incident.state) {
      case 'reported':
        // what lies on a doubtful place is left to a person
        if (incident.matterCode && incident.doubts.length === 0)
          await this.client.call('fileIncident', { params, body: { matterCode: incident.matterCode } });
        return;
      case 'filed':
        await this.client.call('dispatchIncident', { params });
        return;
      case 'returned':
      case 'rework':
        await this.client.call('redispatchIncident', { params });
        return;
      case 'handled':
        await this.client.call('requestCheck', { params });
        return;
      case 'checking':
        await this.client.call('closeIncident', { params, body: { text: '核查通过' } });
        return;
      default:
    }
  }
}

/** Seconds that the colleague lets pass at speed 1, by state. */
const waits: Partial<Record<IncidentView['state'], readonly [number, number]>> = {
  reported: [90, 300],
  filed: [45, 90],
  returned: [60, 120],
  rework: [60, 120],
  handled: [120, 420],
  checking: [60, 240],
};
