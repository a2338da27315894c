import type { Role } from '../../shared/contract/roles.ts';

/** Sign-ins of the demo town. They are made only in the embedded demo; a real database never has them. */
export const demoSignIns: readonly { role: Role; name: string; password: string; door: string }[] = [
  { role: 'dispatcher', name: 'dispatcher', password: 'cicheng-demo-room', door: '/console' },
  { role: 'officer', name: 'T01-A-1', password: 'cicheng-demo-street', door: '/officer' },
  { role: 'planner', name: 'planner', password: 'cicheng-demo-plan', door: '/studio' },
  { role: 'administrator', name: 'administrator', password: 'cicheng-demo-admin', door: '/admin' },
];

/** Password of every other person of the street in the demo town, used by the simulator's phones. */
export const demoStreetPassword = 'cicheng-demo-street';
