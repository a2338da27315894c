/**
 * Map labels are drawn from the fonts of the machine: a style without `glyphs` asks no server.
 * MapLibre reads the weight out of the first name.
 */
const families = ['Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'sans-serif'];

export const labelFont: string[] = families;
export const boldLabelFont: string[] = ['Noto Sans CJK SC Bold', ...families];
