import type { z } from 'zod';
import type { MakePaperSchema, Paper } from '../../shared/contract/papers.ts';
import { findIncident } from '../incidents/store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { partyOf } from './case-of-file.ts';
import { dateInWords, instantInWords } from './chinese.ts';
import { crewAt, unsignedCrew, type Officer } from './crew.ts';
import { spendNumber } from './numbers.ts';
import { crewFields, given, groundOf, partyFields } from './paper-fields.ts';
import { makePaper } from './papers.ts';
import { findDecision } from './store-amounts.ts';
import { findFile } from './store.ts';
import { paperFields } from './templates/fields.ts';

/** Records, receipts and forms that an officer writes: fields beyond the fixed set are refused. */
export async function makeRecord(
  tx: Tx,
  incidentId: number,
  body: z.output<typeof MakePaperSchema>,
): Promise<Paper> {
  const incident = await findIncident(tx.db, incidentId);
  if (!incident) throw new Refused('incident_unknown', { incidentId });
  const unknown = Object.keys(body.fields).filter(
    (name) => !(paperFields as readonly string[]).includes(name),
  );
  if (unknown.length > 0) throw new Refused('field_unknown', { unknown, known: paperFields });
  const file = body.fileId === undefined ? undefined : await findFile(tx.db, body.fileId);
  const family = await familyOf(tx.db, incidentId);
  if (body.fileId !== undefined && (!file || !family.includes(file.incident_id)))
    throw new Refused('file_unknown', { fileId: body.fileId });
  const crew = await crewAt(tx, incidentId, [tx.actor.id, body.partnerId], tx.at);
  // a record of inquiry or inspection is made by two (55)
  if (body.kind !== 'service_receipt' && body.kind !== 'closing_form') refuseAlone(crew);
  const party = await partyOf(tx, file?.party_id ?? null);
  const actAt = Date.parse(file?.act_at ?? incident.reported_at);
  const ground = await groundOf(
    tx,
    incident,
    file?.version_at_act ?? incident.matter_version_id,
    tx.at,
    actAt,
  );
  const decision = file && (await findDecision(tx.db, file.id));
  const number =
    body.kind === 'prior_notice'
      ? await spendNumber(tx, 'prior_notice', `file/${file?.id ?? 0}`, undefined, tx.at)
      : null;
  return makePaper(tx, {
    kind: body.kind,
    incidentId,
    fileId: file?.id ?? null,
    content: {
      number,
      organ: ground.settings.organ,
      date: dateInWords(tx.at),
      officers: unsignedCrew(crew),
      party: null,
      qr: null,
      fields: {
        ...ground.fields,
        ...partyFields(party),
        ...crewFields(crew),
        ...given({ number: decision?.number, receiver: party?.name, startsAt: instantInWords(tx.at) }),
        ...body.fields,
      },
    },
  });
}

function refuseAlone(crew: readonly Officer[]): void {
  const valid = crew.filter(({ licensed, recused }) => licensed && !recused);
  if (valid.length < 2)
    throw new Refused('officers_insufficient', { articles: '行政处罚法第四十二条、第五十五条' });
}
