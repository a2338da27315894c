/** The product's name and the switches that every door has. */
export const sharedWords = {
  product: 'Grid Dispatch',
  shared: {
    theme: { toLight: 'Switch to light', toDark: 'Switch to dark' },
    broken: { told: 'The page did not open. Nothing written is lost.', again: 'Open again' },
    language: { next: '中文', label: '切换语言 / Switch language' },
  },
};
