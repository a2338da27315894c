import type { z } from 'zod';
import {
  ImportCellsMetaSchema,
  type CellFinding,
  type CoverageTotals,
  type ImportedCellsSchema,
} from '../../shared/contract/plan-files.ts';
import type { Deps } from '../kernel/deps.ts';
import { readForm, type Form } from '../kernel/form.ts';
import { parse, read, type Handlers } from '../kernel/route.ts';
import type { Actor } from '../kernel/transact.ts';
import { findTown } from '../zones/store.ts';
import type { Coverage } from './import/coverage.ts';
import type { Finding } from './import/findings.ts';
import { plainRequest } from './import/request.ts';
import { runImport } from './import/run.ts';
import type { Difference } from './import/repair.ts';

type Meta = z.output<typeof ImportCellsMetaSchema>;
type Imported = z.output<typeof ImportedCellsSchema>;

const mostFindings = 1000;
const mostDifferences = 300;

/** Files of cells from the studio. */
export const cellFileHandlers = (): Pick<Handlers, 'importCells'> => ({
  importCells: read<'importCells'>(async ({ deps, actor, request }) => {
    const form = await readForm(request);
    const meta = parse(ImportCellsMetaSchema, form.meta ?? {}, 'meta') as Meta;
    return importCells(deps, actor, meta, form);
  }),
});

/** Reads, checks and, as asked, repairs a file of cells; only `write` leaves something behind: a draft of this person. */
async function importCells(deps: Deps, actor: Actor, meta: Meta, { bytes }: Form): Promise<Imported> {
  const town = await findTown(deps.db);
  const standings: Coverage[] = [];
  let differences: readonly Difference[] = [];
  const result = await runImport(
    deps,
    plainRequest({
      layer: 'cells',
      crs: { datum: meta.crs },
      source: meta.source,
      licence: meta.licence,
      dryRun: !meta.write,
      map: meta.codeProperty === '' ? new Map() : new Map([['code', meta.codeProperty]]),
      // towns of the national standard have a code; elsewhere any code will do
      codeRule: town?.code ? '15' : 'any',
      mergeSameCode: meta.mergeSameCode,
      multi: meta.mergeSameCode ? 'keep' : 'refuse',
      repair: meta.repair,
      allowHoles: meta.allowHoles,
      newOutline: meta.newOutline,
      editionName: meta.name || null,
    }),
    { name: 'cells', bytes },
    {
      say: () => undefined,
      report: () => Promise.reject(new Error('a file of cells reports nothing')),
      onCoverage(coverage, changed) {
        standings.push(coverage);
        differences = changed;
      },
    },
    actor,
  );
  const errors = result.findings.filter(({ level }) => level === 'error');
  const warnings = result.findings.filter(({ level }) => level !== 'error');
  const [before, after] = standings.map(totalsOf);
  return {
    ended: result.ended,
    editionId: (result.editionId ?? null) as Imported['editionId'],
    features: result.counts['features'] ?? null,
    errors: errors.length,
    warnings: warnings.length,
    findings: [...errors, ...warnings].slice(0, mostFindings).map(findingOf),
    before: before ?? null,
    after: after ?? null,
    differences: differences
      .toSorted((a, b) => moved(b) - moved(a))
      .slice(0, mostDifferences)
      .map(({ code, beforeSquareMetres, afterSquareMetres }) => ({
        code,
        beforeSquareMetres,
        afterSquareMetres,
      })),
  };
}

const moved = (row: Difference): number => row.gainedSquareMetres + row.lostSquareMetres;

function totalsOf({ overlaps, gaps, parts, unionSquareMetres }: Coverage): CoverageTotals {
  const sum = (rows: readonly { squareMetres: number }[]): number =>
    rows.reduce((total, { squareMetres }) => total + squareMetres, 0);
  return {
    overlaps: overlaps.length,
    overlapSquareMetres: sum(overlaps),
    gaps: gaps.length,
    gapSquareMetres: sum(gaps),
    parts,
    squareMetres: unionSquareMetres,
  };
}

const findingOf = ({ row, code, level, field, about }: Finding): CellFinding => ({
  row,
  severity: level === 'error' ? 'error' : 'warning',
  code,
  field,
  value: about?.value ?? '',
  rows: [...(about?.rows ?? [])],
  squareMetres: about?.squareMetres ?? null,
  at: about?.at ? [about.at[0], about.at[1]] : null,
});
