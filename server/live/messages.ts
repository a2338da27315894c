import { z } from 'zod';
import { DraftAheadSchema, DraftLookSchema, JoinDraftSchema } from '../../shared/contract/draft-room.ts';
import { LookSchema, SeenSchema, ViewportSchema, type MessageRefused } from '../../shared/contract/live.ts';
import { type PositionAnswer, PositionReportSchema } from '../../shared/contract/positions.ts';
import { may } from '../../shared/rules/permissions.ts';
import type { Deps } from '../kernel/deps.ts';
import { Refused, refuseIf } from '../kernel/refused.ts';
import { parse } from '../kernel/route.ts';
import type { Actor } from '../kernel/transact.ts';
import type { DraftDesk } from './drafts.ts';
import type { Lookers } from './presence.ts';
import type { Reader } from './reader.ts';
import { lagSeconds, type Relay } from './relay.ts';

/** Takes a position report of a person, the same way as by HTTP. */
export type TakePositions = (
  actor: Actor,
  report: z.output<typeof PositionReportSchema>,
) => Promise<PositionAnswer>;

interface Message<S extends z.ZodType> {
  readonly schema: S;
  readonly run: (reader: Reader, message: z.output<S>) => Promise<object> | object;
}
const message = <S extends z.ZodType>(schema: S, run: Message<S>['run']) =>
  ({ schema, run }) as unknown as Message<z.ZodType>;

/** Every message that a client may send, with its shape. */
export function createMessages(
  deps: Deps,
  relay: Relay,
  lookers: Lookers,
  show: (subjects: readonly string[]) => void,
  takePositions: TakePositions,
  drafts: DraftDesk,
): ReadonlyMap<string, Message<z.ZodType>> {
  return new Map([
    [
      'seen',
      message(SeenSchema, (_reader, { seq }) => {
        const fact = seq > 0 ? relay.recent(seq - 1, 1)?.[0] : undefined;
        if (fact) deps.metrics.eventLagSeconds.observe({ stage: 'seen' }, lagSeconds(deps, fact.event));
        return {};
      }),
    ],
    [
      'viewport',
      message(ViewportSchema, (reader, view) => {
        reader.view = view;
        return {};
      }),
    ],
    [
      'presence',
      message(LookSchema, (reader, { subject }) => {
        if (!reader.rooms.has('watchers')) throw new Refused('action_forbidden');
        show(lookers.look(reader, subject));
        return {};
      }),
    ],
    ['draft_join', message(JoinDraftSchema, (reader, wish) => drafts.join(reader, wish))],
    [
      'draft_ahead',
      message(DraftAheadSchema, (reader, ahead) => {
        drafts.ahead(reader, ahead);
        return {};
      }),
    ],
    [
      'draft_look',
      message(DraftLookSchema, (reader, look) => {
        drafts.look(reader, look);
        return {};
      }),
    ],
    [
      'draft_leave',
      message(z.strictObject({}), (reader) => {
        drafts.leave(reader);
        return {};
      }),
    ],
    [
      'position',
      message(PositionReportSchema, async ({ login: { actor } }, report) => {
        const asker = { role: actor.role, personId: actor.id, teamId: actor.teamId };
        refuseIf(may(asker, 'position.report'));
        return takePositions(actor, report);
      }),
    ],
  ]);
}

/** Parses one message and does what it asks. Whatever comes in, the answer is an object and nothing is thrown. */
export async function receive(
  deps: Deps,
  messages: ReadonlyMap<string, Message<z.ZodType>>,
  reader: Reader,
  name: unknown,
  body: unknown,
): Promise<{ ok: true } | MessageRefused> {
  try {
    const known = messages.get(String(name));
    if (!known) throw new Refused('route_unknown', {}, [{ path: 'name', message: 'no such message' }]);
    return { ok: true, ...(await known.run(reader, parse(known.schema, body, 'message'))) };
  } catch (error) {
    if (error instanceof Refused) return refusal(error);
    deps.log.error({ error, message: String(name).slice(0, 40) }, 'a socket message failed');
    return refusal(new Refused('bug'));
  }
}

/** A refusal as the answer to a message. */
export const refusal = ({ code, errors }: Refused): MessageRefused => ({ ok: false, code, errors });
