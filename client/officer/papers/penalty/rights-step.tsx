import { Checkbox, Textarea } from '@mantine/core';
import { useWords } from '../../../words/use-words.ts';
import classes from '../../shell/phone.module.css';
import { PartyHandField } from '../party-hand.tsx';
import type { PenaltyDraft } from './draft.ts';

/** Facts, grounds, content and rights are told before deciding; the statement is heard or waived (44, 45, 62). */
export function RightsStep(props: {
  readonly draft: PenaltyDraft;
  readonly change: (some: Partial<PenaltyDraft>) => void;
  readonly told: string;
}) {
  const words = useWords().officer.papers.rights;
  const { draft, change } = props;
  const box = { body: { minHeight: 52, alignItems: 'center' }, label: { fontSize: '1.0625rem' } };
  return (
    <>
      <p className={classes['text']}>{props.told}</p>
      <Checkbox
        size="lg"
        styles={box}
        label={words.licenceShown}
        checked={draft.licenceShown}
        onChange={(event) => change({ licenceShown: event.currentTarget.checked })}
      />
      <Checkbox
        size="lg"
        styles={box}
        label={words.rightsTold}
        checked={draft.rightsTold}
        onChange={(event) => change({ rightsTold: event.currentTarget.checked })}
      />
      <div className={classes['grid']} role="group" aria-label={words.statement}>
        {(['waived', 'heard'] as const).map((statement) => (
          <button
            key={statement}
            type="button"
            className={classes['choice']}
            aria-pressed={draft.statement === statement}
            onClick={() => change({ statement })}
          >
            {words.statements[statement]}
          </button>
        ))}
      </div>
      {draft.statement === 'heard' && (
        <Textarea
          label={words.said}
          value={draft.statementText}
          autosize
          minRows={2}
          maxLength={2000}
          onChange={(event) => change({ statementText: event.currentTarget.value })}
        />
      )}
      <PartyHandField
        label={words.hand}
        hand={draft.statementHand}
        onChange={(statementHand) => change({ statementHand })}
      />
    </>
  );
}
