import type { Recommendation } from '../../shared/contract/dispatch.ts';
import type { Tx } from '../kernel/transact.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { IncidentId } from '../../shared/contract/ids.ts';
import {
  endStates,
  findIncident,
  incidentView,
  readIncidentView,
  type IncidentRow,
} from '../incidents/store.ts';
import { clear, raise, restate } from './alerts.ts';
import { callOff } from './answers.ts';
import { start } from './assign.ts';
import { cardOf, preview, recommendFor, type Draft } from './card.ts';
import { planMatch } from './due.ts';
import { dropLoop } from './store-loops.ts';
import { policyAt } from './policies.ts';
import type { Look } from './scene.ts';
import { momentAt } from './moment.ts';
import { queueOf } from './queue.ts';
import { holdIncident } from './steps.ts';
import { subjectOf } from './subject.ts';
import { needsSeveral } from './support.ts';
import { alarmUrgent } from './urgent.ts';
import { townWide, viewFor } from './views.ts';

/** What this room does for the room of incidents; app.ts hands it over. */
export const dispatching = {
  async recommend(look: Look, incidentId: number): Promise<Recommendation | null> {
    const row = await findIncident(look.db, incidentId);
    return row && !endStates.includes(row.state) ? recommendFor(look, row) : null;
  },

  preview: (look: Look, draft: Draft): Promise<Recommendation | null> => preview(look, draft),

  /**
   * A new incident, which nobody else has seen: one look at the town serves the engine and the card, and what only an
   * older incident can have (a search, a lead) is not asked for.
   */
  async made(
    tx: Tx,
    row: IncidentRow,
  ): Promise<{ incident: IncidentView; recommendation: Recommendation | null }> {
    const moment = await momentAt(tx);
    if (row.state === 'filed' && row.priority <= 2) await alarmUrgent(tx, row);
    if (row.state === 'filed' && moment.inForce.policy.mode === 'auto') {
      await start(tx, row);
      return {
        incident: await readIncidentView(tx.db, row.id),
        recommendation: await this.recommend(tx, row.id),
      };
    }
    if (needsSeveral(row))
      return { incident: incidentView(row), recommendation: await recommendFor(tx, row) };
    const view = await viewFor(tx, await subjectOf(tx, row, moment), townWide(), [], moment);
    const card = cardOf(view, row.id as IncidentId);
    const queue = row.state === 'filed' && card.shortfall.length > 0 ? await queueOf(tx, row) : undefined;
    return { incident: incidentView(row), recommendation: { ...card, ...(queue && { queue }) } };
  },

  /**
   * An incident was filed or came back: urgent ones call, and in automatic mode a team is asked at once; true when
   * that may have changed the incident.
   */
  async filed(tx: Tx, incidentId: number): Promise<boolean> {
    const incident = await holdIncident(tx, incidentId);
    if (incident.state !== 'filed') return false;
    await dropLoop(tx.db, incidentId);
    if (incident.priority <= 2 && incident.acknowledged_at === null) await alarmUrgent(tx, incident);
    const { policy } = await policyAt(tx.db, tx.at);
    if (policy.mode !== 'auto' || incident.hold_until !== null) return false;
    await start(tx, incident);
    return true;
  },

  /** An incident was seen, or it ended: what called for it falls silent, and nobody is sent to it any more. */
  async quieted(tx: Tx, incidentId: number): Promise<void> {
    const incident = await findIncident(tx.db, incidentId);
    if (!incident) return;
    if (!endStates.includes(incident.state)) return clear(tx, { incidentId }, ['incident_urgent']);
    await callOff(tx, incidentId, incident.state === 'merged' ? 'merged' : 'cancelled');
    await dropLoop(tx.db, incidentId);
    await clear(tx, { incidentId });
  },

  /** The deadline has passed. */
  async overdue(tx: Tx, incidentId: number): Promise<void> {
    await raise(tx, { kind: 'deadline_breached', incidentId });
  },

  /** Nobody answered an appeal in time. */
  async appealed(tx: Tx, incidentId: number): Promise<void> {
    await raise(tx, { kind: 'appeal_unanswered', incidentId });
  },

  /** A period of a penalty file ran out; the alarm names it, a later one of the same incident is told in its place. */
  async periodOver(tx: Tx, incidentId: number, fileId: number, period: string): Promise<void> {
    const of = { kind: 'file_period_over', incidentId } as const;
    const detail = { fileId, period };
    if (!(await raise(tx, { ...of, detail }))) await restate(tx, { ...of, teamId: null }, detail);
  },

  /** A hold is over or the priority is another: what goes on by itself looks for a team again. */
  resumed: (tx: Tx): Promise<void> => planMatch(tx, tx.at),
};
