import { Switch, Table } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { TeamView } from '../../shared/contract/teams.ts';
import { useLive } from '../live/store.ts';
import { isComposition } from '../ui/keys.ts';
import { useWords } from '../words/words.tsx';
import { PanelHead } from './panel-head.tsx';
import { PopButton } from './pop-button.tsx';
import { useRoom } from './room.ts';
import { teamKey } from './team-acts.ts';
import { TeamRow } from './team-row.tsx';
import { WhenTold } from './untold.tsx';
import classes from './unit-board.module.css';

/** Teams on duty first, then by code. */
function boardOrder(teams: Iterable<TeamView>): TeamView[] {
  return [...teams].sort(
    (a, b) =>
      Number(a.status === 'off_duty') - Number(b.status === 'off_duty') ||
      a.code.localeCompare(b.code, undefined, { numeric: true }),
  );
}

/** Every team with what it does and how fresh its place is. */
export function UnitBoard() {
  const words = useWords().console;
  const teams = useLive((state) => state.picture.teams);
  const [onDutyOnly, setOnDutyOnly] = useState(true);
  const all = boardOrder(teams.values());
  const onDuty = all.filter((team) => team.status !== 'off_duty');
  const rows = onDutyOnly ? onDuty : all;
  const columns = words.units;
  function onKeyDown(event: KeyboardEvent) {
    if (isComposition(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.closest('[role="menu"], input')) return;
    const { selectedTeam, set } = useRoom.getState();
    const at = rows.findIndex(({ id }) => id === selectedTeam);
    const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
    const done =
      step !== 0
        ? rows.length > 0 &&
          (set({ selectedTeam: rows[Math.min(rows.length - 1, Math.max(0, at + step))]!.id }), true)
        : selectedTeam !== null && teamKey(event.code, selectedTeam);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <>
      <PanelHead
        title={words.panels.units}
        aside={
          <>
            <Switch
              size="xs"
              label={columns.onDutyOnly}
              checked={onDutyOnly}
              onChange={(event) => setOnDutyOnly(event.currentTarget.checked)}
            />
            {words.header.onDuty({ teams: onDuty.length })}
            <PopButton panel="units" />
          </>
        }
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- rows are walked by arrow keys, as in the queue */}
      <section
        className={classes['scroller']}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        tabIndex={0}
        data-panel-focus
        aria-label={words.panels.units}
        title={columns.keys}
        onKeyDown={onKeyDown}
      >
        <Table stickyHeader verticalSpacing={3} horizontalSpacing="sm" className={classes['table'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {[
                columns.team,
                columns.status,
                columns.since,
                columns.incident,
                columns.load,
                columns.cell,
                columns.crew,
                columns.position,
                columns.battery,
                columns.source,
                columns.acts,
              ].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((team) => (
              <TeamRow key={team.id} team={team} />
            ))}
          </Table.Tbody>
        </Table>
        {rows.length === 0 && (
          <p className={classes['empty']}>
            <WhenTold>{columns.empty}</WhenTold>
          </p>
        )}
      </section>
    </>
  );
}
