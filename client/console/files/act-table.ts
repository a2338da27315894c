import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import type { EvidenceKind } from '../../../shared/contract/evidence.ts';
import type { FileAct, FileActName } from '../../../shared/contract/file-acts.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { actRoles } from '../../../shared/rules/penalties/act-roles.ts';
import type { Words } from '../../words/words.tsx';
import { owedYuan } from './possible.ts';

/** Kinds of field that the form of an act knows. */
export type FieldKind =
  | 'line'
  | 'long'
  | 'check'
  | 'choice'
  | 'yuan'
  | 'instant'
  | 'person'
  | 'partner'
  | 'investigator'
  | 'proposal'
  | 'party'
  | 'circumstances'
  | 'evidence'
  | 'things'
  | 'hand';

/** What has been filled in so far, by name of the field. */
export type Values = Readonly<Record<string, unknown>>;

export interface Field<Name extends string = string> {
  readonly name: Name;
  readonly kind: FieldKind;
  readonly needed?: boolean;
  /** Values of a choice; their labels stand in words under the value, or under `labels`. */
  readonly options?: readonly string[];
  readonly labels?: Readonly<Record<string, keyof Words['files']['options']>>;
  /** People of these roles alone. */
  readonly roles?: readonly Role[];
  /** Evidence of this kind alone. */
  readonly only?: EvidenceKind;
  /** Asked only then. */
  readonly when?: (values: Values, file: PenaltyFileView) => boolean;
  /** What stands in the field at first. */
  readonly start?: (file: PenaltyFileView) => unknown;
}

type NameOf<N extends FileActName> = Exclude<keyof Extract<FileAct, { act: N }>, 'act'> & string;

const partner = { name: 'partnerId', kind: 'partner', needed: true } as const;
const mayPartner = { name: 'partnerId', kind: 'partner' } as const;
const ordinary = (_: Values, file: PenaltyFileView) => file.procedure === 'ordinary';
const byHand = ({ mode }: Values) => mode === 'handed' || mode === 'left';
const remedy = { name: 'remedy', kind: 'choice', options: ['review', 'lawsuit'], needed: true } as const;
const measure = {
  name: 'measure',
  kind: 'choice',
  options: ['preservation', 'seizure'],
  needed: true,
} as const;
const isSeizure = (values: Values) => values['measure'] === 'seizure';
const told = (file: PenaltyFileView) => file.proposal ?? undefined;

/** Every act on a file with the fields of its form: one form draws them all. */
export const actFields: { readonly [N in FileActName]: readonly Field<NameOf<N>>[] } = {
  tell: [
    partner,
    { name: 'licenceShown', kind: 'check' },
    { name: 'rightsTold', kind: 'check' },
    { name: 'proposal', kind: 'proposal', needed: true, start: told },
    { name: 'hearingRight', kind: 'check', when: ordinary },
  ],
  hear: [
    mayPartner,
    { name: 'outcome', kind: 'choice', options: ['heard', 'waived'], needed: true },
    { name: 'text', kind: 'long', needed: true, when: ({ outcome }) => outcome === 'heard' },
    { name: 'party', kind: 'hand' },
  ],
  sign: [],
  decide: [
    { name: 'proposal', kind: 'proposal', needed: true, start: told },
    { name: 'text', kind: 'long', needed: true },
    { name: 'evidenceIds', kind: 'evidence', needed: true, when: ordinary },
    {
      name: 'discussion',
      kind: 'long',
      needed: true,
      when: (_, file) =>
        file.progress.complex === true || file.progress.heavy === true || file.circumstances.grave,
    },
  ],
  serve: [
    mayPartner,
    {
      name: 'mode',
      kind: 'choice',
      options: ['handed', 'posted', 'left', 'mail', 'electronic', 'announcement'],
      needed: true,
      start: () => 'handed',
    },
    {
      name: 'consentEvidenceId',
      kind: 'evidence',
      only: 'documentary',
      needed: true,
      when: ({ mode }) => mode === 'electronic',
    },
    { name: 'doneAt', kind: 'instant', needed: true, when: ({ mode }) => mode === 'announcement' },
    { name: 'party', kind: 'hand', when: byHand },
  ],
  register_decision: [],
  pay: [
    {
      name: 'channel',
      kind: 'choice',
      options: ['bank', 'electronic', 'cash_on_spot'],
      labels: { electronic: 'electronic_pay' },
      needed: true,
      start: () => 'bank',
    },
    { name: 'amountYuan', kind: 'yuan', needed: true, start: owedYuan },
    { name: 'receiptNumber', kind: 'line', needed: true },
    {
      name: 'cashGround',
      kind: 'choice',
      options: ['small', 'hard_to_collect', 'remote_requested'],
      needed: true,
      when: ({ channel }) => channel === 'cash_on_spot',
    },
  ],
  hand_in_cash: [],
  bank_cash: [{ name: 'slip', kind: 'line', needed: true }],
  close: [{ name: 'enforced', kind: 'check', when: (_, file) => file.state === 'enforcing' }],
  convert: [{ name: 'reason', kind: 'long', needed: true }, mayPartner],
  identify: [
    mayPartner,
    { name: 'party', kind: 'party', needed: true },
    { name: 'circumstances', kind: 'circumstances', needed: true },
    { name: 'proposal', kind: 'proposal' },
  ],
  answer: [{ name: 'circumstances', kind: 'circumstances', needed: true }],
  note_public: [{ name: 'text', kind: 'long', needed: true, start: (file) => file.notice?.publicNote ?? '' }],
  register: [{ name: 'grounds', kind: 'long', needed: true }],
  inquire: [
    partner,
    { name: 'licenceShown', kind: 'check' },
    { name: 'evidenceIds', kind: 'evidence', needed: true },
    { name: 'summary', kind: 'long', needed: true },
    { name: 'reviewCompulsory', kind: 'check', start: (file) => file.progress.reviewCompulsory === true },
    { name: 'complex', kind: 'check', start: (file) => file.progress.complex === true },
  ],
  approve_measure: [measure, { name: 'reason', kind: 'long', needed: true }],
  take_things: [
    measure,
    partner,
    { name: 'urgent', kind: 'check', when: isSeizure },
    { name: 'reason', kind: 'long', needed: true, when: (values) => values['urgent'] === true },
    { name: 'things', kind: 'things', needed: true },
    { name: 'keptAt', kind: 'line', needed: true },
    { name: 'party', kind: 'hand' },
  ],
  extend_seizure: [{ name: 'reason', kind: 'long', needed: true }],
  release_things: [
    measure,
    {
      name: 'outcome',
      kind: 'choice',
      options: ['returned', 'seized', 'transferred'],
      needed: true,
      start: () => 'returned',
    },
    { name: 'reason', kind: 'long', needed: true },
    { name: 'party', kind: 'hand' },
  ],
  request_hearing: [{ name: 'text', kind: 'long' }],
  announce_hearing: [
    { name: 'heldAt', kind: 'instant', needed: true },
    { name: 'place', kind: 'line', needed: true },
    { name: 'chairId', kind: 'person', needed: true, roles: actRoles.hold_hearing },
  ],
  hold_hearing: [
    {
      name: 'outcome',
      kind: 'choice',
      options: ['held', 'absent', 'withdrawn'],
      needed: true,
      start: () => 'held',
    },
    { name: 'record', kind: 'long', needed: true },
  ],
  request_review: [],
  review: [
    { name: 'passed', kind: 'choice', options: ['passed', 'refused'], needed: true },
    {
      name: 'lawApplied',
      kind: 'choice',
      options: ['act', 'decision'],
      needed: true,
      when: ({ passed }, file) => passed === 'passed' && file.progress.lawUnclear === true,
    },
    { name: 'text', kind: 'long', needed: true },
  ],
  waive: [
    {
      name: 'ground',
      kind: 'choice',
      options: ['minor_corrected', 'first_time', 'no_fault', 'minor_age', 'incapacity', 'unproven'],
      needed: true,
    },
    { name: 'education', kind: 'long', needed: true },
  ],
  transfer: [
    { name: 'to', kind: 'line', needed: true },
    { name: 'reason', kind: 'long', needed: true },
  ],
  publish: [],
  withdraw_publication: [{ name: 'reason', kind: 'long', needed: true }],
  enforce: [],
  serve_demand: [
    mayPartner,
    {
      name: 'mode',
      kind: 'choice',
      options: ['handed', 'posted', 'left', 'mail', 'announcement'],
      needed: true,
      start: () => 'handed',
    },
    { name: 'doneAt', kind: 'instant', needed: true, when: ({ mode }) => mode === 'announcement' },
    { name: 'party', kind: 'hand', when: byHand },
  ],
  note_remedy: [remedy, { name: 'at', kind: 'instant' }],
  end_remedy: [remedy, { name: 'at', kind: 'instant' }],
  revoke: [
    { name: 'outcome', kind: 'choice', options: ['revoked', 'changed', 'void'], needed: true },
    { name: 'reason', kind: 'long', needed: true },
  ],
};

/** Acts in the order in which a file meets them. */
export const actNames = Object.keys(actFields) as FileActName[];

/** The body of an act from its form: what is empty or not asked is left out. */
export function bodyOf(act: FileActName, values: Values, personId: number, simple: boolean): FileAct {
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
  if (act === 'review') given['passed'] = given['passed'] === 'passed';
  if (act === 'serve' && Array.isArray(given['consentEvidenceId']))
    given['consentEvidenceId'] = given['consentEvidenceId'][0];
  // an officer signs with the own login in the act; the partner has signed before with theirs
  if (act === 'decide') given['signatures'] = simple ? [{ personId, image: null }] : [];
  return { act, ...given } as FileAct;
}
