import type { adminWords as zh } from './zh-CN-admin.ts';

export const adminWords: typeof zh = {
  title: 'Administration',
  signOut: 'Sign out',
  forbidden: 'Your role may not administer the system. Sign in as an administrator.',
  policy: {
    title: 'Dispatch policy',
    note: 'Policy is data: each change becomes a new version, stands in the ledger, and holds from the next decision on.',
    version: (version, hash) => `Version ${version} · ${hash.slice(0, 12)}`,
    mode: 'First choice',
    modes: { auto: 'Automatic: sent when filed', assist: 'Assist: the dispatcher chooses' },
    answer: (priority) => `P${priority} time to answer (s)`,
    radius: (round) => `Search radius of round ${round} (m, empty: whole town)`,
    cap: 'Own zone first: another team must be faster by (s, empty: own zone always)',
    hysteresis: 'A switch on the way must gain at least (s)',
    rematch: 'Switching teams on the way',
    rematches: { off: 'Off', proposal: 'Propose after acceptance', automatic: 'Automatic' },
    gain: 'Better-team alert from a gain of (s)',
    dark: 'Position counts as dark after (s)',
    accuracy: 'Worst accuracy of a position (m)',
    all: 'All settings (JSON)',
    save: 'Save as a new version',
    saved: (version) => `Saved as version ${version}`,
    notJson: 'The JSON cannot be read; check brackets and commas.',
  },
  ledger: {
    title: 'Ledger',
    note: 'Checks every number, text and link of the hash chain.',
    verify: 'Verify the ledger',
    whole: (facts) => `Whole: ${facts.toLocaleString('en')} facts, numbered without a gap, every hash right.`,
    broken: (faults) => `${faults} faults found:`,
  },
};
