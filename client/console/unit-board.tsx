import { Table, UnstyledButton } from '@mantine/core';
import { unitStatusOf } from '../../shared/contract/frame.ts';
import { freshnessLimits } from '../../shared/rules/positions/freshness.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import { useServerNow } from '../live/now.ts';
import { useLive } from '../live/store.ts';
import { fixLook } from '../map/unit-track.ts';
import { StatusGlyph } from '../ui/glyphs.tsx';
import { formatAge, formatTimer } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import { PanelHead } from './panel-head.tsx';
import { useRoom } from './room.ts';
import classes from './unit-board.module.css';

/** Every team with what it does and how fresh its place is. */
export function UnitBoard() {
  const words = useWords().console;
  const teams = useLive((state) => state.picture.teams);
  const rows = [...teams.values()].sort(
    (a, b) =>
      Number(a.status === 'off_duty') - Number(b.status === 'off_duty') ||
      a.code.localeCompare(b.code, undefined, { numeric: true }),
  );
  const onDuty = rows.filter((team) => team.status !== 'off_duty').length;
  const columns = words.units;
  return (
    <>
      <PanelHead title={words.panels.units} aside={words.header.onDuty({ teams: onDuty })} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys */}
      <section className={classes['scroller']} tabIndex={0} data-panel-focus aria-label={words.panels.units}>
        <Table stickyHeader verticalSpacing={3} horizontalSpacing="sm" className={classes['table'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {[
                columns.team,
                columns.status,
                columns.since,
                columns.incident,
                columns.load,
                columns.crew,
                columns.position,
                columns.battery,
                columns.source,
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
        {rows.length === 0 && <p className={classes['empty']}>{columns.empty}</p>}
      </section>
    </>
  );
}

function TeamRow({ team }: { readonly team: TeamView }) {
  const words = useWords();
  const columns = words.console.units;
  const nowMs = useServerNow();
  const fix = useLive((state) => state.fixes.get(team.id));
  const incidentId = useLive((state) => {
    const active = team.assignmentIds[0];
    return active === undefined ? undefined : state.picture.assignments.get(active)?.incidentId;
  });
  const selected = useRoom((state) => state.selectedTeam === team.id);
  const set = useRoom((state) => state.set);
  const licensed = team.members.filter((member) => member.licensed).length;
  return (
    <Table.Tr data-selected={selected} data-off={team.status === 'off_duty'}>
      <Table.Td>
        <UnstyledButton
          className={classes['team']}
          aria-pressed={selected}
          onClick={() => set({ selectedTeam: selected ? null : team.id })}
        >
          {team.code}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <span className={classes['status']}>
          <StatusGlyph status={unitStatusOf[team.status]} />
          {words.codes.teamStatus[team.status]}
        </span>
      </Table.Td>
      <Table.Td>{formatTimer((nowMs - Date.parse(team.statusSince)) / 1000)}</Table.Td>
      <Table.Td>{incidentId ?? columns.none}</Table.Td>
      <Table.Td>
        {team.capacity - team.freeSlots}/{team.capacity}
      </Table.Td>
      <Table.Td>{columns.crewCount({ licensed, auxiliary: team.members.length - licensed })}</Table.Td>
      <Table.Td>
        {fix ? <Age fixAtMs={fix.fixAtMs} nowMs={nowMs} backlog={fix.backlog} /> : columns.never}
      </Table.Td>
      <Table.Td>{fix?.battery == null ? columns.none : `${Math.round(fix.battery * 100)}%`}</Table.Td>
      <Table.Td>{fix?.source ?? columns.none}</Table.Td>
    </Table.Tr>
  );
}

/** Age of a place with its class in words. */
function Age(props: { readonly fixAtMs: number; readonly nowMs: number; readonly backlog: boolean }) {
  const words = useWords().console.units;
  const look = fixLook(props.fixAtMs, props.nowMs, props.backlog, freshnessLimits);
  const name = look === 'backlog' ? words.catchingUp : words.freshness[look];
  return (
    <span className={classes['age']} data-freshness={look}>
      {formatAge((props.nowMs - props.fixAtMs) / 1000)} {name}
    </span>
  );
}
