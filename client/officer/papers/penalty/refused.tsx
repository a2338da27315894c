import type { SimpleRefusal } from '../../../../shared/rules/penalties/may-simple.ts';
import { useWords } from '../../../words/use-words.ts';
import classes from '../../shell/phone.module.css';
import { go } from '../../shell/route.ts';

/** What is not known yet is no refusal: these are answered on the way. */
const open: readonly SimpleRefusal[] = ['exemption_unanswered', 'identity_unknown', 'amount_unlawful'];
/** Where the paper on the windscreen is the way on. */
const toNotice: readonly SimpleRefusal[] = ['party_absent'];
const toOrder: readonly SimpleRefusal[] = ['correction_missing'];

/** Why it may not be decided on the spot, with the article, and what may be done instead. */
export function Refused(props: {
  readonly refusal: SimpleRefusal;
  readonly incidentId: number;
  /** On the last step before the law decides even what is open counts. */
  readonly final: boolean;
}) {
  const words = useWords();
  const own = words.officer.papers.refused;
  const { refusal, incidentId } = props;
  if (!props.final && open.includes(refusal)) return null;
  return (
    <section className={classes['card']} data-loud="true" role="status">
      <h2 className={classes['subtitle']}>{own.title}</h2>
      <p className={classes['text']}>{words.refusals[refusal]}</p>
      <p className={classes['note']}>{own.articles[refusal]}</p>
      {toNotice.includes(refusal) && (
        <button type="button" className={classes['choice']} onClick={() => go('notice', incidentId)}>
          {own.notice}
        </button>
      )}
      {toOrder.includes(refusal) && (
        <button type="button" className={classes['choice']} onClick={() => go('order', incidentId)}>
          {own.order}
        </button>
      )}
      {!open.includes(refusal) && !toOrder.includes(refusal) && (
        <p className={classes['note']}>{own.ordinary}</p>
      )}
    </section>
  );
}
