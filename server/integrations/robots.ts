import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AddRobotSchema, Robot, Sent } from '../../shared/contract/push.ts';
import { Refused } from '../kernel/refused.ts';
import type { Tx } from '../kernel/transact.ts';
import { listTeams } from '../teams/store.ts';
import { accepted, failed, sentOf, type Channel, type OfferMessage } from './channel.ts';
import { addressRefusal } from './guard.ts';
import type { Outside } from './outside.ts';
import { post } from './post.ts';
import { findRobot, insertRobot, robotView, updateRobot, type RobotRow } from './store-push.ts';

const context = (id: number): string => `robot/${id}`;

/** DingTalk and WeCom take 20 messages a minute of a robot, and shut it out for ten minutes beyond. */
const perMinute = 20;

/** What a robot's service says in its body: 0 is well; these say that it was too much. */
const tooMany = new Set([130_101, 410_100, 45_009]);

export async function addRobot(
  { box, network }: Outside,
  tx: Tx,
  wanted: z.output<typeof AddRobotSchema>,
): Promise<Robot> {
  const refusal = addressRefusal(wanted.address, network);
  if (refusal !== null)
    throw new Refused('address_refused', { reason: refusal }, [{ path: 'body.address', message: refusal }]);
  if (wanted.teamId !== null && (await listTeams(tx.db, [wanted.teamId])).length === 0)
    throw new Refused('team_unknown', { teamId: wanted.teamId });
  const { name, kind, teamId } = wanted;
  const { host } = new URL(wanted.address);
  const id = await insertRobot(tx.db, { name, kind, host, teamId, at: tx.at });
  await updateRobot(tx.db, id, {
    address: box.close(context(id), wanted.address),
    ...(wanted.secret !== null && { secret: box.close(context(id), wanted.secret) }),
  });
  tx.announce('robot.added', `robot/${id}`, { robotId: id, kind, name, host, teamId });
  return robotView((await findRobot(tx.db, id))!);
}

export async function removeRobot(tx: Tx, id: number): Promise<Robot> {
  const row = await findRobot(tx.db, id);
  if (!row) throw new Refused('robot_unknown', { robotId: id });
  await updateRobot(tx.db, id, { removed_at: new Date(tx.at) });
  const { kind, name, host } = row;
  tx.announce('robot.removed', `robot/${id}`, {
    robotId: id,
    kind,
    name,
    host,
    teamId: row.team_id as never,
  });
  return robotView(row);
}

/** The line that a group reads. The rooms of these chat programs are Chinese, and so is it. */
export const groupText = (message: OfferMessage): string =>
  `【待接单】P${message.priority} #${message.incidentId} ${message.matter}${message.address ? ` · ${message.address}` : ''} → ${message.teamName},请在手机上应答。`;

/** The line of a trial message. */
const trialText = '【测试】指挥室消息通道已接通。';

/** Group robots of DingTalk (钉钉, 浙政钉) and WeCom (企业微信). */
export class Robots implements Channel<RobotRow> {
  readonly #outside: Outside;
  readonly #limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  send(robot: RobotRow, message: OfferMessage): Promise<Sent> {
    return this.#say(robot, groupText(message));
  }

  /** Says a line of the room. */
  tell(robot: RobotRow, text: string): Promise<Sent> {
    return this.#say(robot, text);
  }

  /** Says a trial line. */
  async test(id: number): Promise<Sent> {
    const robot = await findRobot(this.#outside.deps.db, id);
    if (!robot) throw new Refused('robot_unknown', { robotId: id });
    return this.#say(robot, trialText);
  }

  async #say(robot: RobotRow, text: string): Promise<Sent> {
    const { box, network, deps } = this.#outside;
    const allowed = await this.#limiter.consume(robot.id).then(
      () => true,
      () => false,
    );
    if (!allowed) return failed('throttled');
    const open = (sealed: Buffer) => box.open(context(robot.id), sealed).toString('utf8');
    const secret = robot.secret === null ? null : open(robot.secret);
    const address =
      robot.kind === 'dingtalk' && secret !== null
        ? dingTalkAddress(open(robot.address), secret, deps.now())
        : open(robot.address);
    const posted = await post(network, address, {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(robot.kind === 'dingtalk' ? dingTalkBody(text) : weComBody(text)),
    });
    const sent = sentOf(posted);
    return sent.accepted && posted.ok ? outcomeOf(posted.answer) : sent;
  }
}

/** A signed address (加签): HMAC-SHA256 of `{ms}\n{secret}` under the secret, base64, in the query. */
export function dingTalkAddress(address: string, secret: string, at: number): string {
  const sign = createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');
  const url = new URL(address);
  url.searchParams.set('timestamp', String(at));
  url.searchParams.set('sign', sign);
  return url.href;
}

const dingTalkBody = (text: string) => ({
  msgtype: 'markdown',
  markdown: { title: text.slice(0, 40), text },
  at: { isAtAll: true },
});

const weComBody = (text: string) => ({ msgtype: 'text', text: { content: text, mentioned_list: ['@all'] } });

/** Both services answer 200 with an `errcode`; 0 is well. */
function outcomeOf(answer: string): Sent {
  try {
    const { errcode } = JSON.parse(answer) as { errcode?: unknown };
    if (errcode === 0) return accepted;
    return failed(tooMany.has(errcode as number) ? 'throttled' : 'refused');
  } catch {
    return failed('refused');
  }
}
