import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { unitsPerDegree } from '../../../shared/rules/cells/ring.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import {
  addVertexAfter,
  bordersBetween,
  dropBorder,
  openBorder,
  placeVertex,
  removeVertex,
  saveBorder,
  useBorder,
} from '../tools/border.ts';
import classes from './side-panel.module.css';

/** A border that two cells share, vertex by vertex; the map offers the same by dragging. */
export function BorderForm() {
  const words = useWords().studio.border;
  const ground = useDesk((state) => state.ground);
  const cursor = useDesk((state) => state.cursor);
  const { arc, after } = useBorder();
  const [neighbour, setNeighbour] = useState<string | null>(null);
  if (!ground) return null;
  const { graph } = ground;
  const [first, end] = cursor === null ? [0, 0] : [graph.offsets[cursor]!, graph.offsets[cursor + 1]!];
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      {cursor !== null && (
        <div className={classes['row']}>
          <Select
            size="xs"
            aria-label={words.neighbour({ code: graph.codes[cursor]!.slice(-6) })}
            placeholder={words.neighbour({ code: graph.codes[cursor]!.slice(-6) })}
            data={Array.from(graph.neighbours.subarray(first, end), (cell) => ({
              value: String(cell),
              label: graph.codes[cell]!.slice(-6),
            }))}
            value={neighbour}
            onChange={setNeighbour}
          />
          <Button
            size="compact-sm"
            variant="default"
            disabled={neighbour === null}
            onClick={() => {
              const [found] = bordersBetween(ground, cursor, Number(neighbour));
              if (found !== undefined) openBorder(ground, found);
            }}
          >
            {words.open}
          </Button>
        </div>
      )}
      {arc !== null && (
        <>
          <ol className={classes['list']} aria-label={words.vertices}>
            {after.map((vertex, i) => (
              <li key={i} className={classes['row']}>
                {(['lng', 'lat'] as const).map((axis, k) => (
                  <NumberInput
                    key={axis}
                    size="xs"
                    w={118}
                    hideControls={false}
                    aria-label={words.coordinate({ axis: words.axes[axis], number: i + 1 })}
                    decimalScale={7}
                    step={0.0001}
                    value={vertex[k]! / unitsPerDegree}
                    onChange={(value) => {
                      if (typeof value !== 'number') return;
                      const [lng, lat] = vertex.map((v) => v / unitsPerDegree) as [number, number];
                      placeVertex(i, k === 0 ? value : lng, k === 1 ? value : lat);
                    }}
                  />
                ))}
                {i < after.length - 1 && (
                  <Button size="compact-xs" variant="default" onClick={() => addVertexAfter(i)}>
                    {words.add}
                  </Button>
                )}
                {i > 0 && i < after.length - 1 && (
                  <Button size="compact-xs" variant="default" onClick={() => removeVertex(i)}>
                    {words.remove}
                  </Button>
                )}
              </li>
            ))}
          </ol>
          <div className={classes['row']}>
            <Button size="compact-md" onClick={() => void saveBorder()}>
              {words.save}
            </Button>
            <Button size="compact-md" variant="default" onClick={dropBorder}>
              {words.drop}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
