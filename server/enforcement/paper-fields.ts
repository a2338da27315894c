import type { Party, PartyKind } from '../../shared/contract/enforcement.ts';
import type { Matter } from '../../shared/contract/matters.ts';
import { findMatterVersion, type IncidentRow } from '../incidents/store.ts';
import type { Tx } from '../kernel/transact.ts';
import { dateInWords, instantInWords } from './chinese.ts';
import { citation } from './citation.ts';
import type { Officer } from './crew.ts';
import type { Hand } from './paper-content.ts';
import { readSettings } from './store-settings.ts';
import { signaturesOf, type SignaturePurpose } from './store-signatures.ts';

/* Fields of papers that several kinds share. */

const partyKinds: Readonly<Record<PartyKind, string>> = {
  individual: '公民',
  organisation: '法人或者其他组织',
};
const idKinds: Readonly<Record<NonNullable<Party['idKind']>, string>> = {
  identity_card: '居民身份证',
  passport: '护照',
  credit_code: '统一社会信用代码',
  driving_licence: '驾驶证',
  other: '其他证件',
};
export const plateColours: Readonly<Record<string, string>> = {
  blue: '蓝',
  green: '绿',
  yellow: '黄',
  white: '白',
  black: '黑',
};

export const given = (fields: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => pair[1] != null && pair[1] !== ''),
  );

/** What stands on every paper about an incident: the organ, the place, the matter. */
export async function groundOf(
  tx: Tx,
  incident: IncidentRow,
  versionId: number | null,
  at: number,
  actAt: number,
) {
  const settings = await readSettings(tx.db);
  const row = versionId === null ? undefined : await findMatterVersion(tx.db, versionId);
  const matter = row?.body as unknown as Matter | undefined;
  const place = incident.address || `${incident.lng.toFixed(5)}, ${incident.lat.toFixed(5)}`;
  return {
    settings,
    fields: given({
      organ: settings.organ,
      organAddress: settings.address,
      contact: settings.contact,
      date: dateInWords(at),
      matter: matter && `涉嫌${matter.nameZh}`,
      basis: matter && citation(matter.basis),
      penaltyBasis: matter && citation(matter.basis),
      facts: matter?.nameZh,
      actAt: instantInWords(actAt),
      place,
      cell: incident.cell_code,
      overlays: incident.overlays.join('、'),
    }),
  };
}

export const partyFields = (party: Party | null) =>
  given({
    partyName: party?.name,
    partyKind: party && partyKinds[party.kind],
    idKind: party?.idKind && idKinds[party.idKind],
    idNumber: party?.idNumber,
    birthDate: party?.birthDate,
    representative: party?.representative ?? (party ? '—' : null),
    partyAddress: party?.address,
    partyPhone: party?.phone,
    plate: party?.plate ?? (party ? '—' : null),
  });

export const crewFields = (crew: readonly Officer[]) =>
  given({
    officers: crew.map(({ name }) => name).join('、'),
    licences: crew.map(({ licenceNumber }) => licenceNumber ?? '—').join('、'),
  });

/** The hands on a paper: officers of the crew and the party, for a purpose. */
export async function handsOf(
  tx: Pick<Tx, 'db'>,
  subject: string,
  purpose: SignaturePurpose,
  crew: readonly Officer[],
  partyName: string,
): Promise<{ officers: Hand[]; party: Hand | null }> {
  const signed = (await signaturesOf(tx.db, subject)).filter((one) => one.purpose === purpose);
  const party = signed.find(({ person_id }) => person_id === null);
  return {
    officers: crew.map((officer) => ({
      name: officer.name,
      licence: officer.licenceNumber,
      image:
        signed.find(({ person_id }) => person_id === officer.personId)?.image?.toString('base64') ?? null,
      refusalNote: null,
    })),
    party: party
      ? {
          name: partyName,
          licence: null,
          image: party.image?.toString('base64') ?? null,
          refusalNote: party.refusal_note,
        }
      : null,
  };
}
