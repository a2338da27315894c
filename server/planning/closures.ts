import type { z } from 'zod';
import type {
  CalendarRule,
  Closure,
  CreateCalendarRuleSchema,
  CreateClosureSchema,
} from '../../shared/contract/closures.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { factsOf, lockKnown, step } from './acts.ts';
import {
  countRoads,
  endClosure,
  endRule,
  findClosure,
  findRule,
  insertClosure,
  insertRule,
} from './store-closures.ts';

/** Closes roads for a time: from then on travel times go round them. A closure without a road is refused. */
export async function openClosure(tx: Tx, asked: z.output<typeof CreateClosureSchema>): Promise<Closure> {
  const { db, at, actor } = tx;
  const { known, met } = await countRoads(db, asked.roadIds, asked.area);
  if (known < new Set(asked.roadIds).size || known + met === 0)
    throw new Refused('road_unknown', { known, met });
  const closure = (await findClosure(db, await insertClosure(db, asked, actor.id, at), at))!;
  tx.announce('closure.opened', `closure/${closure.id}`, { closure });
  return closure;
}

export async function closeClosure(tx: Tx, id: number): Promise<Closure> {
  if (!(await findClosure(tx.db, id, tx.at))) throw new Refused('closure_unknown', { closureId: id });
  await endClosure(tx.db, id, tx.at);
  const closure = (await findClosure(tx.db, id, tx.at))!;
  tx.announce('closure.ended', `closure/${id}`, { closure });
  return closure;
}

/** Lets an approved edition apply on certain days and hours. Of several rules at one instant the newest counts. */
export async function setRule(
  tx: Tx,
  asked: z.output<typeof CreateCalendarRuleSchema>,
): Promise<CalendarRule> {
  const { db, at, actor } = tx;
  const edition = await lockKnown(tx, asked.editionId);
  step('calendar', factsOf(tx, edition, { reason: asked.reason }));
  const rule = (await findRule(db, await insertRule(db, asked, actor.id, at), at))!;
  tx.announce('calendar.set', `edition/${asked.editionId}`, { rule });
  return rule;
}

export async function dropRule(tx: Tx, id: number): Promise<CalendarRule> {
  const known = await findRule(tx.db, id, tx.at);
  if (!known) throw new Refused('rule_unknown', { ruleId: id });
  await endRule(tx.db, id, tx.at);
  const rule = (await findRule(tx.db, id, tx.at))!;
  tx.announce('calendar.ended', `edition/${rule.editionId}`, { rule });
  return rule;
}
