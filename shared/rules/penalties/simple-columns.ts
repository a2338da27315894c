import type { PartyKind } from '../../contract/enforcement.ts';
import type { SimpleAnswer } from '../../contract/matters.ts';
import { type FinedMatter, blockingCompanions, fineOf } from './readings.ts';

/** Caps of the on-the-spot fine (行政处罚法 51), yuan. A sole trader counts as an individual: the lower cap. */
export const simpleCapYuan: Readonly<Record<PartyKind, number>> = { individual: 200, organisation: 3000 };

/** Whether a matter may be settled on the spot as far as its amounts and companion penalties go; null without a fine. */
export function simpleAnswer(matter: FinedMatter, kind: PartyKind): SimpleAnswer | null {
  const fine = fineOf(matter, kind);
  if (!fine) return null;
  const [least, most] = fine;
  if (blockingCompanions(matter, kind).length > 0 || least > simpleCapYuan[kind]) return 'no';
  return most <= simpleCapYuan[kind] ? 'yes' : 'capped';
}
