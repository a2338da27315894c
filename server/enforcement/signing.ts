import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { crewAt, type Officer } from './crew.ts';
import { readGlass } from './glass.ts';
import { insertSignature, signaturesOf, type SignaturePurpose } from './store-signatures.ts';

/** The party's hand: a signature, or the refusal noted on the paper. */
export type PartyHand = { readonly image: string } | { readonly refusalNote: string };

/**
 * Officers sign: with the own login (then a drawing is not needed), or on the glass of the partner's phone. Answers
 * everybody who has signed for this purpose so far, as they stand at the instant of the act.
 */
export async function takeSignatures(
  tx: Tx,
  of: { subject: string; purpose: SignaturePurpose; incidentId: number; at: number; together: boolean },
  given: readonly { personId: number; image: string | null }[],
): Promise<Officer[]> {
  for (const { personId, image } of given) {
    if (personId !== tx.actor.id && image === null)
      throw new Refused('signature_missing', { personId, purpose: of.purpose });
    // on the glass of a partner's phone: whoever is not there cannot sign on it
    const present = await crewAt(tx, of.incidentId, [tx.actor.id, personId], of.at);
    if (!present.some((one) => one.personId === personId))
      throw new Refused('officers_insufficient', { personId, articles: '行政处罚法第四十二条' });
    await insertSignature(tx.db, {
      subject: of.subject,
      purpose: of.purpose,
      personId,
      image: image === null ? null : await readGlass(image),
      refusalNote: null,
      takenBy: tx.actor.id!,
      at: of.at,
    });
  }
  const signed = (await signaturesOf(tx.db, of.subject)).filter(
    ({ purpose, person_id }) => purpose === of.purpose && person_id !== null,
  );
  return crewAt(
    tx,
    of.incidentId,
    signed.map(({ person_id }) => person_id),
    of.at,
    of.together,
  );
}

/** The party signs, or its refusal is noted: once for each purpose. */
export async function takePartyHand(
  tx: Tx,
  of: { subject: string; purpose: SignaturePurpose; at: number },
  hand: PartyHand | undefined,
): Promise<'signed' | 'refusal_noted' | undefined> {
  if (!hand) return undefined;
  await insertSignature(tx.db, {
    subject: of.subject,
    purpose: of.purpose,
    personId: null,
    image: 'image' in hand ? await readGlass(hand.image) : null,
    refusalNote: 'image' in hand ? null : hand.refusalNote,
    takenBy: tx.actor.id!,
    at: of.at,
  });
  return 'image' in hand ? 'signed' : 'refusal_noted';
}
