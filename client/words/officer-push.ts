/** What a notification of an offer says; the worker of the officer's door has no other words. */
export const pushWords = {
  'zh-CN': {
    title: (v: { priority: number; matter: string }) => `新任务 P${v.priority} · ${v.matter}`,
    body: (v: { team: string; address: string }) => `${v.team} · ${v.address || '未填地址'} · 请打开应答`,
  },
  en: {
    title: (v: { priority: number; matter: string }) => `New task P${v.priority} · ${v.matter}`,
    body: (v: { team: string; address: string }) =>
      `${v.team} · ${v.address || 'no address'} · open to answer`,
  },
} as const;
