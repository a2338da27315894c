import { Button, MultiSelect } from '@mantine/core';
import { useState } from 'react';
import type { TeamId, ZoneId } from '../../../shared/contract/ids.ts';
import type { ZoneTeam } from '../../../shared/contract/editions.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { desk, useDesk, zoneNumber } from '../desk.ts';
import { say, sayRefused, sentenceOfCode, wordsNow } from '../say.ts';
import { readAgain } from '../session.ts';
import { exactHypercube } from '../../../shared/rules/forecast/exact.ts';
import { forecastOf } from '../core/outlook.ts';
import type { PlanPicture } from '../core/picture.ts';
import { finePercent } from './figures.ts';
import { Heads } from './heads.tsx';
import classes from './side-panel.module.css';

/** The exact model has 2^N states: up to so many teams it answers while one waits, within a tenth of a second. */
const mostExact = 12;

/** Which teams serve which zone, in the order in which they are asked; the forecast share of time each is busy. */
export function TeamsTab() {
  const words = useWords().studio.teams;
  const ground = useDesk((state) => state.ground);
  const detail = useDesk((state) => state.detail);
  const picture = useDesk((state) => state.picture);
  const outlook = useDesk((state) => state.outlook);
  const draft = useDesk((state) => state.sync !== null);
  const [changed, setChanged] = useState<ReadonlyMap<ZoneId, readonly string[]>>(new Map());
  const [solved, setSolved] = useState<{ picture: PlanPicture; workloads: Float64Array } | null>(null);
  if (!ground || !detail || !picture) return null;
  // the exact result is of one plan only
  const exact = solved?.picture === picture ? solved.workloads : null;
  const teamsOf = (zoneId: ZoneId): string[] => [
    ...(changed.get(zoneId) ??
      detail.teams
        .filter((one) => one.zoneId === zoneId)
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ teamId }) => String(teamId))),
  ];
  const data = ground.studio.teams.map((team) => ({ value: String(team.id), label: team.code }));
  const busy = picture.forecast?.ok ? picture.forecast.forecast.workloads : null;
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <div className={classes['form']}>
        {picture.zoneIds.map((zoneId) => (
          <MultiSelect
            key={zoneId}
            size="xs"
            label={words.zone({ zone: zoneNumber(zoneId) })}
            data={data}
            value={teamsOf(zoneId)}
            disabled={!draft}
            searchable
            onChange={(value) => setChanged(new Map(changed).set(zoneId, value))}
          />
        ))}
        {draft && (
          <Button
            disabled={changed.size === 0}
            onClick={() =>
              void save(picture.zoneIds.flatMap((zoneId) => ranked(zoneId, teamsOf(zoneId)))).then(() =>
                setChanged(new Map()),
              )
            }
          >
            {words.save}
          </Button>
        )}
      </div>
      {busy && outlook && (
        <>
          <h2>{words.busy}</h2>
          <table className={classes['table']}>
            <Heads of={[words.team, words.approximate, ...(exact ? [words.exact] : [])]} />
            <tbody>
              {outlook.teamIds.map((id, n) => (
                <tr key={id}>
                  <th scope="row">{ground.teamCodes.get(id)}</th>
                  <td>{finePercent(busy[n]!)}</td>
                  {exact && <td>{finePercent(exact[n]!)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {Math.max(...outlook.crews.map(({ numbers }) => numbers.length)) <= mostExact ? (
            <Button
              size="compact-md"
              variant="default"
              onClick={() => {
                const outcome = forecastOf(outlook, picture.assignment, picture.zoneIds, exactHypercube);
                if (outcome.ok) setSolved({ picture, workloads: outcome.forecast.workloads });
                else say(sentenceOfCode(outcome.refusal), 'refused');
              }}
            >
              {words.solve}
            </Button>
          ) : (
            <p className={classes['muted']}>{words.tooMany({ teams: mostExact })}</p>
          )}
        </>
      )}
    </>
  );
}

const ranked = (zoneId: ZoneId, teamIds: readonly string[]): ZoneTeam[] =>
  teamIds.slice(0, 9).map((id, i) => ({ zoneId, teamId: Number(id) as TeamId, rank: i + 1 }));

async function save(teams: readonly ZoneTeam[]): Promise<void> {
  const { detail } = desk();
  if (!detail) return;
  try {
    await call('setDraftTeams', { params: { editionId: detail.edition.id }, body: { teams: [...teams] } });
    await readAgain();
    say(wordsNow().studio.teams.saved);
  } catch (error) {
    sayRefused(error);
  }
}
