import type { CircumstancesAnswered, Party, Proposal } from '../../../../shared/contract/enforcement.ts';
import { noParty } from '../../../../shared/rules/penalties/identity.ts';
import type { FreeNumber } from '../../desk/numbers.ts';
import { noHand, type Hand } from '../party-hand.tsx';

/** Steps of the decision on the spot, with the seconds that each may take: 4:00 in all, 5:00 at most. */
export const steps = [
  { name: 'matter', seconds: 20 },
  { name: 'party', seconds: 40 },
  { name: 'photos', seconds: 60 },
  { name: 'facts', seconds: 20 },
  { name: 'amount', seconds: 10 },
  { name: 'rights', seconds: 40 },
  { name: 'signing', seconds: 30 },
  { name: 'delivery', seconds: 20 },
] as const;
export type StepName = (typeof steps)[number]['name'];

export const limitSeconds = 300;

/** What has been filled in so far. It lives on the phone until the paper is served. */
export interface PenaltyDraft {
  readonly step: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly matterCode: string | null;
  readonly party: Party;
  readonly circumstances: CircumstancesAnswered;
  readonly facts: string | null;
  readonly proposal: Proposal | null;
  readonly partnerId: number | null;
  /** When the law's question was answered and the telling began, on the server's clock. */
  readonly toldAtMs: number | null;
  readonly licenceShown: boolean;
  readonly rightsTold: boolean;
  readonly statement: 'heard' | 'waived' | null;
  readonly statementText: string;
  readonly statementHand: Hand;
  readonly ownImage: string | null;
  readonly partnerImage: string | null;
  readonly receipt: Hand;
  /** Key of the act that opens the file: later acts name the file by it. */
  readonly fileKey: string | null;
  readonly number: FreeNumber | null;
  readonly decidedAtMs: number | null;
}

export const emptyDraft: PenaltyDraft = {
  step: 0,
  startedAtMs: null,
  endedAtMs: null,
  matterCode: null,
  party: noParty,
  circumstances: {
    partyPresent: true,
    capable: true,
    guardianPresent: false,
    grave: false,
    minorHarmless: null,
    firstMinor: null,
    faultless: null,
    mitigated: false,
    level: null,
  },
  facts: null,
  proposal: null,
  partnerId: null,
  toldAtMs: null,
  licenceShown: false,
  rightsTold: false,
  statement: null,
  statementText: '',
  statementHand: noHand,
  ownImage: null,
  partnerImage: null,
  receipt: noHand,
  fileKey: null,
  number: null,
  decidedAtMs: null,
};
