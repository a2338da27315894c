import type { PushChannel, Sent } from '../../shared/contract/push.ts';
import type { Deps } from '../kernel/deps.ts';
import { systemActor, transact, type Tx } from '../kernel/transact.ts';
import { alarmView, clearAlarms, raiseAlarm } from '../dispatch/store-alarms.ts';
import { activeAssignments, findAssignment, type AssignmentRow } from '../dispatch/store.ts';
import { findIncident, findMatterVersion } from '../incidents/store.ts';
import { teamView } from '../teams/store.ts';
import type { OfferMessage } from './channel.ts';
import type { Outside } from './outside.ts';
import type { Robots } from './robots.ts';
import { readPush } from './store-settings.ts';
import { endLadder, markAlarmed, openLadders, robotsOf, subscriptionsOf, takeStep } from './store-push.ts';
import { webPushChannel } from './web-push.ts';

/** Step 1: the phones' browsers, and the groups where no browser was reached. Step 2: the groups, and the dispatcher. */
const lastStep = 2;

const isUnseen = (row: Pick<AssignmentRow, 'state' | 'seen_at'>): boolean =>
  row.state === 'offered' && row.seen_at === null;

/**
 * Offers reach the open app by the socket at once. One that nobody has seen after some seconds goes on to the next
 * channel, and then to the dispatcher; whoever sees it anywhere stops that.
 */
export class Ladder {
  readonly #outside: Outside;
  readonly #robots: Robots;
  /** Steps that this process took, and whether the groups were told. */
  readonly #taken = new Map<number, { step: number; groupsTold: boolean }>();
  readonly #sending = new Set<Promise<void>>();
  #resumed = false;

  constructor(outside: Outside, robots: Robots) {
    this.#outside = outside;
    this.#robots = robots;
  }

  async tick(): Promise<void> {
    const { deps } = this.#outside;
    const { db } = deps;
    const offers = (await activeAssignments(db)).filter(isUnseen);
    if (!this.#resumed) {
      for (const id of await openLadders(db)) this.#taken.set(id, { step: 0, groupsTold: false });
      this.#resumed = true;
    }
    const standing = new Set(offers.map(({ id }) => id));
    for (const id of this.#taken.keys()) if (!standing.has(id)) await this.#end(deps, id);
    if (offers.length === 0) return;
    const { unseenSeconds } = await readPush(db);
    for (const offer of offers) {
      const age = (deps.now() - Date.parse(offer.offered_at)) / 1000;
      const step = Math.min(lastStep, Math.floor(age / unseenSeconds));
      const before = this.#taken.get(offer.id);
      if (step < 1 || (before?.step ?? 0) >= step) continue;
      this.#taken.set(offer.id, { step, groupsTold: before?.groupsTold ?? false });
      if (!(await takeStep(db, offer.id, step))) continue;
      const work = this.#climb(offer, step).catch((error: unknown) =>
        deps.log.error({ error, assignment: offer.id }, 'an unseen offer could not be escalated'),
      );
      this.#sending.add(work);
      void work.then(() => this.#sending.delete(work));
    }
  }

  /** Waits for what is being sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#sending);
  }

  async #climb(offer: AssignmentRow, step: number): Promise<void> {
    const message = await this.#messageOf(offer);
    const reached = step === 1 && (await this.#tellPhones(offer, message));
    const state = this.#taken.get(offer.id);
    let told = state?.groupsTold ?? false;
    if (!reached && !told) {
      told = await this.#tellGroups(offer, message);
      if (state) state.groupsTold = true;
    }
    if (step >= lastStep || (!reached && !told)) await this.#tellRoom(offer);
  }

  async #messageOf(offer: AssignmentRow): Promise<OfferMessage> {
    const { db, now } = this.#outside.deps;
    const incident = await findIncident(db, offer.incident_id);
    const matter = incident?.matter_version_id
      ? await findMatterVersion(db, incident.matter_version_id)
      : undefined;
    return {
      assignmentId: offer.id,
      incidentId: offer.incident_id,
      priority: incident?.priority ?? 4,
      matter: matter?.name_zh ?? '',
      address: incident?.address ?? '',
      teamName: (await teamView(db, now(), offer.team_id)).name,
      answerBy: offer.answer_by,
    };
  }

  async #tellPhones(offer: AssignmentRow, message: OfferMessage): Promise<boolean> {
    const { db, now } = this.#outside.deps;
    const { members } = await teamView(db, now(), offer.team_id);
    const browsers = await subscriptionsOf(
      db,
      members.map(({ personId }) => personId),
    );
    const channel = webPushChannel(this.#outside);
    const sent = await Promise.all(browsers.map((browser) => channel.send(browser, message)));
    return this.#note(offer, 'web_push', sent);
  }

  async #tellGroups(offer: AssignmentRow, message: OfferMessage): Promise<boolean> {
    let told = false;
    for (const robot of await robotsOf(this.#outside.deps.db, offer.team_id))
      if (await this.#note(offer, robot.kind, [await this.#robots.send(robot, message)])) told = true;
    return told;
  }

  /** What became of a channel, as a fact without anything about its receivers; true when somebody was reached. */
  async #note(offer: AssignmentRow, channel: PushChannel, sent: readonly Sent[]): Promise<boolean> {
    if (sent.length === 0) return false;
    const of = {
      assignmentId: offer.id as never,
      incidentId: offer.incident_id as never,
      teamId: offer.team_id as never,
      channel,
    };
    const reached = sent.filter(({ accepted }) => accepted).length;
    const failure = sent.find((one) => one.failure !== null)?.failure;
    await transact(this.#outside.deps, systemActor, async (tx) => {
      const subject = `incident/${offer.incident_id}`;
      if (reached > 0) tx.announce('push.sent', subject, { ...of, receivers: reached });
      else if (failure) tx.announce('push.failed', subject, { ...of, failure });
    });
    return reached > 0;
  }

  /** The dispatcher learns that nobody has seen the offer, unless somebody has meanwhile. */
  async #tellRoom(offer: AssignmentRow): Promise<void> {
    await transact(this.#outside.deps, systemActor, async (tx) => {
      const present = await findAssignment(tx.db, offer.id);
      if (!present || !isUnseen(present) || present.moving_at !== null) return;
      const row = await raiseAlarm(tx.db, {
        kind: 'offer_unseen',
        incidentId: offer.incident_id,
        teamId: offer.team_id,
        detail: { assignmentId: offer.id },
        at: tx.at,
      });
      if (!row) return;
      await markAlarmed(tx.db, offer.id);
      tx.announce('alarm.raised', `alarm/${row.id}`, { alarm: alarmView(row) });
    });
  }

  /** The offer was seen, answered or ended: nothing more is sent, and the alarm is over. */
  async #end(deps: Deps, assignmentId: number): Promise<void> {
    await transact(deps, systemActor, async (tx: Tx) => {
      const ended = await endLadder(tx.db, assignmentId);
      const offer = ended?.alarmed ? await findAssignment(tx.db, assignmentId) : undefined;
      if (!offer) return;
      const of = { incidentId: offer.incident_id, teamId: offer.team_id };
      for (const row of await clearAlarms(tx.db, of, tx.at, ['offer_unseen']))
        tx.announce('alarm.cleared', `alarm/${row.id}`, { alarm: alarmView(row) });
    });
    this.#taken.delete(assignmentId);
  }
}
