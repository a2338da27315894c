/* oxlint-disable jsx-a11y/prefer-tag-over-role -- progress is told as it comes */
import { Button, NumberInput, Progress, Slider } from '@mantine/core';
import { useState } from 'react';
import type { CellId } from '../../../shared/contract/ids.ts';
import { useWords } from '../../words/words.tsx';
import { accept, reject } from '../acts.ts';
import { useDesk, zoneNumber } from '../desk.ts';
import { choosePoint, startDesign, stopDesign, useDesign } from '../jobs/design.ts';
import { CurveChart } from './curve-chart.tsx';
import { percent } from './figures.ts';
import classes from './side-panel.module.css';
import { Heads } from './heads.tsx';

/** Balance by machine: from scratch, or along the curve of least change; the result waits as a pending selection. */
export function ProposalTab() {
  const words = useWords().studio.proposal;
  const draft = useDesk((state) => state.sync !== null);
  const band = useDesk((state) => state.ground?.studio.settings.tolerance ?? 0.05);
  const { running, fraction, deviation, compactness, drawn } = useDesign();
  const [seed, setSeed] = useState<number>(1);
  const [tolerance, setTolerance] = useState(Math.min(3.5, band * 100));
  if (!draft) return <p className={classes['muted']}>{words.needsDraft}</p>;
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <div className={classes['row']}>
        <NumberInput
          size="xs"
          w={130}
          label={words.tolerance}
          suffix=" %"
          min={0.5}
          max={50}
          step={0.5}
          value={tolerance}
          onChange={(value) => typeof value === 'number' && setTolerance(value)}
        />
        <NumberInput
          size="xs"
          w={130}
          label={words.seed}
          min={0}
          max={4_294_967_295}
          value={seed}
          onChange={(value) => typeof value === 'number' && setSeed(value)}
        />
      </div>
      <div className={classes['row']} style={{ marginTop: 10 }}>
        <Button
          size="compact-md"
          disabled={running !== null}
          onClick={() => startDesign('curve', seed, tolerance / 100)}
        >
          {words.curve}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          disabled={running !== null}
          onClick={() => startDesign('redraw', seed, tolerance / 100)}
        >
          {words.redraw}
        </Button>
        {running !== null && (
          <Button size="compact-md" variant="default" onClick={stopDesign}>
            {words.cancel}
          </Button>
        )}
      </div>
      {running !== null && (
        <div role="status">
          <Progress mt={10} value={fraction * 100} aria-label={words.progress} />
          <p>
            {words.running({
              percent: Math.round(fraction * 100),
              deviation: deviation === null ? '—' : percent(deviation),
              compactness: compactness === null ? '—' : compactness.toFixed(2),
            })}
          </p>
        </div>
      )}
      {drawn && (
        <p role="status">
          {words.drawn({
            deviation: (drawn.deviation * 100).toFixed(1),
            compactness: drawn.compactness.toFixed(2),
            cells: drawn.cells,
          })}
        </p>
      )}
      <Curve />
      <Explained />
    </>
  );
}

/** From "keep almost everything" to "redraw": only points that no other beats. */
function Curve() {
  const words = useWords().studio.proposal;
  const points = useDesign((state) => state.points);
  const chosen = useDesign((state) => state.chosen);
  if (points.length === 0) return null;
  const at = chosen ?? 0;
  const text = (i: number): string => {
    const point = points[i];
    return point
      ? words.point({
          cells: point.cellsMoved,
          load: (point.loadMoved * 100).toFixed(1),
          deviation: (point.deviation * 100).toFixed(1),
          compactness: point.compactness.toFixed(2),
        })
      : '';
  };
  return (
    <>
      <h2>{words.leastChange}</h2>
      <CurveChart points={points} chosen={chosen} />
      <div className={classes['row']}>
        <span>{words.keep}</span>
        <Slider
          style={{ flex: 1 }}
          min={0}
          max={points.length - 1}
          step={1}
          value={at}
          label={null}
          thumbLabel={words.leastChange}
          thumbProps={{ 'aria-valuetext': text(at) }}
          onChange={choosePoint}
        />
        <span>{words.more}</span>
      </div>
      <p aria-live="polite">{chosen === null ? words.chooseOne : text(at)}</p>
      <details>
        <summary>{words.table}</summary>
        <table className={classes['table']}>
          <Heads of={words.heads} />
          <tbody>
            {points.map((point, i) => (
              <tr key={`${point.delta}-${point.loadMoved}`}>
                <td>
                  <Button
                    size="compact-xs"
                    variant={i === chosen ? 'filled' : 'default'}
                    aria-pressed={i === chosen}
                    onClick={() => choosePoint(i)}
                  >
                    {words.cells({ cells: point.cellsMoved })}
                  </Button>
                </td>
                <td>{(point.loadMoved * 100).toFixed(1)} %</td>
                <td>{(point.deviation * 100).toFixed(1)} %</td>
                <td>{point.compactness.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

/** The proposal as moves: each can be taken or left by itself. */
function Explained() {
  const words = useWords().studio.proposal;
  const pending = useDesk((state) => state.pending);
  const source = useDesk((state) => state.pendingSource);
  const ground = useDesk((state) => state.ground);
  const plan = useDesk((state) => state.sync?.view.assignment);
  if (source === 'selection' || pending.size === 0 || !ground || !plan) return null;
  const moves = new Map<string, { from: string; to: string; cellIds: CellId[] }>();
  for (const { cellId, zoneId } of pending.values()) {
    const was = plan[ground.graph.indexOf.get(cellId) ?? -1] ?? 0;
    const key = `${was}>${zoneId}`;
    const move = moves.get(key) ?? { from: zoneNumber(was), to: zoneNumber(zoneId), cellIds: [] };
    move.cellIds.push(cellId);
    moves.set(key, move);
  }
  return (
    <>
      <h2>{words.explain({ cells: pending.size })}</h2>
      <ul className={classes['list']} aria-label={words.explain({ cells: pending.size })}>
        {[...moves].map(([key, move]) => (
          <li key={key}>
            {words.move({
              cells: move.cellIds
                .map((id) => ground.graph.codes[ground.graph.indexOf.get(id) ?? -1]?.slice(-6) ?? id)
                .join(', '),
              count: move.cellIds.length,
              from: move.from,
              to: move.to,
            })}{' '}
            <Button size="compact-xs" onClick={() => accept(move.cellIds)}>
              {words.takePart}
            </Button>{' '}
            <Button size="compact-xs" variant="default" onClick={() => reject(move.cellIds)}>
              {words.leavePart}
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes['row']}>
        <Button size="compact-md" onClick={() => accept()}>
          {words.takeAll}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => reject()}>
          {words.leaveAll}
        </Button>
      </div>
    </>
  );
}
