import type { IncidentView } from '../../../../shared/contract/incidents.ts';
import type { PersonId } from '../../../../shared/contract/ids.ts';
import type { FileAct } from '../../../../shared/contract/file-acts.ts';
import { madeBy } from '../../desk/act.ts';
import { laneOf } from '../../desk/fold.ts';
import { tap } from '../../desk/outbox.ts';
import { handOf } from '../party-hand.tsx';
import type { PenaltyDraft } from './draft.ts';

/** A second less than now: a phone whose clock is a little ahead must not seem to act in the future. */
const shyMs = 1000;
const at = (ms: number): string => new Date(ms - shyMs).toISOString();

/** Opens the file, tells and hears: three acts, the first two when the telling began. Answers the key of the file. */
export async function tellAndHear(
  incident: IncidentView,
  draft: PenaltyDraft,
  toldAtMs: number,
  heardAtMs: number,
): Promise<string> {
  const lane = laneOf(incident.id);
  const partnerId = draft.partnerId as PersonId;
  const proposal = draft.proposal!;
  const fileKey = await tap({
    name: 'openFile',
    lane,
    params: { incidentId: incident.id },
    body: {
      open: 'simple',
      ...(draft.matterCode !== null && { matterCode: draft.matterCode }),
      partnerId,
      party: draft.party,
      circumstances: draft.circumstances,
      proposal,
      doneAt: at(toldAtMs),
    },
  });
  await act(lane, fileKey, {
    act: 'tell',
    partnerId,
    licenceShown: draft.licenceShown,
    rightsTold: draft.rightsTold,
    proposal,
    hearingRight: false,
    doneAt: at(toldAtMs),
  });
  const party = handOf(draft.statementHand);
  await act(lane, fileKey, {
    act: 'hear',
    partnerId,
    outcome: draft.statement!,
    text: draft.statementText.trim(),
    ...(party && { party }),
    doneAt: at(heardAtMs),
  });
  return fileKey;
}

/** The decision with its number and both signatures. */
export const decide = (incident: IncidentView, draft: PenaltyDraft, personId: number, decidedAtMs: number) =>
  act(laneOf(incident.id), draft.fileKey!, {
    act: 'decide',
    signatures: [
      { personId: personId as PersonId, image: draft.ownImage },
      { personId: draft.partnerId as PersonId, image: draft.partnerImage },
    ],
    proposal: draft.proposal!,
    ...(draft.number && { number: draft.number.number }),
    text: draft.facts!,
    evidenceIds: [],
    discussion: '',
    doneAt: at(decidedAtMs),
  });

/** Handed over on the spot: the party signs for it, or the refusal is noted. */
export const serve = (incident: IncidentView, draft: PenaltyDraft, servedAtMs: number) =>
  act(laneOf(incident.id), draft.fileKey!, {
    act: 'serve',
    partnerId: draft.partnerId as PersonId,
    mode: 'handed',
    party: handOf(draft.receipt)!,
    doneAt: at(servedAtMs),
  });

const act = (lane: string, fileKey: string, body: FileAct) =>
  tap({ name: 'actOnFile', lane, params: { fileId: madeBy(fileKey) }, body });
