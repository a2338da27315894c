import type { FileAct } from '../../shared/contract/file-acts.ts';
import { actRoles } from '../../shared/rules/penalties/act-roles.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import {
  instantOf,
  noteFile,
  periodEnd,
  refuseStray,
  startPeriod,
  stepFile,
  type Held,
} from './file-steps.ts';
import { crewAt, signersOf } from './crew.ts';
import { makeHearingNotice, makeHearingRecord } from './papers-endings.ts';
import { sealOf } from './seal.ts';
import { takePartyHand } from './signing.ts';
import { endPeriods, type FileRow } from './store.ts';

type Act<N extends FileAct['act']> = Extract<FileAct, { act: N }>;

const unmet = (file: FileRow, guard: string, detail: Record<string, unknown> = {}): Refused =>
  new Refused('guard_unmet', { fileId: file.id, state: file.state, guard, ...detail });

/** Statement and defence, heard or waived (45, 62). What was said is sealed; it never raises the penalty. */
export async function hear(tx: Tx, { file, incident }: Held, act: Act<'hear'>): Promise<FileRow> {
  refuseStray(tx, file, 'statement.taken');
  const { progress } = file;
  const at = instantOf(tx, act.doneAt, file.opened_at, progress.toldAt);
  if (act.outcome === 'heard' && act.text === '') throw unmet(file, 'statement_written');
  const crew = await crewAt(tx, incident.id, [tx.actor.id, act.partnerId], at);
  // whoever may ask for a hearing has five working days to do so; only an express waiver is faster (64)
  const over = progress.hearingHeldAt !== undefined || progress.hearingEnded !== undefined;
  if (progress.hearingRight && act.outcome === 'heard' && !over && progress.toldAt) {
    const end = await periodEnd(tx, 'askHearing', Date.parse(progress.toldAt));
    if (progress.hearingRequestedAt || tx.at < end.endsAt)
      throw unmet(file, 'hearing_over', { until: new Date(end.endsAt).toISOString() });
  }
  await takePartyHand(tx, { subject: `file/${file.id}`, purpose: 'statement', at }, act.party);
  const facts = {
    signers: signersOf(crew),
    statement: act.outcome,
    hearingRequested: progress.hearingRequestedAt !== undefined,
    hearingHeld: progress.hearingHeldAt !== undefined,
    hearingEnded: progress.hearingEnded !== undefined,
    chairInvestigated: chairInvestigated(file),
  };
  const moved = await stepFile(
    tx,
    file,
    'statement.taken',
    facts,
    {
      progress: { statement: act.outcome },
      statement: act.text === '' ? null : sealOf(tx.deps).close(`statement/${file.id}`, act.text),
    },
    '',
    { at },
  );
  await endPeriods(tx.db, file.id, tx.at, ['askHearing', 'announceHearing']);
  return moved;
}

export const chairInvestigated = ({ progress, officers }: FileRow): boolean =>
  progress.hearingChairId === undefined || officers.includes(progress.hearingChairId);

/** The party asks for a hearing within five working days of being told (64(1)). */
export async function requestHearing(tx: Tx, { file }: Held, act: Act<'request_hearing'>): Promise<FileRow> {
  const { progress } = file;
  if (file.state !== 'told' || file.procedure !== 'ordinary') throw unmet(file, 'party_told');
  if (!progress.hearingRight || !progress.toldAt) throw unmet(file, 'hearing_right');
  const end = await periodEnd(tx, 'askHearing', Date.parse(progress.toldAt));
  if (tx.at >= end.endsAt) throw unmet(file, 'hearing_period', { until: new Date(end.endsAt).toISOString() });
  const change = { progress: { hearingRequestedAt: new Date(tx.at).toISOString() } };
  const moved = await noteFile(tx, file, 'hearing.requested', change, act.text);
  await endPeriods(tx.db, file.id, tx.at, ['askHearing']);
  return moved;
}

/** The party is told of the hearing seven working days ahead (64(2)); its chair is no investigator of the case (64(4)). */
export async function announceHearing(tx: Tx, held: Held, act: Act<'announce_hearing'>): Promise<FileRow> {
  const { file, incident } = held;
  if (file.state !== 'told' || !file.progress.hearingRequestedAt) throw unmet(file, 'hearing_requested');
  const [chair] = await crewAt(tx, incident.id, [act.chairId], tx.at, false);
  if (file.officers.includes(act.chairId) || chair?.recused) throw unmet(file, 'chair_independent');
  // whoever chairs it writes its record: somebody of the organ who may
  if (!chair || !actRoles.hold_hearing.includes(chair.role)) throw unmet(file, 'chair_able');
  const heldAt = Date.parse(act.heldAt);
  const ahead = await startPeriod(tx, file, 'announceHearing', tx.at);
  if (heldAt < ahead.endsAt)
    throw unmet(file, 'hearing_ahead', { earliest: new Date(ahead.endsAt).toISOString() });
  const moved = await noteFile(tx, file, 'hearing.announced', {
    progress: {
      hearingAnnouncedAt: act.heldAt,
      hearingPlace: act.place,
      hearingChairId: act.chairId,
    },
  });
  await makeHearingNotice(tx, { ...held, file: moved, heldAt, place: act.place, chair: chair.name });
  return moved;
}

/**
 * The hearing was held and its record written; from then on legal review is compulsory (58①(2)). It ends without one
 * when the party stays away (64(6)) or takes its request back; what was said stands in the record alone.
 */
export async function holdHearing(tx: Tx, held: Held, act: Act<'hold_hearing'>): Promise<FileRow> {
  const { file } = held;
  const { hearingAnnouncedAt, hearingChairId, hearingHeldAt, hearingEnded } = file.progress;
  if (file.state !== 'told' || !hearingAnnouncedAt || hearingHeldAt || hearingEnded)
    throw unmet(file, 'hearing_announced');
  if (act.outcome !== 'withdrawn' && tx.at < Date.parse(hearingAnnouncedAt))
    throw unmet(file, 'hearing_due', { at: hearingAnnouncedAt });
  if (hearingChairId !== tx.actor.id) throw unmet(file, 'chair_present');
  const ended = act.outcome === 'held' ? undefined : act.outcome;
  const moved = await noteFile(
    tx,
    file,
    'hearing.held',
    {
      progress: ended
        ? { hearingEnded: ended }
        : { hearingHeldAt: new Date(tx.at).toISOString(), reviewCompulsory: true },
    },
    act.outcome,
  );
  await makeHearingRecord(tx, { ...held, file: moved, outcome: act.outcome, record: act.record });
  await endPeriods(tx.db, file.id, tx.at, ['announceHearing']);
  return moved;
}
