import { describe, expect, test } from 'vitest';
import { FileActSchema, type FileActName } from '../../shared/contract/file-acts.ts';
import { roles, type Role } from '../../shared/contract/roles.ts';
import { actRefusal } from '../../shared/rules/penalties/act-roles.ts';
import { penaltyFileSteps, type PenaltyFileEvent } from '../../shared/rules/lifecycle/penalty-file.ts';

const acts = FileActSchema.options.map((option) => option.shape.act.value);

/** o officer and leader, a auxiliary, r legal reviewer, h head: who does what to a file, written down by hand. */
const matrix: Readonly<Record<FileActName, string>> = {
  tell: 'o',
  hear: 'or',
  sign: 'o',
  decide: 'oh',
  serve: 'oa',
  register_decision: 'oh',
  pay: 'oh',
  hand_in_cash: 'oh',
  bank_cash: 'oh',
  close: 'oh',
  convert: 'oh',
  identify: 'o',
  answer: 'oh',
  note_public: 'oh',
  register: 'h',
  inquire: 'o',
  approve_measure: 'h',
  take_things: 'o',
  extend_seizure: 'h',
  release_things: 'oh',
  request_hearing: 'oarh',
  announce_hearing: 'orh',
  hold_hearing: 'orh',
  request_review: 'or',
  review: 'r',
  waive: 'h',
  transfer: 'h',
  publish: 'h',
  withdraw_publication: 'h',
  enforce: 'h',
  serve_demand: 'oa',
  note_remedy: 'orh',
  end_remedy: 'orh',
  revoke: 'h',
};
const letters: Partial<Record<Role, string>> = {
  officer: 'o',
  leader: 'o',
  auxiliary: 'a',
  legalReviewer: 'r',
  head: 'h',
};

describe('who may do what to a penalty file', () => {
  test('every act and every role, cell by cell', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(acts.toSorted());
    for (const act of acts)
      for (const role of roles) {
        const letter = letters[role];
        const may = letter !== undefined && matrix[act].includes(letter);
        expect([act, role, actRefusal(role, act)]).toEqual([act, role, may ? null : 'action_forbidden']);
      }
  });

  test('auxiliaries serve papers and take in what a party asks for; they decide, book and answer nothing', () => {
    expect(acts.filter((act) => actRefusal('auxiliary', act) === null)).toEqual([
      'serve',
      'request_hearing',
      'serve_demand',
    ]);
  });

  test('the table and the state machine agree on who takes a step', () => {
    const events: Partial<Record<FileActName, PenaltyFileEvent>> = {
      tell: 'rights.told',
      hear: 'statement.taken',
      decide: 'penalty.decided',
      serve: 'decision.served',
      close: 'file.closed',
      convert: 'file.converted',
      identify: 'party.identified',
      register: 'file.registered',
      inquire: 'inquiry.completed',
      request_review: 'review.requested',
      waive: 'penalty.waived',
      transfer: 'file.transferred',
      enforce: 'enforcement.started',
      revoke: 'decision.revoked',
    };
    for (const [act, event] of Object.entries(events)) {
      const rows = penaltyFileSteps.filter((row) => row.event === event && !row.from.includes(null));
      const by = new Set(rows.flatMap((row) => row.by).filter((role) => role !== 'system'));
      const named = new Set(roles.filter((role) => actRefusal(role, act as FileActName) === null));
      expect([act, [...named].toSorted()]).toEqual([act, [...by].toSorted()]);
    }
  });
});
