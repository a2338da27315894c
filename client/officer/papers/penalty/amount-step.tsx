import type { CircumstancesAnswered } from '../../../../shared/contract/enforcement.ts';
import type { Matter } from '../../../../shared/contract/matters.ts';
import { useWords } from '../../../words/use-words.ts';
import classes from '../../shell/phone.module.css';
import { PartnerChoice } from '../partner-choice.tsx';
import type { PenaltyDraft } from './draft.ts';
import type { Benchmark } from './benchmark.ts';
import { amountsOf, warningAllowed } from './judge.ts';

/** The three questions of 行政处罚法 33, who signs with, and the amount from the law's range. */
export function AmountStep(props: {
  readonly draft: PenaltyDraft;
  readonly change: (some: Partial<PenaltyDraft>) => void;
  readonly matter: Matter;
  readonly correction: string;
  readonly benchmarks: readonly Benchmark[];
}) {
  const words = useWords().officer.papers.amount;
  const { draft, change, matter, benchmarks } = props;
  const { circumstances } = draft;
  const answer = (some: Partial<CircumstancesAnswered>) =>
    change({ circumstances: { ...circumstances, ...some } });
  const questions = [
    {
      label: words.minorHarmless,
      choices: [
        {
          label: words.no,
          on: circumstances.minorHarmless === false,
          set: () => answer({ minorHarmless: false }),
        },
        {
          label: words.yes,
          on: circumstances.minorHarmless === true,
          set: () => answer({ minorHarmless: true }),
        },
      ],
    },
    {
      label: words.firstMinor,
      choices: (['no', 'penalised', 'spared'] as const).map((value) => ({
        label: words.firstMinorChoices[value],
        on: circumstances.firstMinor === value,
        set: () => answer({ firstMinor: value }),
      })),
    },
    {
      label: words.faultless,
      choices: [
        { label: words.no, on: circumstances.faultless === false, set: () => answer({ faultless: false }) },
        { label: words.yes, on: circumstances.faultless === true, set: () => answer({ faultless: true }) },
      ],
    },
  ];
  return (
    <>
      {questions.map((question) => (
        <div key={question.label} className={classes['sheet']} role="group" aria-label={question.label}>
          <strong>{question.label}</strong>
          <div className={classes['grid']}>
            {question.choices.map((choice) => (
              <button
                key={choice.label}
                type="button"
                className={classes['choice']}
                aria-pressed={choice.on}
                onClick={choice.set}
              >
                {choice.label}
              </button>
            ))}
          </div>
        </div>
      ))}
      {benchmarks.length > 0 && (
        <div className={classes['sheet']} role="group" aria-label={words.benchmark}>
          <strong>{words.benchmark}</strong>
          {benchmarks.map(({ level, leastYuan, mostYuan }) => (
            <button
              key={level}
              type="button"
              className={classes['choice']}
              aria-pressed={circumstances.level === level}
              onClick={() => change({ circumstances: { ...circumstances, level }, proposal: null })}
            >
              {words.level({ level, least: leastYuan, most: mostYuan })}
            </button>
          ))}
          <p className={classes['note']}>{words.published({ document: benchmarks[0]!.document })}</p>
        </div>
      )}
      <div className={classes['sheet']} role="group" aria-label={words.title}>
        <strong>{words.title}</strong>
        <div className={classes['grid']}>
          {warningAllowed(matter, draft) && (
            <button
              type="button"
              className={classes['choice']}
              aria-pressed={draft.proposal?.kind === 'warning'}
              onClick={() => change({ proposal: { kind: 'warning' } })}
            >
              {words.warning}
            </button>
          )}
          {amountsOf(matter, draft, props.correction, benchmarks).map((yuan) => (
            <button
              key={yuan}
              type="button"
              className={classes['choice']}
              aria-pressed={draft.proposal?.kind === 'fine' && draft.proposal.amountYuan === yuan}
              onClick={() => change({ proposal: { kind: 'fine', amountYuan: yuan } })}
            >
              {words.yuan({ yuan })}
            </button>
          ))}
        </div>
        <p className={classes['note']}>{words.basis({ basis: matter.basis })}</p>
      </div>
      <PartnerChoice partnerId={draft.partnerId} onChange={(partnerId) => change({ partnerId })} />
    </>
  );
}
