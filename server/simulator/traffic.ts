import { generateIncidents } from '../town/incidents.ts';
import { reportIncidents, type ReportDraft } from '../town/reports.ts';
import type { Town } from '../town/town.ts';
import { CallRefused, type Client } from './client.ts';

const day = 86_400_000;

/**
 * The town's reports as they come in: by the intensity model, defects included, each sent once by its key. The hours of
 * the model pass `speed` times as fast as those of the clock.
 */
export class Traffic {
  private readonly waiting: ReportDraft[] = [];
  private drawnTo: number;
  private seed: number;
  private readonly perDay: number;
  private readonly begunAt: number;
  private readonly speed: number;
  private readonly town: Town;
  private readonly client: Client;

  constructor(
    client: Client,
    town: Town,
    options: { seed: number; perDay: number; at: number; speed: number },
  ) {
    this.client = client;
    this.town = town;
    this.seed = options.seed;
    this.perDay = options.perDay;
    this.drawnTo = options.at;
    this.begunAt = options.at;
    this.speed = options.speed;
  }

  /** Draws the reports of two more days, each stretch by a seed of its own. */
  private draw(): void {
    const { town, seed, perDay, drawnTo: from } = this;
    const to = from + 2 * day;
    const incidents = generateIncidents({ town, seed, from, to, perDay });
    const { reports } = reportIncidents(town, seed, incidents);
    // two stretches share a day, and with it the names of its incidents
    const own = reports.map((report) => ({ ...report, externalId: `${seed}-${report.externalId}` }));
    this.waiting.push(...own.filter(({ at }) => at > from));
    this.drawnTo = to;
    this.seed += 1;
  }

  async act(now: number): Promise<void> {
    const at = this.begunAt + (now - this.begunAt) * this.speed;
    while (at >= this.drawnTo) this.draw();
    while (this.waiting[0] && this.waiting[0].at <= at) {
      const report = this.waiting.shift()!;
      await this.send(report).catch((error: unknown) => {
        // swapped axes and the like are refused at the edge, as they should be
        if (!(error instanceof CallRefused)) throw error;
      });
    }
  }

  private async send(report: ReportDraft): Promise<void> {
    await this.client.call('createIncident', {
      body: {
        matterCode: report.matterCode,
        text: report.text,
        address: report.address ?? '',
        point: { lng: report.lng, lat: report.lat },
        crs: report.crs,
        source: report.source,
        externalId: report.externalId,
        ...(report.reporterPhone !== null && { reporterPhone: report.reporterPhone }),
        // what patrols and grid workers saw is filed at once; calls wait for a dispatcher's look
        file: report.source === 'patrol' || report.source === 'grid_worker',
      },
    });
  }
}
