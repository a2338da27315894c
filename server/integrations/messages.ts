import type { z } from 'zod';
import type { PersonId } from '../../shared/contract/ids.ts';
import type { Message, SendMessageSchema } from '../../shared/contract/messages.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams } from '../teams/store.ts';

/** The room's word to a team or to all: a fact, which the phones of the team hear at once or find when they come back. */
export async function sendMessage(
  tx: Tx,
  { teamId, text }: z.output<typeof SendMessageSchema>,
): Promise<Message> {
  if (teamId !== null && (await listTeams(tx.db, [teamId])).length === 0)
    throw new Refused('team_unknown', { teamId });
  const message: Message = {
    id: tx.deps.newId(),
    teamId,
    text,
    from: tx.actor.name,
    at: new Date(tx.at).toISOString(),
  };
  tx.announce('message.sent', `message/${message.id}`, { messageId: message.id, teamId, text });
  return message;
}

/** Somebody of the street has read it. */
export function readMessage(tx: Tx, messageId: string): Record<string, never> {
  const { id, teamId } = tx.actor;
  tx.announce('message.read', `message/${messageId}`, {
    messageId,
    personId: id as PersonId,
    teamId: teamId as Message['teamId'],
  });
  return {};
}
