import type { EditionDetail } from '../../shared/contract/editions.ts';
import type { EditionId } from '../../shared/contract/ids.ts';
import { villageZones } from '../../shared/rules/zones/problems.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { onGround } from './core/baseline.ts';
import type { Ground } from './core/ground.ts';
import { outlookOf } from './core/outlook.ts';
import { drawPicture } from './core/picture.ts';
import { desk, setDesk, useDesk } from './desk.ts';
import { hideGains } from './gains.ts';
import { redraw } from './redraw.ts';

/** What a plan is compared with, and the running edition, which warnings look at whatever is compared. */
export interface Baselines {
  readonly chosen: EditionDetail | null;
  readonly running: EditionDetail | null;
}

/** The edition that plans are compared with: the chosen one, else the one in force; null before there is any. */
export function comparedWith(): EditionId | null {
  const { baselineId, runningEditionId, editions } = desk();
  const known = baselineId !== null && editions.some(({ id }) => id === baselineId);
  return (known ? baselineId : runningEditionId) as EditionId | null;
}

/** Reads what is compared with. */
export async function readBaselines(): Promise<Baselines> {
  const read = (editionId: EditionId) => call('readEdition', { params: { editionId } });
  const [chosenId, runningId] = [comparedWith(), desk().runningEditionId as EditionId | null];
  const running = runningId === null ? null : await read(runningId);
  const chosen = chosenId === null || chosenId === runningId ? running : await read(chosenId);
  return { chosen, running };
}

/** Lays the compared edition beside the plan on the table. */
export function layBaseline(ground: Ground, { chosen, running }: Baselines): void {
  const assignment = onGround(ground, chosen?.cells ?? []);
  setDesk({
    publishedTeams: chosen?.teams ?? [],
    villagesBefore: running ? villageZones(ground.graph, onGround(ground, running.cells)) : null,
    published: chosen
      ? drawPicture(
          {
            ground,
            outlook: outlookOf(ground, chosen.teams, desk().basis?.demand),
            teams: chosen.teams,
            locked: new Set(),
            waived: new Set(chosen.waivers.map(({ zoneId }) => zoneId)),
            outdated: false,
          },
          assignment,
          chosen.zones.map(({ id }) => id),
        )
      : null,
  });
}

/** Compares with another edition from now on; null is the one in force. What a replay found of another pair is taken off the map. */
export async function compareWith(baselineId: number | null): Promise<void> {
  const before = desk().baselineId;
  setDesk({ baselineId });
  try {
    const baselines = await readBaselines();
    const { ground, zones } = desk();
    if (!ground || desk().baselineId !== baselineId) return;
    const named = (baselines.chosen?.zones ?? []).map((zone) => [zone.id, zone] as const);
    setDesk({ zones: new Map([...named, ...zones]) });
    layBaseline(ground, baselines);
    hideGains();
    redraw();
  } catch (error) {
    setDesk({ baselineId: before });
    throw error;
  }
}

/** What the compared edition is called in a sentence. */
export function useBaselineName(): string {
  const words = useWords().studio.baseline;
  const id = useDesk((state) => state.baselineId);
  const running = useDesk((state) => state.runningEditionId);
  const name = useDesk((state) => state.editions.find((one) => one.id === state.baselineId)?.name);
  return id === null || id === running || name === undefined ? words.running : words.named({ name });
}
