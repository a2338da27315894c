import { Alert, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { TemplateBlock, TemplateBody } from '../../shared/contract/papers.ts';
import { call } from '../live/call.ts';
import { labelOf } from '../words/label.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Refused } from './page.tsx';
import { useAct } from './reads.ts';
import { TemplateBlockField } from './template-block.tsx';
import type { Template } from './templates.tsx';

const pauseMs = 400;

/** A part as it is added: empty, to be filled in. */
const newBlocks: Readonly<Record<TemplateBlock['block'], TemplateBlock>> = {
  paragraph: { block: 'paragraph', text: '' },
  table: { block: 'table', rows: [[{ label: '', text: '' }]] },
  signatures: { block: 'signatures', of: ['officers'] },
  seal: { block: 'seal' },
  qr: { block: 'qr', text: '' },
  note: { block: 'note', text: '' },
  copies: { block: 'copies', text: '' },
};

/** A template part by part beside its page; it can be saved when no field that the law wants is missing. */
export function TemplateForm(props: {
  readonly template: Template;
  readonly newest: boolean;
  readonly saved: () => void;
}) {
  const all = useWords();
  const words = all.admin.templates;
  const { template, newest } = props;
  const { kind } = template;
  const [title, setTitle] = useState(template.body.title);
  const [blocks, setBlocks] = useState(() => template.body.blocks.map(keyed));
  const [remark, setRemark] = useState('');
  const [adding, setAdding] = useState<TemplateBlock['block']>('paragraph');
  const body: TemplateBody = { title, blocks: blocks.map(({ block }) => block) };
  const [settled] = useDebouncedValue(JSON.stringify(body), pauseMs);
  const preview = useQuery({
    queryKey: ['preview', kind, settled],
    queryFn: () =>
      call('previewTemplate', { params: { kind }, body: { body: JSON.parse(settled) as TemplateBody } }),
    placeholderData: keepPreviousData,
  });
  const save = useAct(
    () => call('changeTemplate', { params: { kind }, body: { body, note: remark } }),
    ['templates'],
    props.saved,
  );
  const change = (at: number, block: TemplateBlock) =>
    setBlocks(blocks.map((one, i) => (i === at ? { ...one, block } : one)));
  const move = (at: number, to: number) => {
    const next = blocks.filter((_, i) => i !== at);
    next.splice(to, 0, blocks[at]!);
    setBlocks(next);
  };
  const { missing = [], unknown = [] } = preview.data ?? {};
  const kindName = labelOf(all.officer.papers.kinds, kind);
  return (
    <div className={classes['split']}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined);
        }}
      >
        {!newest && <Alert variant="outline">{words.old}</Alert>}
        <fieldset disabled={!newest} className={classes['bare']}>
          <TextInput
            label={words.title}
            required
            maxLength={60}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {blocks.map(({ key, block }, at) => (
            <TemplateBlockField
              key={key}
              name={words.block(at + 1, words.blocks[block.block])}
              block={block}
              set={(next) => change(at, next)}
              up={at === 0 ? null : () => move(at, at - 1)}
              down={at === blocks.length - 1 ? null : () => move(at, at + 1)}
              remove={blocks.length === 1 ? null : () => setBlocks(blocks.filter((_, i) => i !== at))}
            />
          ))}
          <Group align="end" gap="xs">
            <NativeSelect
              label={words.add}
              value={adding}
              onChange={(event) => setAdding(event.currentTarget.value as typeof adding)}
              data={Object.keys(newBlocks).map((value) => ({
                value,
                label: words.blocks[value as TemplateBlock['block']],
              }))}
            />
            <Button variant="default" onClick={() => setBlocks([...blocks, keyed(newBlocks[adding])])}>
              {words.add}
            </Button>
          </Group>
          <p className={classes['muted']}>
            {words.compulsory}: {template.compulsory.map((name) => `{${name}}`).join(' ')}
          </p>
          <details>
            <summary>{words.fields}</summary>
            <p className={classes['muted']}>{template.fields.map((name) => `{${name}}`).join(' ')}</p>
          </details>
          <output>
            {[
              missing.length > 0 ? words.missing(missing.join(', ')) : '',
              unknown.length > 0 ? words.unknown(unknown.join(', ')) : '',
            ]
              .filter(Boolean)
              .join(' · ') || words.right}
          </output>
          <TextInput
            label={words.remark}
            required
            maxLength={200}
            value={remark}
            onChange={(event) => setRemark(event.currentTarget.value)}
          />
          <Refused error={save.error ?? preview.error} />
          <Button
            type="submit"
            disabled={missing.length > 0 || unknown.length > 0 || settled === JSON.stringify(template.body)}
            loading={save.isPending}
          >
            {words.save}
          </Button>
        </fieldset>
      </form>
      {preview.data && (
        <iframe
          className={classes['preview']}
          title={words.previewOf(kindName)}
          sandbox=""
          srcDoc={preview.data.html}
        />
      )}
    </div>
  );
}

const keyed = (block: TemplateBlock) => ({ key: crypto.randomUUID(), block });
