import { TextInput } from '@mantine/core';
import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { SignaturePad } from './signature-pad.tsx';

/** The party's hand: a signature, or the refusal as it is noted on the paper (行政处罚法 52①). */
export interface Hand {
  readonly refused: boolean;
  readonly image: string | null;
  readonly note: string;
}

export const noHand: Hand = { refused: false, image: null, note: '' };

/** The hand as the interface takes it; null while it is not complete. */
export function handOf(hand: Hand): { image: string } | { refusalNote: string } | null {
  if (hand.refused) return hand.note.trim() === '' ? null : { refusalNote: hand.note.trim() };
  return hand.image === null ? null : { image: hand.image };
}

export function PartyHandField(props: {
  readonly label: string;
  readonly hand: Hand;
  readonly onChange: (hand: Hand) => void;
}) {
  const words = useWords().officer.papers.hand;
  const { hand, onChange } = props;
  return (
    <div className={classes['sheet']}>
      <div className={classes['grid']} role="group" aria-label={props.label}>
        <button
          type="button"
          className={classes['choice']}
          aria-pressed={!hand.refused}
          onClick={() => onChange({ ...hand, refused: false })}
        >
          {words.signs}
        </button>
        <button
          type="button"
          className={classes['choice']}
          aria-pressed={hand.refused}
          onClick={() => onChange({ ...hand, refused: true, note: hand.note || words.refusalNote })}
        >
          {words.refuses}
        </button>
      </div>
      {hand.refused ? (
        <TextInput
          label={words.note}
          value={hand.note}
          maxLength={200}
          onChange={(event) => onChange({ ...hand, note: event.currentTarget.value })}
        />
      ) : (
        <SignaturePad
          label={props.label}
          value={hand.image}
          onChange={(image) => onChange({ ...hand, image })}
        />
      )}
    </div>
  );
}
