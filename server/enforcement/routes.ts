import { filesOfIncidents, findFile } from './store.ts';
import { familyOf } from '../incidents/store-field.ts';
import { Refused } from '../kernel/refused.ts';
import { findMatter } from '../incidents/store.ts';
import { command, read, type Call, type Handlers } from '../kernel/route.ts';
import { transact, type Tx } from '../kernel/transact.ts';
import { actOnFile } from './acts.ts';
import { confirmCorrection, failCorrection, orderCorrection, type CorrectionTasks } from './correction.ts';
import { addEvidence, evidenceSet, skipSlot } from './evidence.ts';
import { listNumbers, takeNumbers, voidPaperNumber } from './numbers.ts';
import { askSimple, openFile } from './open.ts';
import { declareRecusal, type CrewTasks } from './recusal.ts';
import { makeRecord } from './records.ts';
import { changeSettings } from './settings.ts';
import { noticeStatus } from './status-page.ts';
import { insertBenchmark, listBenchmarks } from './store-amounts.ts';
import { paperView, papersOfIncidents } from './store-papers.ts';
import { readSettings } from './store-settings.ts';
import { previewTemplate } from './preview.ts';
import { changeTemplate, readTemplates } from './templates.ts';
import { revealParty, viewFile, viewOpenFiles } from './view.ts';

type Names =
  | 'addEvidence'
  | 'readEvidence'
  | 'skipEvidence'
  | 'readEnforcementSettings'
  | 'changeEnforcementSettings'
  | 'orderCorrection'
  | 'confirmCorrection'
  | 'failCorrection'
  | 'declareRecusal'
  | 'askSimple'
  | 'openFile'
  | 'listFiles'
  | 'listOpenFiles'
  | 'readFile'
  | 'revealParty'
  | 'actOnFile'
  | 'readNoticeStatus'
  | 'listBenchmarks'
  | 'publishBenchmark'
  | 'takeNumbers'
  | 'listNumbers'
  | 'voidNumber'
  | 'makePaper'
  | 'listPapers'
  | 'listTemplates'
  | 'changeTemplate'
  | 'previewTemplate';

/** What a question needs of a command: it reads at one instant and writes nothing. */
const look = ({ deps, actor }: Pick<Call<'readFile'>, 'deps' | 'actor'>) => ({
  db: deps.db as Tx['db'],
  deps,
  actor,
  at: deps.now(),
});

/** How many open files one answer lists. */
const openFilesShown = 200;

/** Evidence, penalty files and papers over HTTP. */
export function enforcementHandlers(tasks: CorrectionTasks & CrewTasks): Pick<Handlers, Names> {
  return {
    // a stream cannot be parsed before the command: the handler opens its own, under the same key
    addEvidence: read<'addEvidence'>(({ deps, actor, request }) => addEvidence(deps, actor, request)),
    readEvidence: read<'readEvidence'>(({ deps, params }) => evidenceSet(deps.db, params.incidentId)),
    skipEvidence: command<'skipEvidence'>((tx, { params, body }) =>
      skipSlot(tx, params.incidentId, body.slot, body.reason),
    ),
    readEnforcementSettings: read<'readEnforcementSettings'>(({ deps }) => readSettings(deps.db)),
    changeEnforcementSettings: command<'changeEnforcementSettings'>((tx, { body }) =>
      changeSettings(tx, body),
    ),
    orderCorrection: command<'orderCorrection'>((tx, { params, body }) =>
      orderCorrection(tx, params.incidentId, body, tasks),
    ),
    confirmCorrection: command<'confirmCorrection'>((tx, { params, body }) =>
      confirmCorrection(tx, params.incidentId, body, tasks),
    ),
    failCorrection: command<'failCorrection'>((tx, { params, body }) =>
      failCorrection(tx, params.incidentId, body, tasks),
    ),
    declareRecusal: command<'declareRecusal'>((tx, { params, body }) =>
      declareRecusal(tx, params.incidentId, body, tasks),
    ),
    askSimple: read<'askSimple'>((call) => askSimple(look(call), call.params.incidentId, call.body)),
    openFile: command<'openFile'>((tx, { params, body }) => openFile(tx, params.incidentId, body)),
    listFiles: read<'listFiles'>(async (call) => {
      const rows = await filesOfIncidents(call.deps.db, await familyOf(call.deps.db, call.params.incidentId));
      return { files: await Promise.all(rows.map((row) => viewFile(look(call), row))) };
    }),
    listOpenFiles: read<'listOpenFiles'>(async (call) => ({
      files: await viewOpenFiles(look(call), openFilesShown),
    })),
    readFile: read<'readFile'>(async (call) => {
      const row = await findFile(call.deps.db, call.params.fileId);
      if (!row) throw new Refused('file_unknown', { fileId: call.params.fileId });
      return viewFile(look(call), row);
    }),
    revealParty: read<'revealParty'>(({ deps, actor, params, body }) =>
      transact(deps, actor, (tx) => revealParty(tx, params.fileId, body.purpose)),
    ),
    actOnFile: command<'actOnFile'>((tx, { params, body }) => actOnFile(tx, params.fileId, body)),
    readNoticeStatus: read<'readNoticeStatus'>(({ deps, params }) => noticeStatus(deps, params.token)),
    listBenchmarks: read<'listBenchmarks'>(async ({ deps }) => ({
      benchmarks: await listBenchmarks(deps.db, deps.now()),
    })),
    publishBenchmark: command<'publishBenchmark'>(async (tx, { body }) => {
      if (!(await findMatter(tx.db, body.matterCode, tx.at)))
        throw new Refused('matter_unknown', { matterCode: body.matterCode });
      await insertBenchmark(tx.db, body, tx.at);
      const { matterCode, level, document } = body;
      tx.announce('benchmark.published', `benchmark/${matterCode}`, { matterCode, level, document });
      return body;
    }),
    takeNumbers: command<'takeNumbers'>((tx, { body }) => takeNumbers(tx, body)),
    listNumbers: read<'listNumbers'>(async ({ deps, actor }) => {
      const all = ['head', 'auditor', 'administrator', 'legalReviewer'].includes(actor.role);
      return { blocks: await listNumbers({ db: deps.db as Tx['db'], deps }, all ? null : actor.id) };
    }),
    voidNumber: command<'voidNumber'>((tx, { body }) => voidPaperNumber(tx, body)),
    makePaper: command<'makePaper'>((tx, { params, body }) => makeRecord(tx, params.incidentId, body)),
    listPapers: read<'listPapers'>(async ({ deps, params }) => ({
      papers: (await papersOfIncidents(deps.db, await familyOf(deps.db, params.incidentId))).map(paperView),
    })),
    listTemplates: read<'listTemplates'>(async ({ deps }) => ({
      templates: await readTemplates({ db: deps.db as Tx['db'], at: deps.now() }),
    })),
    previewTemplate: read<'previewTemplate'>(async ({ deps, params, body }) =>
      previewTemplate(await readSettings(deps.db), params.kind, body.body),
    ),
    changeTemplate: command<'changeTemplate'>((tx, { params, body }) =>
      changeTemplate(tx, params.kind, body),
    ),
  };
}
