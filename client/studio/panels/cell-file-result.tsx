import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import type { CellFinding, CoverageTotals } from '../../../shared/contract/plan-files.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import { studioMap } from '../map-handle.ts';
import { tell, wordsNow } from '../say.ts';
import { figure } from './figures.ts';
import { Heads } from './heads.tsx';
import classes from './side-panel.module.css';

type Imported = Output<'importCells'>;

const mostRows = 200;
const mostChanges = 50;

/** What the check of a file of cells found: whether it tiles, each problem with its place, what a repair changed. */
export function CellFileResult(props: { readonly imported: Imported; readonly mendable: boolean }) {
  const words = useWords().studio.cellFile;
  const { imported, mendable } = props;
  const { errors, warnings, findings, before, after, ended } = imported;
  useEffect(() => () => markPlace(null), []);
  return (
    <>
      {before && <Totals before={before} after={after} />}
      <p>
        <strong>
          {ended === 'refused' ? words.notYet : ended === 'unchanged' ? words.same : words.tiles}
        </strong>{' '}
        {words.found({ errors, warnings })}
      </p>
      {mendable && <p>{words.mendable}</p>}
      {findings.some(({ code }) => code === 'code_repeated') && <p>{words.repeatedHow}</p>}
      {findings.length > 0 && <Problems findings={findings} />}
      {imported.differences.length > 0 && <Differences rows={imported.differences} />}
    </>
  );
}

function Totals({
  before,
  after,
}: {
  readonly before: CoverageTotals;
  readonly after: CoverageTotals | null;
}) {
  const words = useWords().studio.cellFile;
  const language = usePreferences((state) => state.language);
  const columns = after ? [before, after] : [before];
  const area = (value: number): string => figure(value, language);
  const rows = [
    [
      words.overlaps,
      (t: CoverageTotals) => words.pairs({ count: t.overlaps, area: area(t.overlapSquareMetres) }),
    ],
    [words.gaps, (t: CoverageTotals) => words.pairs({ count: t.gaps, area: area(t.gapSquareMetres) })],
    [words.parts, (t: CoverageTotals) => String(t.parts)],
    [words.area, (t: CoverageTotals) => words.squareKilometres({ area: area(t.squareMetres / 1e6) })],
  ] as const;
  return (
    <table className={classes['table']}>
      <Heads of={['', words.asRead, ...(after ? [words.repaired] : [])]} />
      <tbody>
        {rows.map(([label, cell]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {columns.map((totals, i) => (
              <td key={i === 0 ? 'before' : 'after'}>{cell(totals)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Problems({ findings }: { readonly findings: readonly CellFinding[] }) {
  const words = useWords().studio.cellFile;
  const files = useWords().studio.files;
  const language = usePreferences((state) => state.language);
  const about = ({ value, rows, squareMetres, field }: CellFinding): string =>
    [
      rows.length > 0 ? words.withRows({ rows: rows.join(', ') }) : '',
      squareMetres === null ? '' : words.squareMetres({ area: figure(squareMetres, language) }),
      value || (rows.length === 0 && squareMetres === null ? field : ''),
    ]
      .filter((part) => part !== '')
      .join(' · ');
  return (
    <>
      <table className={classes['table']} aria-label={words.problems}>
        <Heads of={[files.row, files.finding, words.where, words.show]} />
        <tbody>
          {findings.slice(0, mostRows).map((one) => (
            <tr key={`${one.row}-${one.code}-${one.rows.join()}-${one.at?.join()}-${one.value}`}>
              <td>{one.row ?? files.wholeFile}</td>
              <td>
                {files.findingLine({
                  severity: files.severities[one.severity],
                  what: labelOf(words.findings, one.code),
                })}
              </td>
              <td>{about(one)}</td>
              <td>
                {one.at && (
                  <Button size="compact-xs" variant="default" onClick={() => showFinding(one)}>
                    {words.show}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {findings.length > mostRows && <p>{words.more({ left: findings.length - mostRows })}</p>}
    </>
  );
}

function showFinding({ at, row }: CellFinding): void {
  if (!at) return;
  markPlace(at);
  studioMap()?.showPlace(at[0], at[1]);
  tell(wordsNow().studio.cellFile.shown({ row: row ?? 0 }));
}

function markPlace(at: readonly [number, number] | null): void {
  studioMap()?.setOver('drawing', {
    type: 'FeatureCollection',
    features: at
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates: [...at] }, properties: { kind: 'node' } }]
      : [],
  });
}

function Differences({ rows }: { readonly rows: Imported['differences'] }) {
  const words = useWords().studio.cellFile;
  const language = usePreferences((state) => state.language);
  const area = (value: number): string => words.squareMetres({ area: figure(Math.round(value), language) });
  return (
    <>
      <p>{words.changed({ cells: rows.length })}</p>
      <table className={classes['table']} aria-label={words.repaired}>
        <Heads of={[words.code, words.before, words.after]} />
        <tbody>
          {rows.slice(0, mostChanges).map((row) => (
            <tr key={row.code}>
              <td>{row.code}</td>
              <td>{area(row.beforeSquareMetres)}</td>
              <td>{area(row.afterSquareMetres)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostChanges && <p>{words.more({ left: rows.length - mostChanges })}</p>}
    </>
  );
}
