/** What the system has for Chinese first: no font travels over the wire. */
export const fontFamily =
  '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "HarmonyOS Sans SC", system-ui, sans-serif';
