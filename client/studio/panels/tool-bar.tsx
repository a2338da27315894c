/* oxlint-disable jsx-a11y/prefer-tag-over-role -- groups of buttons in a toolbar, no fields */
import { Button, Select } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsSplit2,
  IconBrush,
  IconHandClick,
  IconHome,
  IconLasso,
  IconLock,
  IconPencil,
  IconRectangle,
  IconSlice,
  IconArrowMerge,
  IconColumns2,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ZoneId } from '../../../shared/contract/ids.ts';
import { useSession } from '../../live/session.ts';
import { useWords } from '../../words/words.tsx';
import { accept, chooseZone, halveZone, reject, toggleAllLocks, toggleLock, turnBack } from '../acts.ts';
import { turnsOf } from '../core/history-stack.ts';
import { setDesk, tools, useDesk, type Tool } from '../desk.ts';
import { nextProblem } from '../problem-acts.ts';
import { takeTool } from '../run-key.ts';
import { Swatch } from './swatch.tsx';
import classes from './tool-bar.module.css';

const icons: Readonly<Record<Tool, ReactNode>> = {
  select: <IconHandClick size={16} />,
  brush: <IconBrush size={16} />,
  rectangle: <IconRectangle size={16} />,
  lasso: <IconLasso size={16} />,
  village: <IconHome size={16} />,
  cut: <IconSlice size={16} />,
  border: <IconPencil size={16} />,
};
const keys: Readonly<Record<Tool, string>> = {
  select: 'V',
  brush: 'B',
  rectangle: 'R',
  lasso: 'L',
  village: 'W',
  cut: 'S',
  border: 'E',
};

/** Tools, the zone under the brush, what waits for a decision, undo and compare. */
export function ToolBar() {
  const words = useWords().studio;
  const tool = useDesk((state) => state.tool);
  const draft = useDesk((state) => state.sync !== null);
  return (
    <div className={classes['bar']} role="toolbar" aria-label={words.panels.tools}>
      <div className={classes['group']} role="group" aria-label={words.tools.label}>
        {tools.map((one) => (
          <Button
            key={one}
            size="compact-md"
            variant={tool === one ? 'filled' : 'default'}
            aria-pressed={tool === one}
            disabled={!draft && one !== 'select'}
            leftSection={icons[one]}
            onClick={() => takeTool(one)}
          >
            {words.tools[one]} <kbd className={classes['key']}>{keys[one]}</kbd>
          </Button>
        ))}
      </div>
      <BrushSize />
      <ZoneUnderBrush />
      {draft && <Pending />}
      {draft && <ZoneActs />}
      <Turns />
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconColumns2 size={16} />}
        onClick={() => setDesk({ comparing: !useDesk.getState().comparing })}
      >
        {words.acts.compare} <kbd className={classes['key']}>C</kbd>
      </Button>
      <Button size="compact-md" variant="default" onClick={() => nextProblem(1)}>
        {words.acts.nextProblem} <kbd className={classes['key']}>N</kbd>
      </Button>
    </div>
  );
}

function BrushSize() {
  const words = useWords().studio.tools;
  const tool = useDesk((state) => state.tool);
  const size = useDesk((state) => state.brushSize);
  if (tool !== 'brush') return null;
  const change = (by: number) => setDesk({ brushSize: Math.min(5, Math.max(1, size + by)) });
  return (
    <div className={classes['group']} role="group" aria-label={words.size({ size })}>
      <Button size="compact-md" variant="default" aria-label={words.smaller} onClick={() => change(-1)}>
        −
      </Button>
      <span className={classes['size']}>{words.size({ size })}</span>
      <Button size="compact-md" variant="default" aria-label={words.larger} onClick={() => change(1)}>
        +
      </Button>
    </div>
  );
}

const nobody = 'none';

function ZoneUnderBrush() {
  const words = useWords().studio;
  const zoneId = useDesk((state) => state.zoneId);
  const picture = useDesk((state) => state.picture);
  const zones = useDesk((state) => state.zones);
  const draft = useDesk((state) => state.sync !== null);
  if (!picture) return null;
  const data = [
    ...picture.zoneIds.map((id) => ({
      value: String(id),
      label: words.zones.option({ number: zones.get(id)?.number ?? '', name: zones.get(id)?.name ?? '' }),
    })),
    { value: nobody, label: words.zones.none },
  ];
  return (
    <Select
      className={classes['zone'] ?? ''}
      size="sm"
      aria-label={draft ? words.tools.zone : words.tools.zoneShown}
      leftSection={<Swatch zoneId={zoneId} />}
      data={data}
      value={zoneId === null ? nobody : String(zoneId)}
      allowDeselect={false}
      searchable
      onChange={(value) => value !== null && chooseZone(value === nobody ? null : (Number(value) as ZoneId))}
    />
  );
}

function Pending() {
  const words = useWords().studio.acts;
  const count = useDesk((state) => state.pending.size);
  return (
    <div className={classes['group']} role="group" aria-label={words.pending({ cells: count })}>
      <Button size="compact-md" disabled={count === 0} onClick={() => accept()}>
        {words.accept({ cells: count })} <kbd className={classes['key']}>A</kbd>
      </Button>
      <Button size="compact-md" variant="default" disabled={count === 0} onClick={() => reject()}>
        {words.reject} <kbd className={classes['key']}>⌫</kbd>
      </Button>
    </div>
  );
}

function ZoneActs() {
  const words = useWords().studio.acts;
  const zoneId = useDesk((state) => state.zoneId);
  const locked = useDesk(
    (state) => state.zoneId !== null && (state.sync?.view.locked.has(state.zoneId) ?? false),
  );
  return (
    <div className={classes['group']} role="group" aria-label={words.zoneActs}>
      <Button
        size="compact-md"
        variant="default"
        disabled={zoneId === null}
        aria-pressed={locked}
        leftSection={<IconLock size={16} />}
        onClick={toggleLock}
      >
        {locked ? words.unlock : words.lock} <kbd className={classes['key']}>X</kbd>
      </Button>
      <Button size="compact-md" variant="default" onClick={toggleAllLocks}>
        {words.lockAll} <kbd className={classes['key']}>⇧X</kbd>
      </Button>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconArrowMerge size={16} />}
        onClick={() => setDesk({ dialog: 'merge' })}
      >
        {words.joinZones} <kbd className={classes['key']}>M</kbd>
      </Button>
      <Button
        size="compact-md"
        variant="default"
        disabled={zoneId === null}
        leftSection={<IconArrowsSplit2 size={16} />}
        onClick={() => zoneId !== null && void halveZone(zoneId)}
      >
        {words.halve} <kbd className={classes['key']}>⇧M</kbd>
      </Button>
    </div>
  );
}

function Turns() {
  const words = useWords().studio.acts;
  const sync = useDesk((state) => state.sync);
  const log = useDesk((state) => state.log);
  const author = useSession((session) => session.me?.personId ?? 0);
  const busy = useDesk((state) => state.busy);
  if (!sync) return null;
  const turns = turnsOf(log, sync.pending, author);
  return (
    <div className={classes['group']} role="group" aria-label={words.turns}>
      <Button
        size="compact-md"
        variant="default"
        disabled={busy || !turns.undo}
        leftSection={<IconArrowBackUp size={16} />}
        onClick={() => turnBack(false)}
      >
        {words.undo}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        disabled={busy || !turns.redo}
        leftSection={<IconArrowForwardUp size={16} />}
        onClick={() => turnBack(true)}
      >
        {words.redo}
      </Button>
    </div>
  );
}
