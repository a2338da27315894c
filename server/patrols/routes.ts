import { Refused } from '../kernel/refused.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { changeChecklist, listChecklists } from './checklists.ts';
import { measureFindings } from './findings.ts';
import { answerSite, endPatrol, startPatrol, viewPatrol, type ReportIncident } from './rounds.ts';
import { findPatrol, listPatrols, visitsOf } from './store.ts';

type Names =
  | 'listChecklists'
  | 'changeChecklist'
  | 'startPatrol'
  | 'answerSite'
  | 'endPatrol'
  | 'readPatrol'
  | 'listPatrols'
  | 'readEarlierAnswers'
  | 'measureFindings';

const shown = 50;

/** Rounds over the grid. `report` comes from the room of incidents. */
export function patrolHandlers(report: ReportIncident): Pick<Handlers, Names> {
  return {
    listChecklists: read<'listChecklists'>(async ({ deps }) => ({
      checklists: await listChecklists({ db: deps.db as never }),
    })),
    changeChecklist: command<'changeChecklist'>((tx, { params, body }) =>
      changeChecklist(tx, params.siteType, body),
    ),
    startPatrol: command<'startPatrol'>((tx, { body }) => startPatrol(tx, body)),
    answerSite: command<'answerSite'>((tx, { params, body }) =>
      answerSite(tx, params.patrolId, body, report),
    ),
    endPatrol: command<'endPatrol'>((tx, { params, body }) => endPatrol(tx, params.patrolId, body.doneAt)),
    readPatrol: read<'readPatrol'>(async ({ deps, params }) => {
      const row = await findPatrol(deps.db, params.patrolId);
      if (!row) throw new Refused('patrol_unknown', { patrolId: params.patrolId });
      return viewPatrol({ db: deps.db as never }, row);
    }),
    listPatrols: read<'listPatrols'>(async ({ deps }) => ({
      patrols: await Promise.all(
        (await listPatrols(deps.db, shown)).map((row) => viewPatrol({ db: deps.db as never }, row)),
      ),
    })),
    readEarlierAnswers: read<'readEarlierAnswers'>(async ({ deps, query }) => ({
      visit: (await visitsOf(deps.db, query))[0] ?? null,
    })),
    measureFindings: read<'measureFindings'>(({ deps, query }) =>
      measureFindings(deps.db, Date.parse(query.from), Date.parse(query.to), deps.now()),
    ),
  };
}
