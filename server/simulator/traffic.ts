import { generateIncidents } from '../town/incidents.ts';
import { reportIncidents, type ReportDraft } from '../town/reports.ts';
import type { Town } from '../town/town.ts';
import { CallRefused, type Client } from './client.ts';

const day = 86_400_000;

/** The town's reports as they come in: by the intensity model, defects included, each sent once by its key. */
export class Traffic {
  private readonly waiting: ReportDraft[];
  private readonly client: Client;

  constructor(client: Client, town: Town, options: { seed: number; perDay: number; at: number }) {
    this.client = client;
    const { seed, perDay, at } = options;
    const incidents = generateIncidents({ town, seed, from: at, to: at + 2 * day, perDay });
    this.waiting = reportIncidents(town, seed, incidents).reports.filter((report) => report.at > at);
  }

  async act(at: number): Promise<void> {
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
