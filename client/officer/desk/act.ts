import type { Body, Params } from '../../../shared/contract/api.ts';
import type { RefusalCode } from '../../../shared/contract/refusals.ts';
import type { RouteName } from '../../../shared/contract/routes.ts';

/** Acts that a phone may do without a network; each is sent later, once, in the order of its lane. */
export type ActName = Extract<
  RouteName,
  | 'acceptAssignment'
  | 'declineAssignment'
  | 'departAssignment'
  | 'arriveAssignment'
  | 'handleAssignment'
  | 'returnAssignment'
  | 'answerQuestion'
  | 'requestHelp'
  | 'checkIn'
  | 'acceptRework'
  | 'noteIncident'
  | 'createIncident'
  | 'skipEvidence'
  | 'openFile'
  | 'actOnFile'
  | 'orderCorrection'
  | 'confirmCorrection'
  | 'failCorrection'
  | 'completeVerification'
  | 'settleIncident'
  | 'reportCheck'
  | 'requestTime'
  | 'declareRecusal'
  | 'submitAppeal'
  | 'startPatrol'
  | 'answerSite'
  | 'endPatrol'
>;

/** Why the server said no to an act that it was sent later. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, unknown>>;
  /** When it said so, on the server's clock, ms. */
  readonly atMs: number;
}

/** One tap that waits to be sent. */
export interface QueuedAct {
  /** Grows with each tap: the order of a lane. */
  readonly id: number;
  /** The idempotency key, made at the tap. */
  readonly key: string;
  /** Another idempotency key for another try after a refusal. */
  readonly sendKey?: string;
  readonly personId: number;
  /** Acts of one lane go strictly one after the other: `incident/1042`, `patrol`. */
  readonly lane: string;
  readonly name: ActName;
  /** A value `@KEY` stands for the number that the server gave to the thing made by the act with that key. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly body: unknown;
  /** When it was tapped, on the server's clock, ms. */
  readonly tappedAtMs: number;
  /** Photos that must have arrived before. */
  readonly needs: readonly string[];
  readonly refused: Refusal | null;
}

/** A tap before it has its place in the queue. */
export interface Tap<N extends ActName = ActName> {
  readonly name: N;
  readonly lane: string;
  readonly params?: Params<N> | Readonly<Record<string, string | number>>;
  readonly body?: Body<N>;
  readonly needs?: readonly string[];
  readonly key?: string;
}

/** Stands in params and bodies for the number of a thing that an act still has to make. */
export const madeBy = (key: string): string => `@${key}`;

/** The key behind `@KEY`; null for a value that is what it is. */
export const keyBehind = (value: unknown): string | null =>
  typeof value === 'string' && value.startsWith('@') ? value.slice(1) : null;
