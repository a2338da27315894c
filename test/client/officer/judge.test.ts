import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDraft } from '../../../client/officer/papers/penalty/draft.ts';
import { judgeOnPhone, type PhoneCase } from '../../../client/officer/papers/penalty/judge.ts';
import type { IncidentView } from '../../../shared/contract/incidents.ts';
import { MatterStatus, type Matter } from '../../../shared/contract/matters.ts';
import type { Member } from '../../../shared/contract/teams.ts';

const catalogue = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../data/matters.json'), 'utf8'),
) as {
  matters: Matter[];
};

test('the phone judges by who holds the power: only a delegated matter may be decided on the spot', () => {
  const matter = catalogue.matters.find(({ code }) => code === 'FD-01')!;
  const atMs = Date.parse('2026-03-16T02:00:00Z');
  const officer = (personId: number) => ({ personId, licensed: true }) as unknown as Member;
  const asked = (status: MatterStatus): ReturnType<typeof judgeOnPhone> =>
    judgeOnPhone({
      draft: {
        ...emptyDraft,
        party: {
          ...emptyDraft.party,
          name: '张三',
          idKind: 'passport',
          idNumber: 'E1',
          birthDate: '1988-05-20',
        },
        circumstances: {
          ...emptyDraft.circumstances,
          minorHarmless: false,
          firstMinor: 'no',
          faultless: false,
        },
        proposal: { kind: 'fine', amountYuan: 200 },
      },
      matter: { ...matter, status },
      incident: {
        reportedAt: new Date(atMs).toISOString(),
        overlays: matter.overlays,
      } as unknown as IncidentView,
      orders: [],
      crew: [officer(1), officer(2)],
      atMs,
      benchmarks: [],
      early: false,
    } satisfies PhoneCase);
  expect(MatterStatus.options.map((status) => [status, asked(status)])).toEqual([
    ['delegated', { ok: true, maxAmountYuan: 200 }],
    ['recalled', { ok: false, refusal: 'matter_recalled' }],
    ['never_delegated', { ok: false, refusal: 'matter_recalled' }],
  ]);
});
