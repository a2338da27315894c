import type { Knex } from 'knex';

/** All SQL that names penalty_signature. */

export type SignaturePurpose =
  'order' | 'rights' | 'statement' | 'decision' | 'service' | 'demand' | 'things' | 'release';

export interface SignatureRow {
  id: number;
  subject: string;
  purpose: SignaturePurpose;
  /** Null: the party. */
  person_id: number | null;
  image: Buffer | null;
  refusal_note: string | null;
  taken_by: number;
  at: string;
}

/** Writes a signature once for a person and purpose; said again it stands as it was. */
export const insertSignature = (
  db: Knex,
  s: {
    subject: string;
    purpose: SignaturePurpose;
    personId: number | null;
    image: Buffer | null;
    refusalNote: string | null;
    takenBy: number;
    at: number;
  },
) =>
  db('penalty_signature')
    .insert({
      subject: s.subject,
      purpose: s.purpose,
      person_id: s.personId,
      image: s.image,
      refusal_note: s.refusalNote,
      taken_by: s.takenBy,
      at: new Date(s.at),
    })
    .onConflict()
    .ignore();

export const signaturesOf = (db: Knex, subject: string): Promise<SignatureRow[]> =>
  db<SignatureRow>('penalty_signature').where({ subject }).orderBy('id');
