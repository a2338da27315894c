import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../shared/contract/api.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Page } from './page.tsx';
import { useTemplates } from './reads.ts';
import { TemplateForm } from './template-form.tsx';

/** A version of a paper's template, as the server lists it. */
export type Template = Output<'listTemplates'>['templates'][number];

/** Templates of papers: every version can be read, a change to the newest becomes the next one. */
export function TemplatesPage() {
  const all = useWords();
  const words = all.admin.templates;
  const { data, isError, refetch } = useTemplates();
  const [kind, setKind] = useState<Template['kind']>('inquiry_notice');
  const [wanted, setWanted] = useState<number | null>(null);
  const versions = (data?.templates ?? [])
    .filter((template) => template.kind === kind)
    .toSorted((a, b) => b.version - a.version);
  const kinds = [...new Set(data?.templates.map((template) => template.kind))];
  const shown = versions.find(({ version }) => version === wanted) ?? versions[0];
  return (
    <Page title={all.admin.pages.templates} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <NativeSelect
          label={words.kind}
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value as Template['kind']);
            setWanted(null);
          }}
          data={kinds.map((value) => ({ value, label: labelOf(all.officer.papers.kinds, value) }))}
        />
        <NativeSelect
          label={words.versions}
          value={String(shown?.version ?? '')}
          onChange={(event) => setWanted(Number(event.currentTarget.value))}
          data={versions.map(({ version, note }) => ({
            value: String(version),
            label: words.version(version, note),
          }))}
        />
      </div>
      {shown && (
        <TemplateForm
          key={`${shown.kind} ${shown.version}`}
          template={shown}
          newest={shown === versions[0]}
          saved={() => setWanted(null)}
        />
      )}
    </Page>
  );
}
