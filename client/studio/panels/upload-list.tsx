/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists and tables */
import { Button, FileInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import { queries } from '../../live/queries.ts';
import { useWords } from '../../words/words.tsx';
import { upload } from '../live/upload.ts';
import { sayRefused } from '../say.ts';
import classes from './side-panel.module.css';

const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const;

/** A list of incidents from a file; it is stored only when every row can be read. */
export function UploadList({ onAdded }: { readonly onAdded: (listId: number) => void }) {
  const words = useWords().studio.replay;
  const files = useWords().studio.files;
  const [name, setName] = useState('');
  const [crs, setCrs] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [result, setResult] = useState<Output<'addIncidentList'> | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (!file || crs === null) return;
    setBusy(true);
    try {
      const added = await upload('addIncidentList', {}, { name: name.trim(), crs }, file);
      setResult(added);
      await queries.invalidateQueries({ queryKey: ['incident-lists'] });
      if (added.list) onAdded(added.list.id);
    } catch (error) {
      sayRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <details>
      <summary>{words.upload}</summary>
      <div className={classes['form']}>
        <p className={classes['muted']}>{words.uploadHow}</p>
        <TextInput
          label={words.listName}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={files.datumOfFile}
          data={datums.map((one) => ({ value: one, label: files.datums[one] }))}
          value={crs}
          allowDeselect={false}
          onChange={setCrs}
        />
        <FileInput
          label={files.file}
          placeholder={files.choose}
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
        />
        <Button
          loading={busy}
          disabled={!file || crs === null || name.trim() === ''}
          onClick={() => void send()}
        >
          {files.read}
        </Button>
        {result && (
          <div role="status">
            <p>
              {files.result({
                rows: result.rows,
                errors: result.errors,
                warnings: result.findings.length - result.errors,
              })}
            </p>
            <ul className={classes['list']}>
              {result.findings.slice(0, 100).map((one) => (
                <li key={`${one.row}-${one.code}-${one.value}`}>
                  {files.row} {one.row}: {files.findings[one.code]} {one.value}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </details>
  );
}
