import type { DeclineReason, Priority, WithdrawReason } from '../../contract/dispatch-codes.ts';
import type { AssignmentId, IncidentId, TeamId } from '../../contract/ids.ts';
import type { Exclusion } from './situation.ts';

/**
 * Where an incident stands in its search for a team. `ranking` and `claiming` wait for the caller's answer,
 * `offered` for a timer, `queued` for a free team, `alerted` for a person; `closed` is the end.
 */
type OfferPhase =
  'ranking' | 'claiming' | 'offered' | 'accepted' | 'en_route' | 'on_scene' | 'queued' | 'alerted' | 'closed';

/** The assignment that holds a slot now. `answerBy` counts only while it is offered. */
interface Offer {
  readonly assignmentId: AssignmentId;
  readonly teamId: TeamId;
  readonly offeredAt: number;
  readonly answerBy: number;
  readonly manual: boolean;
}

export type Outcome = 'declined' | 'expired' | 'withdrawn' | 'claim_lost' | 'finished';

/** A team that was asked, for the dispatcher and for late answers. */
export interface Tried {
  readonly teamId: TeamId;
  readonly assignmentId: AssignmentId | null;
  readonly outcome: Outcome;
  readonly reason: DeclineReason | WithdrawReason | null;
  readonly at: number;
}

/** A claim on its way; `replaces` is the assignment that it takes over in the same transaction. */
interface Claim {
  readonly attempt: number;
  readonly teamId: TeamId;
  readonly manual: boolean;
  readonly replaces: AssignmentId | null;
}

/** The whole state of one incident's loop: plain data, a row and nothing in memory. */
export interface OfferLoop {
  readonly incidentId: IncidentId;
  readonly priority: Priority;
  readonly phase: OfferPhase;
  /** From 1; the entry of the policy's radii. */
  readonly round: number;
  /** Rounds in which somebody was asked. A radius without a team in it costs no round. */
  readonly roundsAsked: number;
  /** Teams asked in this round. None is asked twice in it, or short pauses would keep a round alive for ever. */
  readonly askedInRound: readonly TeamId[];
  /** Teams of the present ranking that were not tried yet. */
  readonly ranking: readonly TeamId[];
  /** Number of the last request for a ranking; an answer to an older one is ignored. */
  readonly request: number;
  readonly attempts: number;
  /** Rankings in a row of which every claim was lost. */
  readonly losses: number;
  readonly claim: Claim | null;
  readonly offer: Offer | null;
  readonly tried: readonly Tried[];
  readonly exclusions: readonly Exclusion[];
  /** What was said when the search last ended without a team; not said again while nothing changes. */
  readonly told: 'queued' | 'alerted' | null;
  /** A standing alarm that nobody has acknowledged. */
  readonly alarm: boolean;
}

export type OfferEvent =
  | { readonly type: 'ranked'; readonly request: number; readonly teamIds: readonly TeamId[] }
  | { readonly type: 'claimed'; readonly attempt: number; readonly assignmentId: AssignmentId }
  | { readonly type: 'claim_lost'; readonly attempt: number }
  | { readonly type: 'accepted'; readonly assignmentId: AssignmentId }
  | { readonly type: 'declined'; readonly assignmentId: AssignmentId; readonly reason: DeclineReason }
  | { readonly type: 'timer'; readonly assignmentId: AssignmentId; readonly dueAt: number }
  /** The team is taken away and the incident looks for another. */
  | { readonly type: 'withdrawn'; readonly assignmentId: AssignmentId; readonly reason: WithdrawReason }
  /** This team is to have it: a dispatcher's choice, a switch, or a freed team that picked it. */
  | { readonly type: 'given'; readonly teamId: TeamId; readonly manual: boolean }
  | { readonly type: 'departed'; readonly assignmentId: AssignmentId }
  | { readonly type: 'arrived'; readonly assignmentId: AssignmentId }
  | { readonly type: 'finished'; readonly assignmentId: AssignmentId }
  | { readonly type: 'ended'; readonly reason: 'cancelled' | 'merged' | 'closed' }
  /** Null: none in particular, the engine looks again by itself. */
  | { readonly type: 'team_freed'; readonly teamId: TeamId | null }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'restarted' };

/** What the caller does: the server in its transaction, the simulator in its world. */
export type OfferEffect =
  /** Evaluate with fresh facts and answer with `ranked`. */
  | { readonly type: 'rank'; readonly request: number; readonly radiusMetres: number | null }
  /** Take the slot and answer with `claimed` or `claim_lost`; the attempt makes it idempotent. */
  | { readonly type: 'claim'; readonly claim: Claim }
  | { readonly type: 'offer'; readonly offer: Offer }
  | { readonly type: 'set_timer'; readonly assignmentId: AssignmentId; readonly dueAt: number }
  /** Ends the assignment and gives its slot back. */
  | {
      readonly type: 'end';
      readonly assignmentId: AssignmentId;
      readonly teamId: TeamId;
      readonly outcome: Outcome;
      readonly reason: DeclineReason | WithdrawReason | null;
    }
  | { readonly type: 'note'; readonly what: 'accepted' | 'departed' | 'arrived'; readonly offer: Offer }
  | {
      readonly type: 'alert';
      readonly kind: 'offer_unanswered' | 'offers_exhausted' | 'officer_unsafe' | 'waiting_for_team';
      readonly standing: boolean;
      readonly tried: readonly Tried[];
    }
  | {
      readonly type: 'follow_up';
      readonly what: 'vehicle' | 'team_data' | 'judgement';
      readonly teamId: TeamId;
    };

/** Why an event changed nothing; the present state goes with it. */
export interface OfferRefusal {
  readonly code: 'offer_ended' | 'offer_expired' | 'state_wrong';
  readonly phase: OfferPhase;
  /** Who has the incident now, and since when, for a plain answer to a late accept. */
  readonly takenBy: TeamId | null;
  readonly takenAt: number | null;
}

export interface OfferStep {
  readonly loop: OfferLoop;
  readonly effects: readonly OfferEffect[];
  readonly refusal: OfferRefusal | null;
}
