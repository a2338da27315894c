/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- rows are drawn as they come into view, which a table element cannot do */
import { Button, TextInput } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { CellId, ZoneId } from '../../../shared/contract/ids.ts';
import { useWords } from '../../words/words.tsx';
import { paintCells, toggleCell } from '../acts.ts';
import { setDesk, useDesk } from '../desk.ts';
import { studioMap } from '../map-handle.ts';
import { joinPending } from '../run-key.ts';
import classes from './bottom-panel.module.css';

const rowPixels = 32;

/** Every cell with its zone: choose cells, choose a zone, done. The whole of painting without a pointer. */
export function CellsTab() {
  const words = useWords().studio.cells;
  const ground = useDesk((state) => state.ground);
  const picture = useDesk((state) => state.picture);
  const zones = useDesk((state) => state.zones);
  const zoneId = useDesk((state) => state.zoneId);
  const pending = useDesk((state) => state.pending);
  const draft = useDesk((state) => state.sync !== null);
  const [filter, setFilter] = useState('');
  const scroll = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => {
    if (!ground || !picture) return [];
    const text = filter.trim();
    return [...ground.graph.cellIds.keys()].filter((cell) => {
      if (text === '') return true;
      const village = ground.villageNames.get(ground.graph.villages[cell]!) ?? '';
      const number = zones.get(picture.assignment[cell] as ZoneId)?.number;
      return ground.graph.codes[cell]!.includes(text) || village.includes(text) || `#${number}` === text;
    });
  }, [ground, picture, zones, filter]);
  // oxlint-disable-next-line react/incompatible-library -- the rows are drawn here, none is handed on
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowPixels,
    overscan: 8,
  });
  if (!ground || !picture) return null;
  const chosen = [...pending.keys()];
  const zoneText = words.target({ zone: zones.get(zoneId as ZoneId)?.number ?? '—' });
  return (
    <>
      <div className={classes['acts']}>
        <TextInput
          size="xs"
          w={240}
          aria-label={words.filter}
          placeholder={words.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Button
          size="compact-sm"
          disabled={chosen.length === 0}
          onClick={() => {
            setDesk({ pending: new Map() });
            paintCells(chosen, zoneId);
          }}
        >
          {words.give({ cells: chosen.length })} {zoneText}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={chosen.length < 2}
          onClick={() => void joinPending(villageOfAll(chosen))}
        >
          {words.join({ cells: chosen.length })}
        </Button>
        {draft && (
          <Button size="compact-sm" variant="default" onClick={() => setDesk({ dialog: 'renumber' })}>
            {words.renumber}
          </Button>
        )}
      </div>
      <div
        ref={scroll}
        style={{ height: 'calc(100% - 46px)', overflow: 'auto' }}
        role="table"
        aria-label={words.title}
        aria-rowcount={shown.length + 1}
        tabIndex={0}
      >
        <div className={classes['grid']} data-head role="row">
          {words.heads.map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="rowgroup">
          {rows.getVirtualItems().map((item) => {
            const cell = shown[item.index]!;
            return (
              <div
                key={ground.graph.cellIds[cell]}
                style={{
                  position: 'absolute',
                  top: 0,
                  width: '100%',
                  transform: `translateY(${item.start}px)`,
                }}
                role="presentation"
              >
                <CellRow cell={cell} index={item.index + 2} />
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}

/** The village of the result when cells of several are joined: that of the first. */
function villageOfAll(cellIds: readonly CellId[]): string | undefined {
  const { ground } = useDesk.getState();
  const villages = cellIds.flatMap((id) => {
    const cell = ground?.graph.indexOf.get(id);
    return cell === undefined ? [] : [ground!.graph.villages[cell]!];
  });
  return new Set(villages).size > 1 ? villages[0] : undefined;
}

function CellRow({ cell, index }: { readonly cell: number; readonly index: number }) {
  const words = useWords().studio.cells;
  const ground = useDesk((state) => state.ground)!;
  const picture = useDesk((state) => state.picture)!;
  const zones = useDesk((state) => state.zones);
  const draft = useDesk((state) => state.sync !== null);
  const cursor = useDesk((state) => state.cursor === cell);
  const { graph } = ground;
  const id = graph.cellIds[cell]!;
  const checked = useDesk((state) => state.pending.has(id));
  const code = graph.codes[cell]!.slice(-6);
  const zone = picture.assignment[cell]!;
  return (
    <div className={classes['grid']} role="row" aria-rowindex={index} data-cursor={cursor}>
      <span role="cell">
        <input
          type="checkbox"
          disabled={!draft}
          aria-label={words.choose({ code })}
          checked={checked}
          onChange={() => toggleCell(id)}
        />
      </span>
      <span role="cell">{code}</span>
      <span role="cell">{ground.villageNames.get(graph.villages[cell]!) ?? graph.villages[cell]}</span>
      <span role="cell">{graph.incidents[cell]!.toFixed(1)}</span>
      <span role="cell">{graph.workloadHours[cell]!.toFixed(1)}</span>
      <span role="cell">{(graph.squareMetres[cell]! / 1e6).toFixed(3)}</span>
      <span role="cell">{Math.round(graph.population[cell]!)}</span>
      <span role="cell">
        <select
          className={classes['native']}
          disabled={!draft}
          aria-label={words.zoneOf({ code })}
          value={String(zone)}
          onChange={(event) => {
            const wanted = Number(event.currentTarget.value);
            paintCells([id], wanted === 0 ? null : (wanted as ZoneId));
          }}
        >
          <option value="0">{words.noZone}</option>
          {picture.zoneIds.map((one) => (
            <option key={one} value={String(one)}>
              {zones.get(one)?.number ?? one}
            </option>
          ))}
        </select>{' '}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setDesk({ cursor: cell });
            studioMap()?.showCells([cell]);
          }}
        >
          {words.show}
        </Button>
      </span>
    </div>
  );
}
