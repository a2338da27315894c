import type { PenaltyFileView } from '../../shared/contract/enforcement.ts';
import type { FileAct } from '../../shared/contract/file-acts.ts';
import { actRefusal } from '../../shared/rules/penalties/act-roles.ts';
import { refuseIf } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import * as after from './acts-after.ts';
import * as decision from './acts-decision.ts';
import * as hearing from './acts-hearing.ts';
import * as inquiry from './acts-inquiry.ts';
import * as measures from './acts-measures.ts';
import { holdFile, type Held } from './file-steps.ts';
import type { FileRow } from './store.ts';
import { viewFile } from './view.ts';

/** One act on a penalty file: who may do it at all says `actRoles`, in which state the file's machine. */
export async function actOnFile(tx: Tx, fileId: number, act: FileAct): Promise<PenaltyFileView> {
  const held = await holdFile(tx, fileId);
  refuseIf(actRefusal(tx.actor.role, act.act), { fileId, act: act.act });
  return viewFile(tx, await perform(tx, held, act));
}

function perform(tx: Tx, held: Held, act: FileAct): Promise<FileRow> {
  switch (act.act) {
    case 'tell':
      return decision.tell(tx, held, act);
    case 'hear':
      return hearing.hear(tx, held, act);
    case 'sign':
      return decision.sign(tx, held, act);
    case 'decide':
      return decision.decide(tx, held, act);
    case 'serve':
      return decision.serve(tx, held, act);
    case 'register_decision':
      return after.registerDecision(tx, held);
    case 'pay':
      return after.pay(tx, held, act);
    case 'hand_in_cash':
      return after.handInCash(tx, held);
    case 'bank_cash':
      return after.bankCash(tx, held, act);
    case 'serve_demand':
      return after.serveDemand(tx, held, act);
    case 'note_remedy':
      return after.noteRemedy(tx, held, act);
    case 'end_remedy':
      return after.endRemedy(tx, held, act);
    case 'close':
      return after.close(tx, held, act);
    case 'convert':
      return inquiry.convert(tx, held, act);
    case 'identify':
      return inquiry.identify(tx, held, act);
    case 'answer':
      return inquiry.answerQuestions(tx, held, act);
    case 'note_public':
      return inquiry.notePublic(tx, held, act);
    case 'register':
      return inquiry.register(tx, held, act);
    case 'inquire':
      return inquiry.inquire(tx, held, act);
    case 'approve_measure':
      return measures.approveMeasure(tx, held, act);
    case 'take_things':
      return measures.takeThings(tx, held, act);
    case 'extend_seizure':
      return measures.extendSeizure(tx, held, act);
    case 'release_things':
      return measures.releaseThings(tx, held, act);
    case 'request_hearing':
      return hearing.requestHearing(tx, held, act);
    case 'announce_hearing':
      return hearing.announceHearing(tx, held, act);
    case 'hold_hearing':
      return hearing.holdHearing(tx, held, act);
    case 'request_review':
      return inquiry.requestReview(tx, held);
    case 'review':
      return inquiry.review(tx, held, act);
    case 'waive':
      return inquiry.waive(tx, held, act);
    case 'transfer':
      return inquiry.transferFile(tx, held, act);
    case 'publish':
      return after.publish(tx, held);
    case 'withdraw_publication':
      return after.withdrawPublication(tx, held, act);
    case 'enforce':
      return after.enforce(tx, held);
    default:
      return after.revoke(tx, held, act);
  }
}
