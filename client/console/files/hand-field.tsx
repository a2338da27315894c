import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { handOf, noHand, PartyHandField, type Hand } from '../../officer/papers/party-hand.tsx';
import { useWords } from '../../words/words.tsx';
import type { InputProps } from './field-input.tsx';

/** The party's hand on glass, or the refusal as noted; left out when the party is not at the desk. */
export function HandField({ label, change }: Pick<InputProps<unknown>, 'label' | 'change'>) {
  const words = useWords().files;
  const [now, setNow] = useState(false);
  const [hand, setHand] = useState<Hand>(noHand);
  const take = (next: Hand) => {
    setHand(next);
    change(handOf(next));
  };
  return (
    <>
      <Checkbox
        label={words.handNow}
        checked={now}
        onChange={(event) => {
          setNow(event.currentTarget.checked);
          change(event.currentTarget.checked ? handOf(hand) : null);
        }}
      />
      {now && (
        <PartyHandField
          label={label === words.fields.party ? words.hand : label}
          hand={hand}
          onChange={take}
        />
      )}
    </>
  );
}
