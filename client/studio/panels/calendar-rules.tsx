import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may } from '../../../shared/rules/permissions.ts';
import { call } from '../../live/call.ts';
import { useSession } from '../../live/session.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import classes from './side-panel.module.css';
import { instantText, perform, SpanFields, useHoursText, useSpan } from './span-fields.tsx';

/** Editions of market days and school hours. */
export function Rules() {
  const words = useWords().studio.calendar;
  const hoursText = useHoursText();
  const me = useSession((session) => session.me);
  const editions = useDesk((state) => state.editions);
  const rules = useQuery({
    queryKey: ['calendar-rules'],
    queryFn: () => call('listCalendarRules'),
    // that an hour begins is no fact
    refetchInterval: 15_000,
  });
  const approves = me !== null && may(me, 'plan.approve') === null;
  return (
    <>
      <h2>{words.rules}</h2>
      {(rules.data?.rules ?? []).length === 0 && <p className={classes['muted']}>{words.noRules}</p>}
      <ul className={classes['list']} aria-label={words.rules}>
        {(rules.data?.rules ?? []).map((rule) => (
          <li key={rule.id}>
            <strong>{rule.name}</strong> {rule.active && words.active}
            <br />
            {editions.find(({ id }) => id === rule.editionId)?.name} · {hoursText(rule)} ·{' '}
            {instantText(rule.from)}
            {rule.to !== null && ` – ${instantText(rule.to)}`}{' '}
            {approves && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void perform(
                    () => call('endCalendarRule', { params: { ruleId: rule.id }, body: {} }),
                    'calendar-rules',
                  )
                }
              >
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {approves && <NewRule />}
    </>
  );
}

function NewRule() {
  const words = useWords().studio.calendar;
  const editions = useDesk((state) => state.editions);
  const [editionId, setEditionId] = useState<string | null>(null);
  const span = useSpan();
  const approved = editions.filter(({ status }) => status === 'approved' || status === 'published');
  return (
    <details>
      <summary>{words.newRule}</summary>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const { value } = span;
          if (!value || editionId === null) return;
          void perform(
            () => call('createCalendarRule', { body: { ...value, editionId: Number(editionId) } }),
            'calendar-rules',
          ).then((done) => done && span.clear());
        }}
      >
        <Select
          label={words.edition}
          data={approved.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={editionId}
          onChange={setEditionId}
        />
        <SpanFields fields={span.fields} />
        <Button type="submit" disabled={!span.value || editionId === null}>
          {words.set}
        </Button>
      </form>
    </details>
  );
}
