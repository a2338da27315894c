import { describe, expect, test } from 'vitest';
import { facts, type FactType, type LedgerEvent } from '../../../shared/contract/events.ts';
import { roles, type Role } from '../../../shared/contract/roles.ts';
import { audience, concerns, roomsOf } from '../../../server/live/audience.ts';

const fact = (type: string, data: object): LedgerEvent => ({ type, data }) as unknown as LedgerEvent;
/** Data under every key that an audience asks about: incident of team 3, task of team 4, team 5, person 6. */
const everything = {
  incident: { teamId: 3 },
  assignment: { teamId: 4 },
  team: { id: 5 },
  alarm: { teamId: 3, personId: 6 },
  personId: 6,
  file: { officers: [7] },
};
const types = Object.keys(facts) as FactType[];
const person = (role: Role, teamId: number | null, id = 1) => roomsOf({ role, id, teamId });
const seenBy = (joined: ReadonlySet<never>, type: string, data: object) =>
  concerns(audience(fact(type, data)), joined);

describe('audience', () => {
  test('every fact has readers, and a type from the future has none', () => {
    expect(types.filter((type) => audience(fact(type, everything)).length === 0)).toEqual([]);
    expect(audience(fact('moon.landed', everything))).toEqual([]);
    expect(audience(fact('constructor', everything))).toEqual([]);
  });

  test('the command room sees every fact but those of the audit trail', () => {
    const missed = types.filter((type) => !seenBy(person('dispatcher', null) as never, type, everything));
    expect(missed).toEqual([
      'person.created',
      'person.changed',
      'password.reset',
      'licence.given',
      'licence.revoked',
      'person.signed_in',
      'person.signed_out',
      'track.viewed',
    ]);
    expect(types.filter((type) => !seenBy(person('auditor', null) as never, type, everything))).toEqual([]);
  });

  test.each(roles)('%s of another team sees only what is public, whatever happens', (role) => {
    const joined = person(role, 99);
    if (joined.has('watchers')) return;
    const seen = types.filter((type) => seenBy(joined as never, type, everything));
    expect(seen).toEqual(types.filter((type) => audience(fact(type, everything)).includes('everyone')));
    // the map and its lines; nothing about incidents, tasks, teams at work or people
    expect(seen.filter((type) => !/^(edition|closure|town)\./.test(type))).toEqual([]);
  });

  test('an officer sees the offers and tasks of the own team, also those just lost, and own acts', () => {
    const own = person('officer', 4);
    for (const type of [
      'assignment.offered',
      'assignment.withdrawn',
      'assignment.expired',
      'incident.handled',
    ])
      expect(seenBy(own as never, type, everything)).toBe(true);
    expect(seenBy(own as never, 'incident.queued', everything)).toBe(false);
    expect(seenBy(person('officer', 3) as never, 'incident.prioritised', everything)).toBe(true);
    expect(seenBy(person('officer', null, 6) as never, 'track.viewed', everything)).toBe(true);
    expect(seenBy(person('officer', null, 6) as never, 'duty.started', everything)).toBe(true);
    expect(seenBy(person('officer', 3) as never, 'alarm.raised', everything)).toBe(false);
  });

  test('no fact has a place for the reporter', () => {
    const named = types.filter((type) => /reporter/i.test(JSON.stringify(Object.keys(shapeOf(type)))));
    expect(named).toEqual([]);
  });
});

/** Names of every field of a fact, two levels deep. */
function shapeOf(type: FactType): Record<string, true> {
  const names: Record<string, true> = {};
  const walk = (schema: unknown, depth: number): void => {
    const shape = (schema as { shape?: Record<string, unknown> }).shape;
    if (!shape || depth > 3) return;
    for (const [name, inner] of Object.entries(shape)) {
      names[name] = true;
      walk(inner, depth + 1);
    }
  };
  walk(facts[type], 0);
  return names;
}
