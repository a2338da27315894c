import type { Paper, PaperKind } from '../../shared/contract/papers.ts';
import type { Tx } from '../kernel/transact.ts';
import { partyOf } from './case-of-file.ts';
import { dateInWords } from './chinese.ts';
import type { Officer } from './crew.ts';
import type { Held } from './file-steps.ts';
import { crewFields, given, groundOf, handsOf, partyFields } from './paper-fields.ts';
import { makePaper } from './papers.ts';

/**
 * A paper of a file without a number, by the law of the act: the organ, the party, the officers, the hands on it where
 * there are any, and what its kind adds.
 */
export async function makeFilePaper(
  tx: Tx,
  { incident, file }: Held,
  paper: {
    kind: PaperKind;
    crew: readonly Officer[];
    fields: Readonly<Record<string, string | null>>;
    hand?: { subject: string; purpose: 'things' | 'release' };
    at?: number;
  },
): Promise<Paper> {
  const { kind, crew, fields, hand, at = tx.at } = paper;
  const ground = await groundOf(tx, incident, file.version_at_act, at, Date.parse(file.act_at));
  const party = await partyOf(tx, file.party_id);
  const hands = hand && (await handsOf(tx, hand.subject, hand.purpose, crew, party?.name ?? '当事人'));
  return makePaper(tx, {
    kind,
    incidentId: incident.id,
    fileId: file.id,
    content: {
      number: null,
      organ: ground.settings.organ,
      date: dateInWords(at),
      ...(hands ?? { officers: [], party: null }),
      qr: null,
      fields: { ...ground.fields, ...partyFields(party), ...crewFields(crew), ...given(fields) },
    },
  });
}
