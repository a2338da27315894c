import type { Role } from '../shared/contract/roles.ts';

/** Passwords of the demo town by role. They are made only in the embedded demo; a real database never has them. */
export function demoPassword(role: Role): string {
  if (role === 'dispatcher' || role === 'head') return 'cicheng-demo-room';
  if (role === 'planner') return 'cicheng-demo-plan';
  if (role === 'administrator' || role === 'auditor' || role === 'legalReviewer')
    return 'cicheng-demo-office';
  return 'cicheng-demo-street';
}

export interface DemoSignIn {
  readonly role: Role;
  readonly name: string;
  readonly password: string;
  readonly door: string;
}

/** The sign-ins that the demo shows; the officer is a leader whose shift runs now. */
export function demoSignIns(officer: string | undefined): DemoSignIn[] {
  const one = (role: Role, name: string, door: string) => ({
    role,
    name,
    password: demoPassword(role),
    door,
  });
  return [
    one('dispatcher', 'dispatcher-1', '/console'),
    ...(officer ? [one('officer', officer, '/officer')] : []),
    one('planner', 'planner', '/studio'),
    one('head', 'head', '/studio'),
    one('administrator', 'administrator', '/admin'),
  ];
}
