import { create } from 'zustand';
import type { ReplayReport } from '../../../shared/contract/replays.ts';
import type { ReportFigures } from '../../../shared/rules/replay/report.ts';
import { call } from '../../live/call.ts';
import { comparedWith } from '../compare.ts';
import { desk, settledPlan, useDesk } from '../desk.ts';
import { closeFilm } from '../film.ts';
import { hideGains, showGains } from '../gains.ts';
import { say, sayRefused, sentenceOfCode, wordsNow } from '../say.ts';
import { readAgain } from '../session.ts';
import { replayInput, travelMatrix, type ReplayChoice, type Side } from './replay-input.ts';
import type { ReplayNews, ReplayTask } from './replay-messages.ts';

/** Where the incidents come from. */
export type ReplaySource =
  | { readonly kind: 'ledger'; readonly from: string; readonly to: string }
  | { readonly kind: 'list'; readonly listId: number };

interface ReplayStore {
  readonly running: 'here' | 'report' | null;
  readonly share: number;
  readonly calibration: ReplayReport['calibration'] | null;
  readonly figures: ReportFigures | null;
  readonly leftOut: number;
  /** Closures of roads and calendar editions that held in the period. */
  readonly held: { readonly closures: number; readonly calendars: number };
  readonly milliseconds: number;
  /** What was replayed last: single incidents of it can be shown. */
  readonly task: ReplayTask | null;
  /** The report that was stored last with this draft. */
  readonly reportId: number | null;
}

/** The replay that runs, or ran last, on this desk. */
export const useReplay = create<ReplayStore>()(() => ({
  running: null,
  share: 0,
  calibration: null,
  figures: null,
  leftOut: 0,
  held: { closures: 0, calendars: 0 },
  milliseconds: 0,
  reportId: null,
  task: null,
}));

let worker: Worker | null = null;
let turn = 0;

// what was replayed is a plan that is no longer on the table
useDesk.subscribe((now, before) => {
  if (now.detail?.edition.id === before.detail?.edition.id) return;
  stopReplay();
  hideGains();
  closeFilm();
  useReplay.setState({ calibration: null, figures: null, task: null, reportId: null });
});

/** Gives a running replay up. */
export function stopReplay(): void {
  turn++;
  worker?.terminate();
  worker = null;
  useReplay.setState({ running: null });
}

/** Replays the compared edition and the plan on the table in a worker of this page: nothing is stored. */
export async function replayHere(
  source: ReplaySource,
  choice: ReplayChoice,
  speedFactor: number,
): Promise<void> {
  stopReplay();
  const mine = ++turn;
  hideGains();
  closeFilm();
  useReplay.setState({ running: 'here', share: 0, figures: null, calibration: null });
  try {
    const found = await taskOf(source, choice, speedFactor);
    if (mine !== turn) return;
    if (!found) return stopReplay();
    const { recording } = found.task.input;
    const missing =
      recording.incidents.length === 0
        ? ('period_empty' as const)
        : recording.teams.length === 0
          ? ('teams_homeless' as const)
          : null;
    if (missing) {
      stopReplay();
      return say(sentenceOfCode(missing), 'refused');
    }
    useReplay.setState(found);
    start(found.task);
  } catch (error) {
    if (mine === turn) stopReplay();
    sayRefused(error);
  }
}

/** History and both plans as a worker takes them; null while there is nothing to compare. */
async function taskOf(
  source: ReplaySource,
  choice: ReplayChoice,
  speedFactor: number,
): Promise<(Pick<ReplayStore, 'leftOut' | 'held'> & { readonly task: ReplayTask }) | null> {
  const { detail, ground, published, publishedTeams, editions } = desk();
  const plan = settledPlan();
  const other = editions.find(({ id }) => id === comparedWith());
  if (!detail || !ground || !published || !plan || !other) return null;
  const world = await call('readReplayWorld', {
    query: {
      editionId: detail.edition.id,
      against: other.id,
      ...(source.kind === 'ledger' ? { from: source.from, to: source.to } : { listId: source.listId }),
    },
  });
  const before: Side = { edition: other, assignment: published.assignment, teams: publishedTeams };
  const after: Side = { edition: detail.edition, assignment: plan, teams: detail.teams };
  const input = replayInput(ground, world, before, after, choice);
  const task = { input, policy: ground.studio.policy, matrix: travelMatrix(ground, world), speedFactor };
  const closures = new Set(world.closures.flatMap(({ closureIds }) => closureIds)).size;
  return { task, leftOut: world.leftOut, held: { closures, calendars: world.calendarEditions.length } };
}

/** The course of one incident of the last replay under both plans, from a worker of its own. */
export function courseInBoth(incidentId: number): Promise<Extract<ReplayNews, { kind: 'courses' }>> {
  const { task } = useReplay.getState();
  const course = task?.input.recording.incidents.findIndex((one) => one.incidentId === incidentId) ?? -1;
  return new Promise((resolve, reject) => {
    if (!task || course < 0) return reject(new RangeError(`incident ${incidentId} is not in the replay`));
    const made = new Worker(new URL('./replay.worker.ts', import.meta.url), { type: 'module' });
    made.addEventListener('message', ({ data }: MessageEvent<ReplayNews>) => {
      made.terminate();
      if (data.kind === 'courses') resolve(data);
    });
    made.addEventListener('error', () => {
      made.terminate();
      reject(new Error('the worker of a course failed'));
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    made.postMessage({ ...task, course } satisfies ReplayTask);
  });
}

function start(task: ReplayTask): void {
  const made = new Worker(new URL('./replay.worker.ts', import.meta.url), { type: 'module' });
  worker = made;
  made.addEventListener('message', ({ data }: MessageEvent<ReplayNews>) => {
    if (worker !== made) return;
    if (data.kind === 'progress') return useReplay.setState({ share: data.share });
    if (data.kind !== 'done') return;
    stopReplay();
    const { outcome, milliseconds } = data;
    useReplay.setState({
      calibration: outcome.ok ? outcome.figures.calibration : outcome.calibration,
      figures: outcome.ok ? outcome.figures : null,
      milliseconds,
    });
    if (outcome.ok) showGains(outcome.figures.pairs);
  });
  made.addEventListener('error', () => {
    stopReplay();
    say(wordsNow().refusals.bug, 'refused');
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  made.postMessage(task);
}

const pollMs = 400;

/** Has the server replay the same and keep the report with the draft. */
export async function makeReport(
  source: ReplaySource,
  choice: ReplayChoice,
  speedFactor: number,
  override: string,
): Promise<void> {
  stopReplay();
  const mine = ++turn;
  const { detail } = desk();
  const against = comparedWith();
  if (!detail) return;
  useReplay.setState({ running: 'report', share: 0 });
  try {
    let replay = await call('startReplay', {
      params: { editionId: detail.edition.id },
      body: {
        source,
        ...(against !== null && { against }),
        hourFrom: choice.hourFrom,
        hourTo: choice.hourTo,
        priorities: [...choice.priorities],
        matterCodes: [...choice.matterCodes],
        speedFactor,
        seed: choice.seed,
        ...(choice.absentTeamId !== null && { absentTeamId: choice.absentTeamId }),
        ...(override !== '' && { override }),
      },
    });
    while (replay.state === 'running') {
      await new Promise((done) => setTimeout(done, pollMs));
      if (mine !== turn) return;
      replay = await call('readReplay', { params: { replayId: replay.id } });
      useReplay.setState({ share: replay.progress });
    }
    if (mine !== turn) return;
    useReplay.setState({ running: null, calibration: replay.calibration });
    if (replay.report) {
      const found = await taskOf(source, choice, speedFactor);
      useReplay.setState({ figures: replay.report, reportId: replay.id, ...(found ?? { task: null }) });
      showGains(replay.report.pairs);
      say(wordsNow().studio.replay.stored);
      await readAgain();
    } else say(sentenceOfCode(replay.refused ?? 'bug'), 'refused');
  } catch (error) {
    if (mine === turn) stopReplay();
    sayRefused(error);
  }
}
