import type { IncidentView } from '../../../../shared/contract/incidents.ts';
import type { Words } from '../../../words/use-words.ts';
import { serverNowMs } from '../../desk/clock.ts';
import { takeNumber } from '../../desk/numbers.ts';
import { handOf } from '../party-hand.tsx';
import { decide, serve, tellAndHear } from './acts.ts';
import type { PenaltyDraft, StepName } from './draft.ts';

const photosNeeded = 2;

/** What a step is judged by when the officer wants to go on. */
export interface Leaving {
  readonly draft: PenaltyDraft;
  readonly incident: IncidentView;
  readonly personId: number;
  readonly matterCode: string | null;
  readonly facts: string;
  readonly photos: number;
  /** Whether the law allows the decision on the spot with what is known. */
  readonly allowed: boolean;
  /** Whether the second officer is chosen and present. */
  readonly partner: boolean;
  readonly words: Words['officer']['papers']['penalty'];
}

/** A sentence of what is missing, or what the next step starts with. */
type Left = Partial<PenaltyDraft> & { readonly missing?: string };

/** What each step asks for before it is left, and the acts that are written down as it is. */
export const leaving: Readonly<Record<StepName, (now: Leaving) => Left | Promise<Left>>> = {
  matter: ({ matterCode, words }) =>
    matterCode === null ? { missing: words.missing.matter } : { matterCode },
  party: ({ draft, words }) => (draft.party.name.trim() === '' ? { missing: words.missing.name } : {}),
  photos: ({ photos, words }) =>
    photos < photosNeeded ? { missing: words.missing.photos({ count: photosNeeded - photos }) } : {},
  facts: ({ facts, words }) => (facts === '' ? { missing: words.missing.facts } : { facts }),
  amount({ draft, allowed, partner, words }) {
    if (draft.proposal === null) return { missing: words.missing.amount };
    if (!allowed) return { missing: words.notAllowed };
    if (!partner) return { missing: words.missing.partner };
    return { toldAtMs: serverNowMs() };
  },
  async rights({ draft, incident, words }) {
    if (!draft.licenceShown || !draft.rightsTold) return { missing: words.missing.rights };
    if (draft.statement === null) return { missing: words.missing.statement };
    if (draft.statement === 'heard' && draft.statementText.trim() === '')
      return { missing: words.missing.statementText };
    if (!handOf(draft.statementHand)) return { missing: words.missing.hand };
    const heardAtMs = serverNowMs();
    return { fileKey: await tellAndHear(incident, draft, draft.toldAtMs ?? heardAtMs, heardAtMs) };
  },
  async signing({ draft, incident, personId, words }) {
    if (draft.ownImage === null || draft.partnerImage === null) return { missing: words.missing.officers };
    const number = draft.number ?? (await takeNumber(personId, 'onspot_decision'));
    if (!number) return { missing: words.missing.number };
    const decidedAtMs = serverNowMs();
    await decide(incident, { ...draft, number, decidedAtMs }, personId, decidedAtMs);
    return { number, decidedAtMs };
  },
  async delivery({ draft, incident, words }) {
    if (!handOf(draft.receipt)) return { missing: words.missing.hand };
    const servedAtMs = serverNowMs();
    await serve(incident, draft, servedAtMs);
    return { endedAtMs: servedAtMs };
  },
};
