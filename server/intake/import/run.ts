import type { Deps } from '../../kernel/deps.ts';
import { systemActor, transact, type Actor } from '../../kernel/transact.ts';
import { addAttribution } from '../../zones/store-import.ts';
import { prepareCells } from './cells.ts';
import { prepareCommunities } from './communities.ts';
import { createFindings, ImportRefused, type Finding } from './findings.ts';
import { prepareIncidents } from './incidents.ts';
import type { Job, Layered, Outcome } from './job.ts';
import { prepareOverlays } from './overlays.ts';
import type { ImportRequest, Layer, SourceFile } from './request.ts';
import { prepareRoads } from './roads.ts';
import { prepareTeams } from './teams.ts';
import { prepareZones } from './zones.ts';

/** How an import ended: written, tried out, refused (nothing is written), or found to say what is there already. */
export interface ImportResult {
  readonly ended: 'written' | 'tried' | 'refused' | 'unchanged';
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  /** The draft that was made. */
  readonly editionId?: number;
}

const preparers: Readonly<Record<Layer, Layered>> = {
  cells: prepareCells,
  zones: prepareZones,
  communities: prepareCommunities,
  overlays: prepareOverlays,
  roads: prepareRoads,
  teams: prepareTeams,
  incidents: prepareIncidents,
};

const importer: Actor = { ...systemActor, name: 'import' };

/** Carries the outcome of a dry run out of the transaction that it rolls back. */
class RolledBack extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super('rolled back as asked');
    this.outcome = outcome;
  }
}

/**
 * Imports one file in one transaction: either everything is written and announced, or nothing. The file is read and
 * checked before the transaction begins; a dry run does all of it and rolls back.
 */
export async function runImport(
  deps: Deps,
  request: ImportRequest,
  file: SourceFile,
  { say, report, onCoverage }: Pick<Job, 'say' | 'report' | 'onCoverage'>,
  actor: Actor = importer,
): Promise<ImportResult> {
  const findings = createFindings();
  const told = (
    { counts, notes, editionId }: Omit<Outcome, 'changed'>,
    ended: ImportResult['ended'],
  ): ImportResult => ({
    ...(editionId !== undefined && ended === 'written' && { editionId }),
    ended,
    counts,
    notes: [...findings.notes, ...notes],
    findings: findings.list,
  });
  const write = await preparers[request.layer](file, request, findings);
  try {
    findings.stopOnErrors();
    const outcome = await transact(deps, actor, async (tx) => {
      // the limits of ordinary work are not for a whole town at once
      await tx.db.raw(
        'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local jit = off',
      );
      const done = await write({ tx, request, findings, say, report, onCoverage });
      findings.stopOnErrors();
      if (done.changed) {
        const { layer, licence, source } = request;
        await addAttribution(tx.db, `${source} (${licence})`);
        const rows = Object.values(done.counts)[0] ?? 0;
        tx.announce('town.imported', 'town', { layer, rows, licence, source });
      }
      if (request.dryRun) throw new RolledBack(done);
      return done;
    });
    return told(outcome, outcome.changed ? 'written' : 'unchanged');
  } catch (error) {
    if (error instanceof RolledBack) return told(error.outcome, 'tried');
    if (error instanceof ImportRefused) return told({ counts: {}, notes: [] }, 'refused');
    throw error;
  }
}
