import { useWords } from '../../words/use-words.ts';
import classes from '../shell/phone.module.css';
import { useCrew } from './crew.ts';

/** Which colleague of the team acts as the second officer (行政处罚法 42). */
export function PartnerChoice(props: {
  readonly partnerId: number | null;
  readonly onChange: (personId: number) => void;
}) {
  const words = useWords().officer.papers.partner;
  const { self, partners } = useCrew();
  return (
    <div className={classes['sheet']} role="group" aria-label={words.label}>
      <strong>{words.label}</strong>
      {self && !self.licensed && <p className={classes['text']}>{words.selfUnlicensed}</p>}
      {partners.length === 0 && <p className={classes['text']}>{words.none}</p>}
      {partners.map((partner) => (
        <button
          key={partner.personId}
          type="button"
          className={classes['choice']}
          aria-pressed={props.partnerId === partner.personId}
          disabled={!partner.licensed}
          onClick={() => props.onChange(partner.personId)}
        >
          {partner.licensed
            ? words.licensed({ name: partner.displayName })
            : words.unlicensed({ name: partner.displayName })}
        </button>
      ))}
    </div>
  );
}
