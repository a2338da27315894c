/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists and tables */
import { Button, FileInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import { lngLat, type Crs } from '../../../shared/contract/datums.ts';
import { fromWgs84 } from '../../../shared/rules/datum.ts';
import { may } from '../../../shared/rules/permissions.ts';
import { useSession } from '../../live/session.ts';
import { unassigned } from '../../../shared/rules/zones/assignment.ts';
import { useWords } from '../../words/words.tsx';
import { operate, propose } from '../acts.ts';
import { planCsv, planGeoJson, type Shift } from '../core/export.ts';
import { desk, useDesk } from '../desk.ts';
import { saveAs, upload } from '../live/upload.ts';
import { sayRefused } from '../say.ts';
import { personId } from '../session.ts';
import classes from './side-panel.module.css';
import { CellFile } from './cell-file.tsx';
import { DatumSelect } from './datum-select.tsx';
import { Heads } from './heads.tsx';

const formats = ['csv', 'geojson', 'shapefile'] as const;
type Format = (typeof formats)[number];

/** Files of an edition that the server makes. */
const downloads = [
  ['shapefile', 'zip'],
  ['codes', 'csv?table=codes'],
] as const;

/** Plans out of and into the studio; the datum is always said. */
export function FilesTab() {
  const draft = useDesk((state) => state.sync !== null);
  const me = useSession((session) => session.me);
  const drafts = me !== null && may(me, 'plan.draft') === null;
  return (
    <>
      <Export />
      {draft && <Import />}
      {drafts && <CellFile />}
    </>
  );
}

function Export() {
  const words = useWords().studio.files;
  const editionId = useDesk((state) => state.detail?.edition.id);
  const [crs, setCrs] = useState<Crs>('wgs84');
  return (
    <>
      <h2>{words.exportTitle}</h2>
      <div className={classes['form']}>
        <DatumSelect label={words.datum} value={crs} onChange={setCrs} />
        <div className={classes['row']}>
          <Button size="compact-md" variant="default" onClick={() => save('csv', crs)}>
            {words.csv}
          </Button>
          <Button size="compact-md" variant="default" onClick={() => save('zones', crs)}>
            {words.zonesGeoJson}
          </Button>
          <Button size="compact-md" variant="default" onClick={() => save('cells', crs)}>
            {words.cellsGeoJson}
          </Button>
          {editionId !== undefined &&
            downloads.map(([name, path]) => (
              <Button
                key={name}
                component="a"
                size="compact-md"
                variant="default"
                href={`/plans/${editionId}.${path}`}
                download
              >
                {words[name]}
              </Button>
            ))}
        </div>
      </div>
    </>
  );
}

function save(what: 'csv' | 'zones' | 'cells', crs: Crs): void {
  const { ground, picture, detail, zones } = desk();
  if (!ground || !picture || !detail) return;
  const label = (id: Parameters<typeof zones.get>[0]) => ({
    number: zones.get(id)?.number ?? id,
    name: zones.get(id)?.name ?? '',
  });
  const name = detail.edition.name.replaceAll(/[\\/:*?"<>|]/g, '-');
  if (what === 'csv') return saveAs(`${name}.csv`, 'text/csv', `\uFEFF${planCsv(ground, picture, label)}`);
  const shift: Shift | null =
    crs === 'wgs84' || crs === 'cgcs2000'
      ? null
      : (lng, lat) => {
          const point = fromWgs84(lngLat(lng, lat), crs);
          return [point.lng, point.lat];
        };
  const collection = planGeoJson(ground, picture, label, what, crs, shift);
  saveAs(`${name}-${what}-${crs}.geojson`, 'application/geo+json', JSON.stringify(collection));
}

function Import() {
  const words = useWords().studio.files;
  const detail = useDesk((state) => state.detail);
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<Format>('csv');
  const [crs, setCrs] = useState<Crs | null>(null);
  const [columns, setColumns] = useState({ cellColumn: '', zoneColumn: '' });
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const [result, setResult] = useState<Output<'importPlan'> | null>(null);
  if (!detail) return null;
  const read = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    try {
      const meta = { format, ...columns, ...(format !== 'csv' && crs && { crs }) };
      const imported = await upload('importPlan', { editionId: detail.edition.id }, meta, file);
      setResult(imported);
      if (imported.errors > 0) return;
      if (imported.addedZones.length > 0)
        operate({
          opId: crypto.randomUUID(),
          author: personId(),
          kind: 'assign',
          changes: [],
          addedZones: imported.addedZones,
        });
      const { picture, ground } = desk();
      const moved = imported.pairs.flatMap(([cellId, zoneId]) =>
        picture?.assignment[ground?.graph.indexOf.get(cellId) ?? -1] === (zoneId ?? unassigned)
          ? []
          : [{ cellId, zoneId }],
      );
      setWaiting(moved.length);
      if (moved.length > 0) propose(moved, 'import');
    } catch (error) {
      sayRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>{words.importTitle}</h2>
      <p className={classes['muted']}>{words.importHow}</p>
      <div className={classes['form']} role="group" aria-label={words.importTitle}>
        <Select
          label={words.format}
          data={formats.map((one) => ({ value: one, label: words.formats[one] }))}
          value={format}
          allowDeselect={false}
          onChange={(value) => setFormat(value ?? 'csv')}
        />
        {format !== 'csv' && <DatumSelect label={words.datumOfFile} value={crs} onChange={setCrs} />}
        {(['cellColumn', 'zoneColumn'] as const).map((name) => (
          <TextInput
            key={name}
            label={words[name]}
            value={columns[name]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setColumns((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        <FileInput
          label={words.file}
          placeholder={words.choose}
          value={file}
          onChange={setFile}
          accept={{ csv: '.csv,text/csv', geojson: '.geojson,.json', shapefile: '.zip' }[format]}
        />
        <Button loading={busy} disabled={!file || (format !== 'csv' && !crs)} onClick={() => void read()}>
          {words.read}
        </Button>
      </div>
      {result && (
        <div role="status">
          <p>{words.result({ rows: result.rows, errors: result.errors, warnings: result.warnings })}</p>
          {result.errors === 0 && <p>{waiting === 0 ? words.alike : words.onTable({ cells: waiting })}</p>}
          {result.findings.length > 0 && (
            <table className={classes['table']}>
              <Heads of={[words.row, words.finding, words.value]} />
              <tbody>
                {result.findings.map((one) => (
                  <tr key={`${one.row}-${one.code}-${one.value}`}>
                    <td>{one.row === 0 ? words.wholeFile : one.row}</td>
                    <td>
                      {words.findingLine({
                        severity: words.severities[one.severity],
                        what: words.findings[one.code],
                      })}
                    </td>
                    <td>{one.value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </>
  );
}
