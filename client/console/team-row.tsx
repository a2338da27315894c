import { ActionIcon, Menu, Table, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { unitStatusOf, type PositionDoubt } from '../../shared/contract/frame.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import { freshnessLimits } from '../../shared/rules/positions/freshness.ts';
import { useServerNow } from '../live/now.ts';
import { useMay } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import { cellAt } from '../map/cell-at.ts';
import { fixLook } from '../map/unit-track.ts';
import { StatusGlyph } from '../ui/glyphs.tsx';
import { formatAge, formatTimer } from '../words/format.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import { fillLine } from './command-line-handle.ts';
import { showCoverage } from './coverage.ts';
import { mapHandle } from './map-handle.ts';
import { openIncident, useRoom } from './room.ts';
import { noteStep, taskOf, toggleAway } from './team-acts.ts';
import { TrailAsk } from './trail-ask.tsx';
import classes from './unit-board.module.css';

/** A crew on the scene is asked how it is after this long; the server raises the alarm. */
const checkInSeconds = 600;

/** One team of the board. */
export const TeamRow = memo(function TeamRow({ team }: { readonly team: TeamView }) {
  const words = useWords();
  const columns = words.console.units;
  const nowMs = useServerNow();
  const fix = useLive((state) => state.fixes.get(team.id));
  const assignments = useLive((state) => state.picture.assignments);
  const town = useRoom((state) => state.town);
  const selected = useRoom((state) => state.selectedTeam === team.id);
  const set = useRoom((state) => state.set);
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const tasks = [...assignments.values()].filter((one) => one.teamId === team.id && one.endedAt === null);
  const licensed = team.members.filter((member) => member.licensed).length;
  const cell = town && fix?.point ? cellAt(town.cells, fix.point) : null;
  const sinceSeconds = (nowMs - Date.parse(team.statusSince)) / 1000;
  const overTime = team.status === 'on_scene' && sinceSeconds > checkInSeconds;
  return (
    <Table.Tr ref={row} data-selected={selected} data-off={team.status === 'off_duty'}>
      <Table.Td>
        <UnstyledButton
          className={classes['team']}
          aria-pressed={selected}
          onClick={() => set({ selectedTeam: selected ? null : team.id })}
        >
          {team.name}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>
        <span className={classes['status']}>
          <StatusGlyph status={unitStatusOf[team.status]} />
          {team.unavailableReason === null
            ? words.codes.teamStatus[team.status]
            : words.codes.unavailableReason[team.unavailableReason]}
        </span>
      </Table.Td>
      <Table.Td>
        <span className={classes['since']} data-over={overTime} title={overTime ? columns.overTime : ''}>
          {formatTimer(sinceSeconds)}
        </span>
      </Table.Td>
      <Table.Td>
        {tasks.length === 0
          ? columns.none
          : tasks.map(({ incidentId }) => (
              <UnstyledButton
                key={incidentId}
                className={classes['incident']}
                onClick={() => openIncident(incidentId)}
              >
                {incidentId}
              </UnstyledButton>
            ))}
      </Table.Td>
      <Table.Td>
        {team.capacity - team.freeSlots}/{team.capacity}
      </Table.Td>
      <Table.Td>{cell === null ? columns.none : cell.slice(-6)}</Table.Td>
      <Table.Td>
        <span
          data-few={licensed < 2}
          className={classes['crew']}
          title={licensed < 2 ? columns.unlicensed : ''}
        >
          {columns.crewCount({ licensed, auxiliary: team.members.length - licensed })}
        </span>
      </Table.Td>
      <Table.Td>
        {fix ? <Age fixAtMs={fix.fixAtMs} nowMs={nowMs} backlog={fix.backlog} /> : columns.none}
        {fix?.doubt && <DoubtChip doubt={fix.doubt} />}
      </Table.Td>
      <Table.Td>{fix?.battery == null ? columns.none : `${Math.round(fix.battery * 100)}%`}</Table.Td>
      <Table.Td>
        {fix?.source == null ? columns.none : labelOf(words.codes.positionSource, fix.source)}
      </Table.Td>
      <Table.Td>
        <TeamMenu team={team} />
      </Table.Td>
    </Table.Tr>
  );
});

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

/** Why a place may not be trusted, in a word; what to do about it stands in the hint. */
function DoubtChip({ doubt }: { readonly doubt: PositionDoubt }) {
  const words = useWords();
  return (
    <span className={classes['doubt']} title={words.console.units.doubtRemedy[doubt]}>
      {words.console.units.doubts[doubt]}
    </span>
  );
}

function TeamMenu({ team }: { readonly team: TeamView }) {
  const words = useWords().console.units;
  const offline = useLive((state) => state.connection === 'lost');
  const [answers, sets, views] = [useMay('assignment.answer'), useMay('team.status'), useMay('track.view')];
  const decides = useMay('dispatch.decide');
  const [asking, setAsking] = useState(false);
  const task = taskOf(team.id);
  return (
    <>
      <Menu position="left-start" transitionProps={{ duration: 0 }} withinPortal>
        <Menu.Target>
          <ActionIcon size="sm" variant="default" aria-label={words.actsOf({ team: team.name })}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {task && answers && (
            <>
              <Menu.Label>{words.onWord}</Menu.Label>
              {(['accept', 'depart', 'arrive', 'handle'] as const).map((step) => (
                <Menu.Item key={step} disabled={offline} onClick={() => noteStep(team.id, step)}>
                  {words.steps[step]}
                </Menu.Item>
              ))}
            </>
          )}
          {task && (
            <>
              <Menu.Item onClick={() => openIncident(task.incidentId)}>{words.open}</Menu.Item>
              <Menu.Divider />
            </>
          )}
          {!task && sets && team.status !== 'off_duty' && (
            <Menu.Item disabled={offline} onClick={() => toggleAway(team.id)}>
              {team.status === 'unavailable' ? words.available : words.away}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => mapHandle()?.flyToUnit('team', team.id)}>{words.show}</Menu.Item>
          <Menu.Item onClick={() => void showCoverage(team.id)}>{words.coverage}</Menu.Item>
          {views && <Menu.Item onClick={() => setAsking(true)}>{words.trail}</Menu.Item>}
          {decides && <Menu.Item onClick={() => fillLine(`MSG ${team.code} `)}>{words.message}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {asking && <TrailAsk team={team} close={() => setAsking(false)} />}
    </>
  );
}
