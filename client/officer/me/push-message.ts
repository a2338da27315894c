/** Under this name the phone keeps the language of its screen for the worker, which sees no page. */
export const languageName = 'language';

/** An offer as the push service brings it: number, matter, place; nothing about a party. */
export interface OfferMessage {
  readonly kind: 'offer';
  readonly assignmentId: number;
  readonly priority: number;
  readonly matter: string;
  readonly address: string;
  readonly teamName: string;
}
