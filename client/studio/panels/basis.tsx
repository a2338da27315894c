import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { Shift } from '../../../shared/rules/forecast/shifts.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { desk, setDesk, useDesk, type Basis } from '../desk.ts';
import { sayRefused } from '../say.ts';
import { openEdition } from '../session.ts';
import { percent } from './figures.ts';
import { HoursField } from './hours-field.tsx';
import classes from './side-panel.module.css';

const periods = [7, 30, 90, 180, 365] as const;
const day = (at: string): string => formatInstant(Date.parse(at)).slice(0, 10);

/** What the live numbers and the forecast stand on: which history, measured or assumed, which teams; another one can be chosen. */
export function BasisForm() {
  const words = useWords().studio.basis;
  const studio = useDesk((state) => state.ground?.studio);
  const kept = useDesk((state) => state.basis);
  const busy = useDesk((state) => state.busy || (state.sync?.pending.length ?? 0) > 0);
  const usual = studio?.settings.statisticsDays ?? 90;
  const [asked, setAsked] = useState<Basis>(kept ?? { days: usual, hourFrom: 0, hourTo: 24, demand: 1 });
  if (!studio) return null;
  const { statistics } = studio;
  const inService = studio.teams.filter((team) => team.inService).length;
  const crews = crewSizes(statistics.shifts);
  const shareOf = (holds: (shift: Shift) => boolean): number =>
    statistics.shifts.filter(holds).reduce((sum, { hours }) => sum + hours, 0);
  const closed = shareOf(({ closureIds }) => closureIds.length > 0);
  const calendar = shareOf(({ calendarEditionId }) => calendarEditionId !== null);
  const ask = (change: Partial<Basis>): void => setAsked({ ...asked, ...change });
  return (
    <>
      <h2>{words.title}</h2>
      <p>
        {words.period({
          from: day(statistics.from),
          to: day(statistics.to),
          incidents: statistics.incidents,
        })}
      </p>
      {!statistics.measured && <p className={classes['box']}>{words.assumed}</p>}
      <p>
        {crews.length > 0
          ? words.crews({
              crews: crews
                .map(([teams, hours]) => words.crew({ teams, share: percent(hours) }))
                .join(words.between),
            })
          : words.unrostered({ teams: inService })}
      </p>
      {closed + calendar > 0 && <p>{words.held({ closed: percent(closed), calendar: percent(calendar) })}</p>}
      <details>
        <summary>{words.other}</summary>
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            void take(asked);
          }}
        >
          <Select
            size="xs"
            label={words.days}
            data={[...new Set([...periods, usual])]
              .toSorted((a, b) => a - b)
              .map((days) => ({ value: String(days), label: words.lastDays({ days }) }))}
            value={String(asked.days)}
            allowDeselect={false}
            onChange={(value) => ask({ days: Number(value) })}
          />
          <HoursField hourFrom={asked.hourFrom} hourTo={asked.hourTo} onChange={ask} />
          <div className={classes['row']}>
            <NumberInput
              size="xs"
              w={120}
              label={words.demand}
              suffix=" %"
              min={50}
              max={300}
              step={10}
              value={Math.round(asked.demand * 100)}
              onChange={(value) => typeof value === 'number' && ask({ demand: value / 100 })}
            />
          </div>
          <Button type="submit" size="compact-md" variant="default" disabled={busy}>
            {words.take}
          </Button>
        </form>
      </details>
    </>
  );
}

/** How many teams are on duty together, and for which share of the hours; nothing without a roster. */
function crewSizes(shifts: readonly Shift[]): (readonly [teams: number, hours: number])[] {
  const sizes = new Map<number, number>();
  for (const { teamIds, hours } of shifts)
    if (teamIds) sizes.set(teamIds.length, (sizes.get(teamIds.length) ?? 0) + hours);
  return [...sizes].toSorted(([, a], [, b]) => b - a);
}

/** Reads the cells again with the figures of the chosen history. */
async function take(basis: Basis): Promise<void> {
  const { detail } = desk();
  setDesk({ basis });
  if (detail) await openEdition(detail.edition.id).catch(sayRefused);
}
