import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from '../../../shared/rules/replay/agenda.ts';

test('events come by time, of equal times the newest first, as a sorted list would give them', () => {
  const act = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('pop' as const));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const agenda = new Agenda();
      const list: { at: number; subject: number }[] = [];
      const popped: unknown[] = [];
      const wanted: unknown[] = [];
      acts.forEach((what, subject) => {
        if (what !== 'pop') {
          agenda.add(what, 0, subject, 0);
          list.push({ at: what, subject });
          return;
        }
        const [first] = list.toSorted((a, b) => a.at - b.at || b.subject - a.subject);
        wanted.push([first?.at ?? Infinity, first]);
        if (first) list.splice(list.indexOf(first), 1);
        const { nextAt } = agenda;
        const found = agenda.pop();
        popped.push([nextAt, found ? { at: agenda.at, subject: agenda.subject } : undefined]);
      });
      expect(popped).toEqual(wanted);
    }),
    { numRuns: 500, seed: 3 },
  );
});
