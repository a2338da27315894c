/** The product's name and the switches that every door has. */
export const sharedWords = {
  product: '网格派遣',
  shared: {
    theme: { toLight: '换成浅色', toDark: '换成深色' },
    broken: { told: '页面没有打开，已填内容不丢失。', again: '重新打开' },
    language: { next: 'English', label: '切换语言 / Switch language' },
  },
};
