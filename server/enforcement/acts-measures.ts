import type { Measure, MeasureKind } from '../../shared/contract/enforcement.ts';
import type { FileAct } from '../../shared/contract/file-acts.ts';
import type { StatutoryPeriod } from '../../shared/rules/deadlines/statutory.ts';
import { signersNeeded, validSigners } from '../../shared/rules/lifecycle/penalty-file-guards.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { crewAt, signersOf } from './crew.ts';
import { instantOf, noteFile, startPeriod, withOfficers, type Held } from './file-steps.ts';
import { makeExtensionNotice, makeMeasurePaper, makeReleaseDecision } from './papers-measures.ts';
import { takePartyHand } from './signing.ts';
import { endThings, insertMeasure, insertThings, measuresOf, updateMeasure } from './store-measures.ts';
import { endPeriods, periodsOf, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

const unmet = (file: FileRow, guard: string, articles?: string): Refused =>
  new Refused('guard_unmet', { fileId: file.id, state: file.state, guard, ...(articles && { articles }) });

/** Periods that run on a measure. */
const periodsOfKind: Readonly<Record<MeasureKind, readonly StatutoryPeriod[]>> = {
  preservation: ['decidePreserved'],
  seizure: ['seize', 'seizeExtended', 'approveUrgent'],
};

/** The measure of a kind that has not ended; at most one of each runs on a file. */
const openMeasure = async (tx: Pick<Tx, 'db'>, fileId: number, kind: MeasureKind) =>
  (await measuresOf(tx.db, fileId)).find((one) => one.kind === kind && one.endedAt === null);

/** Only a filed case in the ordinary procedure that is not decided takes things: on the spot there is but a warning or a fine. */
function refuseDecided(file: FileRow, event: string): void {
  if (
    file.procedure !== 'ordinary' ||
    !['opened', 'investigated', 'told', 'heard', 'legal_review'].includes(file.state)
  )
    throw new Refused('transition_illegal', { fileId: file.id, state: file.state, event });
  if (!file.progress.filedAt) throw unmet(file, 'filing_approved', '行政处罚法第五十四条第二款');
}

/** The head agrees before the measure, or within 24 hours to one that was urgent (行政处罚法 56, 行政强制法 18(1), 19). */
export async function approveMeasure(
  tx: Tx,
  { file }: Held,
  { measure, reason }: Act<'approve_measure'>,
): Promise<FileRow> {
  const open = await openMeasure(tx, file.id, measure);
  if (open?.approvedAt) throw unmet(file, 'measure_single');
  if (open) {
    await updateMeasure(tx.db, open.id, { approved_by: tx.actor.id, approved_at: new Date(tx.at) });
    await endPeriods(tx.db, file.id, tx.at, ['approveUrgent']);
  } else {
    refuseDecided(file, 'measure.approved');
    await insertMeasure(tx.db, {
      fileId: file.id,
      kind: measure,
      reason,
      approvedBy: tx.actor.id,
      approvedAt: tx.at,
      begun: {},
    });
  }
  return noteFile(tx, file, 'measure.approved', {}, measure);
}

/**
 * Things are registered and kept, or seized: by two licensed officers on the spot, for a seizure both qualified for
 * coercion (行政强制法 17③, 18(2)), with the list in the paper and the party's hand or refusal on it.
 */
export async function takeThings(tx: Tx, held: Held, act: Act<'take_things'>): Promise<FileRow> {
  const { file, incident } = held;
  refuseDecided(file, 'things.taken');
  const at = instantOf(tx, act.doneAt, file.opened_at, file.progress.filedAt);
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], at);
  if (validSigners(signersOf(crew)) < signersNeeded)
    throw unmet(file, 'officers_two', '行政处罚法第四十二条、行政强制法第十八条第（二）项');
  const seizure = act.measure === 'seizure';
  if (seizure && validSigners(signersOf(crew.filter(({ coercive }) => coercive))) < signersNeeded)
    throw unmet(file, 'officers_coercive', '行政强制法第十七条第三款');
  const open = await openMeasure(tx, file.id, act.measure);
  if (open?.beganAt) throw unmet(file, 'measure_single');
  if (!open && !(seizure && act.urgent))
    throw unmet(file, 'measure_approved', seizure ? '行政强制法第十八条第（一）项' : '行政处罚法第五十六条');
  const reason = act.reason || open?.reason || '';
  if (reason === '') throw unmet(file, 'reason_given');
  const by = crew.map(({ personId }) => personId);
  const begun = { began_at: new Date(at), taken_by: by };
  const measureId =
    open?.id ??
    (await insertMeasure(tx.db, {
      fileId: file.id,
      kind: act.measure,
      reason,
      approvedBy: null,
      approvedAt: null,
      begun,
    }));
  await updateMeasure(tx.db, measureId, { kept_at: act.keptAt, reason, ...begun });
  await insertThings(tx.db, measureId, act.things);
  await takePartyHand(tx, { subject: `measure/${measureId}`, purpose: 'things', at }, act.party);
  const end = await startPeriod(tx, file, seizure ? 'seize' : 'decidePreserved', at);
  if (!open) await startPeriod(tx, file, 'approveUrgent', at);
  const moved = await noteFile(tx, file, 'things.taken', { officers: withOfficers(file, by) }, act.measure, {
    at,
  });
  await makeMeasurePaper(tx, {
    incident,
    file: moved,
    crew,
    measure: (await openMeasure(tx, file.id, act.measure))!,
    lastDate: end.lastDate,
    urgent: !open,
    at,
  });
  return moved;
}

/** 30 days become 60 from the start, once and before they are over; the party is told at once (行政强制法 25). */
export async function extendSeizure(tx: Tx, held: Held, act: Act<'extend_seizure'>): Promise<FileRow> {
  const { file } = held;
  const open = await openMeasure(tx, file.id, 'seizure');
  if (!open?.beganAt) throw unmet(file, 'measure_running');
  const running = (await periodsOf(tx.db, file.id)).find(
    ({ period, endedAt }) => period === 'seize' && endedAt === null,
  );
  if (open.extendedAt || !running || tx.at >= Date.parse(running.endsAt))
    throw unmet(file, 'extension_single', '行政强制法第二十五条');
  await updateMeasure(tx.db, open.id, { extended_at: new Date(tx.at) });
  await endPeriods(tx.db, file.id, tx.at, ['seize']);
  const end = await startPeriod(tx, file, 'seizeExtended', Date.parse(open.beganAt));
  const moved = await noteFile(tx, file, 'seizure.extended', {}, act.reason);
  await makeExtensionNotice(tx, {
    ...held,
    file: moved,
    measure: open,
    reason: act.reason,
    lastDate: end.lastDate,
  });
  return moved;
}

/** Things go back, are seized after their registration, or follow a case that another organ has now (行政处罚法 56, 行政强制法 27, 28). */
export async function releaseThings(tx: Tx, held: Held, act: Act<'release_things'>): Promise<FileRow> {
  const { file, incident } = held;
  const open = await openMeasure(tx, file.id, act.measure);
  if (!open) throw unmet(file, 'measure_running');
  if (act.outcome === 'seized' && act.measure !== 'preservation') throw unmet(file, 'measure_running');
  const late = (await periodsOf(tx.db, file.id)).some(
    ({ period, endedAt, endsAt }) =>
      (periodsOfKind[act.measure] as readonly string[]).includes(period) &&
      (endedAt === null ? tx.at >= Date.parse(endsAt) : endedAt >= endsAt) &&
      period !== 'approveUrgent' &&
      !(period === 'seize' && open.extendedAt !== null),
  );
  await takePartyHand(tx, { subject: `measure/${open.id}`, purpose: 'release', at: tx.at }, act.party);
  await endMeasure(tx, file, open, act.outcome);
  const moved = await noteFile(tx, file, 'things.released', {}, act.outcome, { late });
  const crew = await crewAt(tx, incident.id, [tx.actor.id], tx.at, false);
  await makeReleaseDecision(tx, {
    ...held,
    file: moved,
    crew: crew.filter(({ licensed }) => licensed),
    measure: open,
    outcome: act.outcome,
    reason: act.reason,
  });
  return moved;
}

/** Ends a measure with one outcome for whatever of its things had none. */
export async function endMeasure(
  tx: Tx,
  file: Pick<FileRow, 'id'>,
  measure: Pick<Measure, 'id' | 'kind'>,
  outcome: 'returned' | 'seized' | 'transferred',
): Promise<void> {
  await endThings(tx.db, measure.id, outcome, tx.at);
  await closeMeasure(tx, file, measure);
}

async function closeMeasure(
  tx: Tx,
  file: Pick<FileRow, 'id'>,
  measure: Pick<Measure, 'id' | 'kind'>,
): Promise<void> {
  await updateMeasure(tx.db, measure.id, { ended_at: new Date(tx.at) });
  await endPeriods(tx.db, file.id, tx.at, periodsOfKind[measure.kind]);
}

/** Things that a decision confiscates leave their measure; it ends when nothing is left in it. */
export async function confiscate(
  tx: Tx,
  file: Pick<FileRow, 'id'>,
  thingIds: readonly number[],
): Promise<void> {
  for (const measure of await measuresOf(tx.db, file.id)) {
    if (measure.endedAt !== null) continue;
    await endThings(tx.db, measure.id, 'confiscated', tx.at, thingIds);
    const left = measure.things.filter(({ id, outcome }) => outcome === null && !thingIds.includes(id));
    if (left.length === 0 && measure.things.length > 0) await closeMeasure(tx, file, measure);
  }
}
