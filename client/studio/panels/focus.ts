/** Panels that F6 walks through, in order. */
export const panels = ['tools', 'zones', 'map', 'side', 'bottom'] as const;
export type PanelName = (typeof panels)[number];

/** Moves the focus to the next panel. */
export function focusNextPanel(): void {
  const name = document.activeElement?.closest<HTMLElement>('[data-panel]')?.dataset['panel'];
  const at = panels.findIndex((panel) => panel === name);
  const next = panels[(at + 1) % panels.length]!;
  const element = document.querySelector<HTMLElement>(`[data-panel="${next}"]`);
  (element?.querySelector<HTMLElement>('[data-panel-focus]') ?? element)?.focus();
}
