import type { signInWords as zhWords } from './zh-CN-sign-in.ts';

/** Sentences of the sign-in, in English. */
export const signInWords: typeof zhWords = {
  asking: 'Opening',
  away: 'The server does not answer; trying again by itself',
  purpose: 'Grid patrol and enforcement dispatch',
  name: 'User name',
  password: 'Password',
  showPassword: 'Show or hide the password',
  enter: 'Sign in',
  demo: 'Sign-ins of the demo town',
  demoNote: 'All data are synthetic and the passwords public: one click enters.',
  roles: {
    dispatcher: 'Dispatcher',
    leader: 'Team leader',
    officer: 'Enforcement officer',
    auxiliary: 'Auxiliary',
    gridWorker: 'Grid worker',
    planner: 'Planner',
    head: 'Head of the organ',
    legalReviewer: 'Legal reviewer',
    auditor: 'Auditor',
    administrator: 'Administrator',
    system: 'System',
    public: 'Public',
  },
  ended: {
    login_ended: 'Your sign-in has ended. Please sign in again.',
    role_changed: 'Your post has changed. Please sign in again.',
    sockets: 'Too many windows of this user are open elsewhere; this one was closed.',
    flood: 'This window sent too much and was disconnected.',
  },
};
