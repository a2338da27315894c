import type { ZoneTeam } from '../../shared/contract/editions.ts';
import type { z } from 'zod';
import { AddListMetaSchema, ImportPlanMetaSchema } from '../../shared/contract/plan-files.ts';
import { readForm } from '../kernel/form.ts';
import { Refused } from '../kernel/refused.ts';
import { command, parse, read, type Handlers } from '../kernel/route.ts';
import { listPlanTeams } from '../teams/store-plan.ts';
import { findTown } from '../zones/store.ts';
import { lockDraft, tell } from './acts.ts';
import { editCells } from './cells.ts';
import { closeClosure, dropRule, openClosure, setRule } from './closures.ts';
import {
  approveEdition,
  changeDraft,
  createDraft,
  discardDraft,
  publishEdition,
  returnEdition,
  rollBackEdition,
  submitEdition,
  withdrawEdition,
} from './lifecycle.ts';
import { groundOf } from './ground.ts';
import { addIncidentList, drawIncidentList, listView } from './lists.ts';
import { readReplayWorld, type WorldSource } from './replay-world.ts';
import { startReplay, viewOf } from './replays.ts';
import { findReplay, listLists } from './store-replays.ts';
import { postOperations } from './operations.ts';
import { standingOf } from './problems.ts';
import { knownEdition, readEdition } from './read.ts';
import { rebaseDraft, resolveConflicts } from './rebase.ts';
import { cellTravel } from './roads.ts';
import { listClosures, listRules } from './store-closures.ts';
import { createZones, listEditions, listZones, replaceTeams } from './store-editions.ts';
import { listEffects, timelineAt } from './store-effects.ts';
import { entriesAfter } from './store-log.ts';
import { readSettings, saveSettings } from './store-settings.ts';
import { coverageIdOf, readStudio, type PolicyAt } from './studio.ts';
import { effectOf, summaryOf } from './views.ts';

type Names =
  | 'listEditions'
  | 'readEdition'
  | 'createDraft'
  | 'changeDraft'
  | 'discardDraft'
  | 'postOperations'
  | 'listDraftLog'
  | 'setDraftTeams'
  | 'createZones'
  | 'editCells'
  | 'rebaseDraft'
  | 'resolveConflicts'
  | 'readProblems'
  | 'submitEdition'
  | 'returnEdition'
  | 'approveEdition'
  | 'publishEdition'
  | 'withdrawEdition'
  | 'rollBackEdition'
  | 'readStudio'
  | 'readCellTravel'
  | 'readPlanningSettings'
  | 'changePlanningSettings'
  | 'importPlan'
  | 'readReplayWorld'
  | 'startReplay'
  | 'readReplay'
  | 'listIncidentLists'
  | 'addIncidentList'
  | 'drawIncidentList'
  | 'listClosures'
  | 'createClosure'
  | 'endClosure'
  | 'listCalendarRules'
  | 'createCalendarRule'
  | 'endCalendarRule';

/** The planner's studio: editions, drafts, cells, closures, calendar. */
export function planningHandlers(policyAt: PolicyAt): Pick<Handlers, Names> {
  return {
    listEditions: read<'listEditions'>(async ({ deps, query }) => ({
      editions: (await listEditions(deps.db, query.discarded === 'yes')).map(summaryOf),
      effects: (await listEffects(deps.db)).map(effectOf),
      runningEditionId: (await timelineAt(deps.db, deps.now())) as never,
    })),
    readEdition: read<'readEdition'>(({ deps, params }) => readEdition(deps, params.editionId)),
    createDraft: command<'createDraft'>((tx, { body }) => createDraft(tx, body)),
    changeDraft: command<'changeDraft'>((tx, { params, body }) => changeDraft(tx, params.editionId, body)),
    discardDraft: command<'discardDraft'>((tx, { params }) => discardDraft(tx, params.editionId)),
    postOperations: read<'postOperations'>(({ deps, actor, params, body }) =>
      postOperations(deps, actor, params.editionId, body),
    ),
    listDraftLog: read<'listDraftLog'>(async ({ deps, params, query }) => {
      const row = await knownEdition(deps.db, params.editionId);
      const entries = await entriesAfter(deps.db, row.id, query.after);
      return { entries, seq: entries.at(-1)?.seq ?? row.op_seq };
    }),
    setDraftTeams: command<'setDraftTeams'>(async (tx, { params, body }) => {
      const row = await lockDraft(tx, params.editionId);
      const zones = new Set((await listZones(tx.db)).map(({ id }) => id));
      const stray = body.teams.find(({ zoneId }) => !zones.has(zoneId));
      if (stray) throw new Refused('zone_unknown', { zoneId: stray.zoneId });
      const teams = new Set((await listPlanTeams(tx.db, tx.at)).map(({ id }) => id));
      const unknown = body.teams.find(({ teamId }) => !teams.has(teamId));
      if (unknown) throw new Refused('team_unknown', { teamId: unknown.teamId });
      await replaceTeams(tx.db, row.id, oncePerZone(body.teams));
      return tell(tx, row.id, 'edition.changed');
    }),
    createZones: command<'createZones'>(async (tx, { body }) => {
      const town = await findTown(tx.db);
      const names = body.zones.map(({ name }) => name);
      const zones = await createZones(tx.db, names, town?.code ?? '');
      for (const zone of zones) tx.announce('zone.created', `zone/${zone.id}`, { zone: zone as never });
      return { zones: zones as never };
    }),
    editCells: command<'editCells'>((tx, { params, body }) => editCells(tx, params.editionId, body.edit)),
    rebaseDraft: command<'rebaseDraft'>((tx, { params }) => rebaseDraft(tx, params.editionId)),
    resolveConflicts: command<'resolveConflicts'>((tx, { params, body }) =>
      resolveConflicts(tx, params.editionId, body),
    ),
    readProblems: read<'readProblems'>(async ({ deps, params }) => {
      const row = await knownEdition(deps.db, params.editionId);
      const standing = await standingOf({ deps, db: deps.db, at: deps.now() }, row);
      return { ...standing, problems: standing.problems as never };
    }),
    submitEdition: command<'submitEdition'>((tx, { params, body }) =>
      submitEdition(tx, params.editionId, body),
    ),
    returnEdition: command<'returnEdition'>((tx, { params, body }) =>
      returnEdition(tx, params.editionId, body.reason),
    ),
    approveEdition: command<'approveEdition'>((tx, { params }) => approveEdition(tx, params.editionId)),
    publishEdition: command<'publishEdition'>((tx, { params, body }) =>
      publishEdition(tx, params.editionId, body),
    ),
    withdrawEdition: command<'withdrawEdition'>((tx, { params, body }) =>
      withdrawEdition(tx, params.editionId, body.reason),
    ),
    rollBackEdition: command<'rollBackEdition'>((tx, { params, body }) =>
      rollBackEdition(tx, params.editionId, body),
    ),
    readStudio: read<'readStudio'>(({ deps, query }) => readStudio(deps, query, policyAt)),
    readCellTravel: read<'readCellTravel'>(async ({ deps, query }) =>
      cellTravel(deps, deps.db, await groundOf(deps, deps.db, await coverageIdOf(deps, query.editionId))),
    ),
    readPlanningSettings: read<'readPlanningSettings'>(({ deps }) => readSettings(deps.db)),
    changePlanningSettings: command<'changePlanningSettings'>(async (tx, { body }) => {
      await saveSettings(tx.db, body, tx.at);
      tx.announce('planning.set', 'planning', { settings: body });
      return body;
    }),
    importPlan: read<'importPlan'>(async ({ deps, params, request }) => {
      const { meta, bytes } = await readForm(request);
      const { importPlan } = await import('./plan-import.ts');
      return importPlan(deps, params.editionId, parsed(ImportPlanMetaSchema, meta), bytes);
    }),
    readReplayWorld: read<'readReplayWorld'>(async ({ deps, query }) => {
      const at = deps.now();
      const ground = await groundOf(deps, deps.db, await coverageIdOf(deps, query.editionId));
      const to = query.to === undefined ? at : Date.parse(query.to);
      const from = query.from === undefined ? to - 30 * 86_400_000 : Date.parse(query.from);
      const source: WorldSource =
        query.listId === undefined ? { kind: 'ledger', from, to } : { kind: 'list', listId: query.listId };
      return readReplayWorld(
        deps,
        source,
        ground,
        at,
        [query.editionId, query.against].filter((id) => id !== undefined),
      );
    }),
    startReplay: command<'startReplay'>((tx, { params, body }) => startReplay(tx, params.editionId, body)),
    readReplay: read<'readReplay'>(async ({ deps, params }) => {
      const row = await findReplay(deps.db, params.replayId);
      if (!row) throw new Refused('replay_unknown', { replayId: params.replayId });
      return viewOf(row);
    }),
    listIncidentLists: read<'listIncidentLists'>(async ({ deps }) => ({
      lists: (await listLists(deps.db)).map(listView),
    })),
    addIncidentList: read<'addIncidentList'>(async ({ deps, actor, request }) => {
      const { meta, bytes } = await readForm(request);
      return addIncidentList(deps, actor, parsed(AddListMetaSchema, meta), bytes);
    }),
    drawIncidentList: read<'drawIncidentList'>(({ deps, actor, body }) =>
      drawIncidentList(deps, actor, body),
    ),
    listClosures: read<'listClosures'>(async ({ deps, query }) => ({
      closures: await listClosures(deps.db, deps.now(), query.all === 'yes'),
    })),
    createClosure: command<'createClosure'>((tx, { body }) => openClosure(tx, body)),
    endClosure: command<'endClosure'>((tx, { params }) => closeClosure(tx, params.closureId)),
    listCalendarRules: read<'listCalendarRules'>(async ({ deps }) => ({
      rules: await listRules(deps.db, deps.now()),
    })),
    createCalendarRule: command<'createCalendarRule'>((tx, { body }) => setRule(tx, body)),
    endCalendarRule: command<'endCalendarRule'>((tx, { params }) => dropRule(tx, params.ruleId)),
  };
}

/** A team named twice for a zone stands there once, with its best rank. */
function oncePerZone(teams: readonly ZoneTeam[]): ZoneTeam[] {
  const best = new Map<string, ZoneTeam>();
  for (const team of teams) {
    const key = `${team.zoneId} ${team.teamId}`;
    if ((best.get(key)?.rank ?? Infinity) > team.rank) best.set(key, team);
  }
  return [...best.values()];
}

const parsed = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> =>
  parse(schema, value ?? {}, 'meta') as z.output<S>;
