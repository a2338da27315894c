import type { FileActName } from '../../contract/file-acts.ts';
import type { RefusalCode } from '../../contract/refusals.ts';
import type { Role } from '../../contract/roles.ts';

const crew: readonly Role[] = ['officer', 'leader'];
const organ: readonly Role[] = [...crew, 'head'];
const head: readonly Role[] = ['head'];

/**
 * Who may do what to a penalty file, whatever its state. Auxiliaries serve papers and take in what a party asks for,
 * under an officer; they never decide, book money or answer the law's questions (浙江省综合行政执法条例 30).
 */
export const actRoles: Readonly<Record<FileActName, readonly Role[]>> = {
  tell: crew,
  hear: [...crew, 'legalReviewer'],
  sign: crew,
  decide: organ,
  serve: [...crew, 'auxiliary'],
  register_decision: organ,
  pay: organ,
  hand_in_cash: organ,
  bank_cash: organ,
  close: organ,
  convert: organ,
  identify: crew,
  answer: organ,
  note_public: organ,
  register: head,
  inquire: crew,
  approve_measure: head,
  take_things: crew,
  extend_seizure: head,
  release_things: organ,
  request_hearing: [...organ, 'auxiliary', 'legalReviewer'],
  announce_hearing: [...organ, 'legalReviewer'],
  hold_hearing: [...organ, 'legalReviewer'],
  request_review: [...crew, 'legalReviewer'],
  review: ['legalReviewer'],
  waive: head,
  transfer: head,
  publish: head,
  withdraw_publication: head,
  enforce: head,
  serve_demand: [...crew, 'auxiliary'],
  note_remedy: [...organ, 'legalReviewer'],
  end_remedy: [...organ, 'legalReviewer'],
  revoke: head,
};

/** `action_forbidden` when no person of this role does this to any file; the state machine says the rest. */
export const actRefusal = (role: Role, act: FileActName): RefusalCode | null =>
  actRoles[act].includes(role) ? null : 'action_forbidden';
