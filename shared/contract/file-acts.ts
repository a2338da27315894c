import { z } from 'zod';
import {
  CircumstancesSchema,
  MeasureKind,
  PartySchema,
  PaymentChannel,
  ProposalSchema,
  RemedyKind,
  ServiceMode,
} from './enforcement.ts';
import { InstantSchema, PersonId } from './ids.ts';

/** What is done to a penalty file. Zod stays out of the pages: import the types only. */

const text = z.string().trim().max(2000).default('');
const said = z.string().trim().min(1).max(2000);
/** A signature on glass: a PNG in base64, at most 60 kB. */
const glass = z.base64().min(40).max(80_000);
/** When the act was done on the device; absent: now. At most 30 days ago, never ahead. */
const doneAt = InstantSchema.optional();
const partnerId = PersonId;

/** An officer signs with the own login, or on the glass of the partner's phone. */
const officerSignature = z.strictObject({ personId: PersonId, image: glass.nullable() });
/** The party signs, or the refusal is noted on the paper (行政处罚法 52①). */
const partySignature = z.union([
  z.strictObject({ image: glass }),
  z.strictObject({ refusalNote: z.string().trim().min(1).max(200) }),
]);

/** Opens a file: on the spot (computed, never chosen), with a paper on the windscreen, or by the head (立案). */
export const OpenFileSchema = z.discriminatedUnion('open', [
  z.strictObject({
    open: z.literal('simple'),
    matterCode: z.string().max(16).optional(),
    partnerId,
    party: PartySchema,
    circumstances: CircumstancesSchema,
    proposal: ProposalSchema,
    actAt: InstantSchema.optional(),
    doneAt,
  }),
  z.strictObject({
    open: z.literal('notice'),
    matterCode: z.string().max(16).optional(),
    partnerId: PersonId.nullable().default(null),
    plate: z.string().trim().min(5).max(12),
    plateColour: z.enum(['blue', 'green', 'yellow', 'white', 'black']).default('blue'),
    vehicle: z.string().trim().max(40).default(''),
    photoIds: z.array(z.uuid()).min(1).max(12),
    place: z.string().trim().min(1).max(200),
    /** From the device's block; absent: the server takes the next one. */
    number: z.string().max(60).optional(),
    dueAt: InstantSchema,
    actAt: InstantSchema.optional(),
    doneAt,
  }),
  z.strictObject({
    open: z.literal('ordinary'),
    matterCode: z.string().max(16).optional(),
    party: PartySchema.nullable().default(null),
    grounds: said,
    actAt: InstantSchema.optional(),
  }),
]);
export type OpenFile = z.output<typeof OpenFileSchema>;

export const FileActSchema = z.discriminatedUnion('act', [
  /** Licence shown; facts, grounds, content and rights told before deciding (44, 52). */
  z.strictObject({
    act: z.literal('tell'),
    partnerId,
    licenceShown: z.boolean(),
    rightsTold: z.boolean(),
    proposal: ProposalSchema,
    hearingRight: z.boolean().default(false),
    doneAt,
  }),
  /** Statement and defence (45, 62). */
  z.strictObject({
    act: z.literal('hear'),
    partnerId: PersonId.optional(),
    outcome: z.enum(['heard', 'waived']),
    text,
    party: partySignature.optional(),
    doneAt,
  }),
  z.strictObject({ act: z.literal('sign'), image: glass.nullable().default(null), doneAt }),
  z.strictObject({
    act: z.literal('decide'),
    /** Simple: the two officers. Ordinary: they signed before, the head decides. */
    signatures: z.array(officerSignature).max(4).default([]),
    proposal: ProposalSchema,
    number: z.string().max(60).optional(),
    text: said,
    evidenceIds: z.array(z.uuid()).max(50).default([]),
    /** Minutes of the collective discussion, for complex or grave cases (57②). */
    discussion: text,
    doneAt,
  }),
  z.strictObject({
    act: z.literal('serve'),
    partnerId: PersonId.optional(),
    mode: ServiceMode,
    party: partySignature.optional(),
    /** Proof of the party's signed consent to electronic service (61②). */
    consentEvidenceId: z.uuid().optional(),
    doneAt,
  }),
  /** Registered with the organ (52③). */
  z.strictObject({ act: z.literal('register_decision') }),
  z.strictObject({
    act: z.literal('pay'),
    channel: PaymentChannel,
    amountYuan: z.number().positive().multipleOf(0.01),
    receiptNumber: z.string().trim().max(40).default(''),
    cashGround: z.enum(['small', 'hard_to_collect', 'remote_requested']).optional(),
    paidAt: InstantSchema.optional(),
  }),
  /** Cash taken on the spot was handed to the organ, then paid in at the bank: two working days each (71). */
  z.strictObject({ act: z.literal('hand_in_cash') }),
  z.strictObject({ act: z.literal('bank_cash'), slip: z.string().trim().min(1).max(40) }),
  z.strictObject({ act: z.literal('close'), enforced: z.boolean().default(false) }),
  z.strictObject({ act: z.literal('convert'), reason: said, partnerId: PersonId.optional() }),
  /** The party appeared, or the registry named it; simple or ordinary is computed. */
  z.strictObject({
    act: z.literal('identify'),
    partnerId: PersonId.nullable().default(null),
    party: PartySchema,
    circumstances: CircumstancesSchema,
    proposal: ProposalSchema.nullable().default(null),
  }),
  z.strictObject({ act: z.literal('answer'), circumstances: CircumstancesSchema }),
  z.strictObject({ act: z.literal('note_public'), text: said }),
  /** 立案 of a file that was not opened by the head: its notice ran out, it was converted, its party was found. */
  z.strictObject({ act: z.literal('register'), grounds: said }),
  z.strictObject({
    act: z.literal('inquire'),
    partnerId,
    licenceShown: z.boolean(),
    evidenceIds: z.array(z.uuid()).min(1).max(50),
    summary: said,
    reviewCompulsory: z.boolean().default(false),
    complex: z.boolean().default(false),
  }),
  /** The head's word before a measure, or within 24 hours after an urgent seizure (行政强制法 18(1), 19). */
  z.strictObject({ act: z.literal('approve_measure'), measure: MeasureKind, reason: said }),
  /** Things are registered and kept as evidence (行政处罚法 56), or sealed and seized (行政强制法 22 to 26). */
  z.strictObject({
    act: z.literal('take_things'),
    measure: MeasureKind,
    partnerId,
    /** Seizure at once, the approval follows within 24 hours (行政强制法 19). */
    urgent: z.boolean().default(false),
    reason: text,
    things: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(80),
          quantity: z.string().trim().min(1).max(40),
          state: z.string().trim().max(120).default(''),
        }),
      )
      .min(1)
      .max(100),
    keptAt: z.string().trim().min(1).max(200),
    party: partySignature.optional(),
    doneAt,
  }),
  /** Once, by at most 30 days, in a complex case; the party is told in writing (行政强制法 25). */
  z.strictObject({ act: z.literal('extend_seizure'), reason: said }),
  /** The measure ends: things go back, are seized after having been registered, or follow a transferred case. */
  z.strictObject({
    act: z.literal('release_things'),
    measure: MeasureKind,
    outcome: z.enum(['returned', 'seized', 'transferred']),
    reason: said,
    party: partySignature.optional(),
  }),
  z.strictObject({ act: z.literal('request_hearing'), text }),
  z.strictObject({
    act: z.literal('announce_hearing'),
    heldAt: InstantSchema,
    /** Where it is held; the party is told of time and place (64(2)). */
    place: z.string().trim().min(1).max(200),
    chairId: PersonId,
  }),
  /** Held, or ended because the party stays away without good reason (64(6)) or took its request back. */
  z.strictObject({
    act: z.literal('hold_hearing'),
    outcome: z.enum(['held', 'absent', 'withdrawn']).default('held'),
    record: said,
  }),
  z.strictObject({ act: z.literal('request_review') }),
  /** 法制审核 (58); where it is unclear which law is milder, it says which one applies (37). */
  z.strictObject({
    act: z.literal('review'),
    passed: z.boolean(),
    text: said,
    lawApplied: z.enum(['act', 'decision']).optional(),
  }),
  z.strictObject({
    act: z.literal('waive'),
    ground: z.enum(['minor_corrected', 'first_time', 'no_fault', 'minor_age', 'incapacity', 'unproven']),
    education: said,
  }),
  z.strictObject({ act: z.literal('transfer'), to: said, reason: said }),
  z.strictObject({ act: z.literal('publish') }),
  /** A published decision that was revoked is taken back within three working days, with the reasons (48②). */
  z.strictObject({ act: z.literal('withdraw_publication'), reason: said }),
  /** Not paid in time: the demand letter (催告书, 行政强制法 54) is made; it counts from when it is served. */
  z.strictObject({ act: z.literal('enforce') }),
  z.strictObject({
    act: z.literal('serve_demand'),
    partnerId: PersonId.optional(),
    mode: ServiceMode.exclude(['electronic']),
    party: partySignature.optional(),
    doneAt,
  }),
  /** The party asked for a review or went to court: these days are not counted as late (73③). */
  z.strictObject({ act: z.literal('note_remedy'), remedy: RemedyKind, at: InstantSchema.optional() }),
  z.strictObject({ act: z.literal('end_remedy'), remedy: RemedyKind, at: InstantSchema.optional() }),
  z.strictObject({ act: z.literal('revoke'), outcome: z.enum(['revoked', 'changed', 'void']), reason: said }),
]);
export type FileAct = z.output<typeof FileActSchema>;
export type FileActName = FileAct['act'];
