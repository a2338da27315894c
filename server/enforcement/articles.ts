import type { CompanionRefusal } from '../../shared/rules/penalties/companions.ts';
import type { SimpleRefusal } from '../../shared/rules/penalties/may-simple.ts';

export type LawRefusal = SimpleRefusal | CompanionRefusal;

/** The articles behind each "no" of the simple procedure: a refusal names the law that it stands on. */
const articles: Readonly<Record<LawRefusal, string>> = {
  companion_unlawful: '行政处罚法第四条、第九条，该事项的处罚依据',
  companion_missing: '行政处罚法第二十八条第二款，该事项的处罚依据',
  thing_unknown: '行政处罚法第五十六条、行政强制法第二十七条',
  matter_recalled: '行政处罚法第二十四条、第三十八条',
  law_unclear: '行政处罚法第三十七条、第五十一条',
  place_excluded: '该事项的处罚依据',
  act_expired: '行政处罚法第三十六条',
  correction_missing: '该事项的处罚依据（先责令改正）',
  penalty_nonexistent: '行政处罚法第四条',
  act_penalised: '行政处罚法第二十九条',
  exemption_unanswered: '行政处罚法第三十三条',
  exemption_applies: '行政处罚法第三十三条',
  party_minor: '行政处罚法第三十条',
  party_incapable: '行政处罚法第三十一条',
  companion_blocked: '行政处罚法第五十一条',
  amount_exceeded: '行政处罚法第五十一条',
  amount_unlawful: '行政处罚法第三十四条、第五十一条',
  party_absent: '行政处罚法第五十一条、第五十二条第一款',
  identity_unknown: '行政处罚法第五十一条、第五十二条',
  officers_insufficient: '行政处罚法第四十二条',
  licence_expired: '行政处罚法第四十二条',
  officer_recused: '行政处罚法第四十三条',
  party_untold: '行政处罚法第四十四条',
  statement_missing: '行政处罚法第四十五条、第六十二条',
};

export const articlesOf = (refusal: LawRefusal): string => articles[refusal];

/** What allows the decision on the spot. */
export const simpleArticles = '行政处罚法第五十一条、第五十二条';
