/** The product's name and the switches that every door has. */
export const sharedWords = {
  product: '网格派遣',
  shared: {
    theme: { toLight: '换成浅色', toDark: '换成深色' },
    language: { next: 'English', label: '切换语言 / Switch language' },
  },
};
