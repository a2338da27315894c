import { ActionIcon } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useWords } from '../words/words.tsx';

/** Panels that may stand in a window of their own, on another monitor. */
const poppable = ['queue', 'map', 'units'] as const;
export type Poppable = (typeof poppable)[number];

/** The panel that this window is; null for the whole room. */
export const poppedPanel = (): Poppable | null =>
  poppable.find((panel) => location.pathname === `/console/${panel}`) ?? null;

const windowSize = {
  queue: 'width=460,height=960',
  map: 'width=1280,height=960',
  units: 'width=1200,height=420',
} as const;

/** Opens a panel in its own window; once more brings that window to the front. */
export const popOut = (panel: Poppable): void =>
  window.open(`/console/${panel}`, `grid-${panel}`, `popup,${windowSize[panel]}`)?.focus();

/** The button of a panel's head for a window of its own. */
export function PopButton({ panel }: { readonly panel: Poppable }) {
  const words = useWords().console;
  if (poppedPanel() !== null) return null;
  const label = words.popOut({ panel: words.panels[panel] });
  return (
    <ActionIcon size="sm" variant="default" aria-label={label} title={label} onClick={() => popOut(panel)}>
      <IconExternalLink size={14} />
    </ActionIcon>
  );
}
