import { lngLat, type LngLat } from '../../shared/contract/geo.ts';
import type { PositionRecord } from '../../shared/contract/positions.ts';
import type { Decoded } from '../../shared/rules/positions/decoded.ts';
import { member, membersOf, numberOf, readJson, type Members } from '../../shared/rules/positions/read.ts';
import type { Errand } from './errands.ts';
import { fixSeconds } from './set-up.ts';

/** A command is said again until its effect is seen, at most this often. */
const repeats = 5;
/** Radius of the fence that a phone lays round a scene, metres. */
const fenceMetres = 80;
/** A phone whose newest fix is older is asked where it is. */
const staleMs = 120_000;

/**
 * Time of the waypoint of a task, seconds. It is the waypoint's key on Android and must be its own for each task, so it
 * is made of the task's number and says which task a transition belongs to; the text is the key on iOS.
 */
const waypointBase = 1_000_000_000;
const waypointTime = ({ assignmentId }: Errand): number => waypointBase + assignmentId;

/** The task of a transition, by either key. */
export function taskOfCrossing(
  crossing: Decoded['crossings'][number],
  errands: readonly Errand[],
): Errand | undefined {
  return errands.find(
    (errand) =>
      (crossing.waypointAt !== null && crossing.waypointAt === waypointTime(errand) * 1000) ||
      crossing.name === errand.name,
  );
}

/** Where a transition says that the phone was. */
export function placeOfTransition(body: string): LngLat | null {
  const message = membersOf(readJson(body));
  const lng = numberOf(member(message, 'lon'));
  const lat = numberOf(member(message, 'lat'));
  return lng === undefined || lat === undefined ? null : lngLat(lng, lat);
}

/** What the answer to a phone depends on. */
export interface Heard {
  /** The phone's owner is on duty in this team; null off duty. */
  readonly team: { readonly id: number; readonly name: string } | null;
  /** The two characters by which the phone goes on its own map. */
  readonly tid: string;
  readonly errands: readonly Errand[];
  readonly body: string;
  readonly records: readonly PositionRecord[];
  /** Newest accepted fix of the person by any device, ms; null without one. */
  readonly latestFixAt: number | null;
  readonly at: number;
}

const assigned = new Set(['accepted', 'en_route', 'on_scene']);
const onTheWay = new Set(['accepted', 'en_route']);

/** One phone: what it was told how often, and what it showed that it has done. */
export class Conversation {
  readonly #said = new Map<string, number>();
  readonly #done = new Set<string>();
  #rate: number | undefined;
  #lastFixAt: number | undefined;

  /** The commands that ride in the answer to one message. */
  answer(heard: Heard): object[] {
    const { team, tid, errands, body, records, latestFixAt, at } = heard;
    this.#observe(membersOf(readJson(body)), errands);
    this.#observeRate(records);
    const commands: object[] = [];
    const say = (key: string, command: () => object[]) => {
      const count = this.#said.get(key) ?? 0;
      if (count >= repeats || this.#done.has(key)) return;
      this.#said.set(key, count + 1);
      commands.push(...command());
    };
    const fresh = records.some(({ kind, ping }) => kind === 'fix' && !ping);
    if (fresh) this.#said.delete('locate');
    if (team && !fresh && (latestFixAt === null || at - latestFixAt > staleMs))
      say('locate', () => [{ _type: 'cmd', action: 'reportLocation' }]);
    if (team) say(`card/${team.id}/${team.name}`, () => [{ _type: 'card', tid, name: team.name }]);
    for (const errand of errands.filter(({ state }) => onTheWay.has(state)))
      say(taskKey(errand), () => sceneCommands(errand));
    this.#askRate(errands.some(({ state }) => assigned.has(state)) ? fixSeconds.assigned : fixSeconds.idle);
    const rate = this.#rate;
    if (rate !== undefined) say(rateKey(rate), () => [rateCommand(rate)]);
    return commands;
  }

  /** A new rate is a new wish; the effect of the one before says nothing about it. */
  #askRate(seconds: number): void {
    if (this.#rate === seconds) return;
    this.#rate = seconds;
    this.#said.delete(rateKey(seconds));
    this.#done.delete(rateKey(seconds));
  }

  /** A waypoint that the phone sends back, or a fence of it that was crossed, shows that it has the task. */
  #observe(message: Members | undefined, errands: readonly Errand[]): void {
    const type = member(message, '_type');
    const list = member(message, 'waypoints');
    const named = type === 'waypoints' && Array.isArray(list) ? list.map(membersOf) : [message];
    if (type === 'configuration') {
      const interval = numberOf(member(message, 'locatorInterval'));
      if (interval !== undefined && interval === this.#rate) this.#done.add(rateKey(interval));
    }
    if (type !== 'waypoint' && type !== 'waypoints' && type !== 'transition') return;
    for (const one of named) {
      const time = numberOf(member(one, type === 'transition' ? 'wtst' : 'tst'));
      const text = member(one, 'desc');
      for (const errand of errands)
        if (time === waypointTime(errand) || text === errand.name) this.#done.add(taskKey(errand));
    }
  }

  /** Two fixes as far apart as was asked show that the rate was taken. */
  #observeRate(records: readonly PositionRecord[]): void {
    for (const { kind, ping, fixedAt } of records) {
      if (kind !== 'fix' || ping) continue;
      const apart = this.#lastFixAt === undefined ? undefined : (fixedAt - this.#lastFixAt) / 1000;
      this.#lastFixAt = fixedAt;
      if (apart === undefined || this.#rate === undefined || apart <= 0) continue;
      const fast = apart < (fixSeconds.assigned + fixSeconds.idle) / 2;
      if (fast === (this.#rate === fixSeconds.assigned)) this.#done.add(rateKey(this.#rate));
    }
  }
}

const twoOf = (id: number): string => String(id % 100).padStart(2, '0');
const taskKey = ({ assignmentId }: Errand): string => `task/${assignmentId}`;
const rateKey = (seconds: number): string => `rate/${seconds}`;

const rateCommand = (seconds: number): object => ({
  _type: 'cmd',
  action: 'setConfiguration',
  configuration: {
    _type: 'configuration',
    locatorInterval: seconds,
    moveModeLocatorInterval: seconds,
    monitoring: 2,
  },
});

/** The scene as a fence that the phone watches by itself, and as a point with its name on the phone's own map. */
function sceneCommands(errand: Errand): object[] {
  const { lng: lon, lat, name } = errand;
  const tst = waypointTime(errand);
  const tid = twoOf(errand.incidentId);
  return [
    {
      _type: 'cmd',
      action: 'setWaypoints',
      waypoints: {
        _type: 'waypoints',
        waypoints: [{ _type: 'waypoint', desc: name, lat, lon, rad: fenceMetres, tst }],
      },
    },
    { _type: 'location', tid, lat, lon, tst },
    { _type: 'card', tid, name },
  ];
}
