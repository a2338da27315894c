/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what changed is told as it comes; the parts inside are lists and tables */
import { Button, Checkbox, FileInput, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/api.ts';
import type { Crs } from '../../../shared/contract/datums.ts';
import { useWords } from '../../words/words.tsx';
import { studioMap } from '../map-handle.ts';
import { upload } from '../live/upload.ts';
import { say, sayRefused, wordsNow } from '../say.ts';
import { listEditions, openEdition } from '../session.ts';
import { CellFileResult } from './cell-file-result.tsx';
import { DatumSelect } from './datum-select.tsx';
import classes from './side-panel.module.css';

type Imported = Output<'importCells'>;
type Act = 'check' | 'repair' | 'write';
const busyWords = { check: 'checking', repair: 'repairing', write: 'writing' } as const;
interface Result {
  readonly act: Act;
  readonly imported: Imported;
  readonly repair: boolean;
}

const flags = ['mergeSameCode', 'allowHoles', 'newOutline'] as const;

/** Shapes of cells from a file: checked, repaired on request, and laid out as a draft of their own. */
export function CellFile() {
  const words = useWords().studio.cellFile;
  const files = useWords().studio.files;
  const [file, setFile] = useState<File | null>(null);
  const [crs, setCrs] = useState<Crs | null>(null);
  const [texts, setTexts] = useState({ codeProperty: '', source: '', licence: '', name: '' });
  const [options, setOptions] = useState({ mergeSameCode: false, allowHoles: false, newOutline: false });
  const [busy, setBusy] = useState<Act | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // what was found stands below the form, out of sight
    if (result) answer.current?.scrollIntoView();
  }, [result]);
  const complete = file && crs && texts.source.trim() !== '' && texts.licence.trim() !== '';
  const changed = (): void => setResult(null);
  const run = async (act: Act): Promise<void> => {
    if (!file || !crs) return;
    setBusy(act);
    const repair = act === 'repair' || (act === 'write' && (result?.repair ?? false));
    try {
      const meta = { ...texts, ...options, crs, repair, write: act === 'write' };
      const imported = await upload('importCells', {}, meta, file);
      setResult({ act, imported, repair });
      if (imported.editionId === null) return;
      say(wordsNow().studio.cellFile.made);
      await listEditions();
      await openEdition(imported.editionId);
      studioMap()?.showTown();
    } catch (error) {
      sayRefused(error);
    } finally {
      setBusy(null);
    }
  };
  const text = (name: keyof typeof texts) => (
    <TextInput
      key={name}
      label={words[name]}
      value={texts[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setTexts((before) => ({ ...before, [name]: value }));
        if (name !== 'name') changed();
      }}
    />
  );
  const damaged = result?.imported.findings.some(({ code }) => /^cells_(?:overlap|gap)$/.test(code)) ?? false;
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <div className={classes['form']} role="group" aria-label={words.title}>
        <FileInput
          label={files.file}
          placeholder={files.choose}
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            changed();
          }}
          accept=".geojson,.json,.zip"
        />
        <DatumSelect
          label={files.datumOfFile}
          value={crs}
          onChange={(chosen) => {
            setCrs(chosen);
            changed();
          }}
        />
        {(['codeProperty', 'source', 'licence', 'name'] as const).map(text)}
        {flags.map((flag) => (
          <Checkbox
            key={flag}
            label={words[flag]}
            checked={options[flag]}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setOptions((before) => ({ ...before, [flag]: checked }));
              changed();
            }}
          />
        ))}
        <div className={classes['row']}>
          <Button
            loading={busy === 'check'}
            disabled={!complete || busy !== null}
            onClick={() => void run('check')}
          >
            {words.check}
          </Button>
          <Button
            variant="default"
            loading={busy === 'repair'}
            disabled={!complete || !damaged || busy !== null}
            onClick={() => void run('repair')}
          >
            {words.repair}
          </Button>
          <Button
            loading={busy === 'write'}
            disabled={!complete || result?.imported.ended !== 'tried' || busy !== null}
            onClick={() => void run('write')}
          >
            {words.write}
          </Button>
        </div>
      </div>
      <div role="status">
        {busy !== null && <p>{words[busyWords[busy]]}</p>}
        <div ref={answer} />
        {result && <CellFileResult key={result.act} imported={result.imported} mendable={damaged} />}
      </div>
    </>
  );
}
