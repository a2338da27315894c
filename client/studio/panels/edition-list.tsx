/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */
import { Button, Slider } from '@mantine/core';
import { may } from '../../../shared/rules/permissions.ts';
import { useSession } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { setDesk, useDesk } from '../desk.ts';
import { sayRefused } from '../say.ts';
import { openEdition } from '../session.ts';
import { BaselineSelect } from './baseline-select.tsx';
import classes from './edition-list.module.css';

const open = (id: number): void => void openEdition(id).catch(sayRefused);

/** All editions, the date slider over those that were ever in force, and the way to a new draft. */
export function EditionList() {
  const words = useWords().studio;
  const editions = useDesk((state) => state.editions);
  const opened = useDesk((state) => state.detail?.edition.id);
  const running = useDesk((state) => state.runningEditionId);
  const me = useSession((session) => session.me);
  const drafts = me !== null && may(me, 'plan.draft') === null;
  return (
    <div className={classes['box']}>
      <div className={classes['head']}>
        <h2>{words.editions.title}</h2>
        {drafts && (
          <Button size="compact-sm" onClick={() => setDesk({ dialog: 'draft' })}>
            {words.editions.newDraft}
          </Button>
        )}
      </div>
      <ul className={classes['list']} tabIndex={0} aria-label={words.editions.title}>
        {editions.map((edition) => (
          <li key={edition.id}>
            <button
              type="button"
              className={classes['row']}
              aria-current={edition.id === opened}
              onClick={() => open(edition.id)}
            >
              <span className={classes['name']}>{edition.name}</span>
              <span className={classes['status']}>
                {edition.id === running ? words.editions.running : words.status[edition.status]}
              </span>
              <span className={classes['date']}>
                {edition.effectiveAt === null
                  ? words.editions.made({ at: formatInstant(Date.parse(edition.createdAt)).slice(0, 16) })
                  : words.editions.from({ at: formatInstant(Date.parse(edition.effectiveAt)).slice(0, 16) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <DateSlider />
      <div className={classes['slider']}>
        <BaselineSelect />
      </div>
    </div>
  );
}

/** Walks through the editions that were in force, by the dates on which they began. */
function DateSlider() {
  const words = useWords().studio.editions;
  const effects = useDesk((state) => state.effects);
  const opened = useDesk((state) => state.detail?.edition.id);
  const spans = effects.toSorted((a, b) => Date.parse(a.from ?? '0') - Date.parse(b.from ?? '0'));
  if (spans.length < 2) return null;
  const at = spans.findLastIndex(({ editionId }) => editionId === opened);
  const dateOf = (i: number): string => {
    const from = spans[i]?.from;
    return from ? formatInstant(Date.parse(from)).slice(0, 16) : words.always;
  };
  return (
    <div className={classes['slider']}>
      <span id="date-slider">{words.slider({ at: at < 0 ? '—' : dateOf(at) })}</span>
      <Slider
        size="sm"
        min={0}
        max={spans.length - 1}
        step={1}
        value={Math.max(0, at)}
        label={dateOf}
        thumbProps={{ 'aria-labelledby': 'date-slider' }}
        onChange={(i) => {
          const span = spans[i];
          if (span && span.editionId !== opened) open(span.editionId);
        }}
      />
    </div>
  );
}
