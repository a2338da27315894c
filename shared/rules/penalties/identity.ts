import type { Party } from '../../contract/enforcement.ts';
import { dateOfDay, dayOf, dayOfDate } from '../calendar.ts';

/** Nobody yet: what a form of the party begins with. */
export const noParty: Party = {
  kind: 'individual',
  name: '',
  idKind: 'identity_card',
  idNumber: null,
  birthDate: null,
  representative: null,
  address: null,
  phone: null,
  plate: null,
};

/** Documents that each kind of party may show, the usual one first. */
export const idKindsOf = {
  individual: ['identity_card', 'driving_licence', 'passport', 'other'],
  organisation: ['credit_code', 'other'],
} as const satisfies Record<Party['kind'], readonly Party['idKind'][]>;

/** Is it known who this is, and how old was the person at the act? */
export interface Identity {
  readonly identified: boolean;
  readonly ageYears: number | null;
}

/**
 * A party is identified by a number that checks: identity card (GB 11643), uniform social credit code (GB 32100), or
 * another document with its number and, for an individual, the date of birth.
 */
export function identityOf(party: Party | null, actAt: number): Identity {
  if (party === null || party.idNumber === null || party.idKind === null)
    return { identified: false, ageYears: null };
  const number = party.idNumber.toUpperCase();
  if (party.kind === 'organisation') {
    const checks = party.idKind !== 'credit_code' || isCreditCode(number);
    return { identified: checks, ageYears: null };
  }
  // the number of a Chinese driving licence is the number of the identity card
  const card = party.idKind === 'identity_card' || party.idKind === 'driving_licence';
  const birthDate = card ? birthDateOfCard(number) : party.birthDate;
  if (birthDate === null) return { identified: false, ageYears: null };
  const ageYears = ageOn(birthDate, actAt);
  return { identified: ageYears >= 0, ageYears };
}

const cardWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Date of birth in an 18-digit identity number whose check digit is right (ISO 7064, MOD 11-2); null otherwise. */
export function birthDateOfCard(number: string): string | null {
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  const sum = cardWeights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  if ('10X98765432'[sum % 11] !== number[17]) return null;
  const date = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const day = dayOfDate(date);
  return Number.isNaN(day) || dateOfDay(day) !== date ? null : date;
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** 18 characters with the check character of GB 32100-2015. */
export function isCreditCode(code: string): boolean {
  const values = Array.from(code, (character) => creditAlphabet.indexOf(character));
  if (values.length !== 18 || values.includes(-1)) return false;
  const sum = creditWeights.reduce((total, weight, i) => total + weight * values[i]!, 0);
  return (31 - (sum % 31)) % 31 === values[17];
}

/** Full years on the civil date of an instant. */
function ageOn(birthDate: string, at: number): number {
  const [year, monthDay] = [Number(birthDate.slice(0, 4)), birthDate.slice(5)];
  const today = dateOfDay(dayOf(at));
  return Number(today.slice(0, 4)) - year - (today.slice(5) < monthDay ? 1 : 0);
}

/** A text with its middle hidden; wholly when it is short. */
const hidden = (text: string | null, head: number, tail: number): string | null =>
  text === null
    ? null
    : text.length <= head + tail
      ? '*'.repeat(text.length)
      : text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(text.length - tail);

/** A reporter: the family name and the ends of the phone are left. */
export const maskedReporter = (reporter: {
  readonly name: string | null;
  readonly phone: string | null;
}): { name: string | null; phone: string | null } => ({
  name: hidden(reporter.name, 1, 0),
  phone: hidden(reporter.phone, 3, 2),
});

/** The party for readers who do not handle the file: number, phone, birth date and address hidden. */
export const masked = (party: Party): Party => ({
  ...party,
  idNumber: hidden(party.idNumber, 3, 2),
  phone: hidden(party.phone, 3, 2),
  birthDate: null,
  address: hidden(party.address, 6, 0),
});
