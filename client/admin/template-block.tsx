import { Button, Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import type { TemplateBlock } from '../../shared/contract/papers.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';

type Table = Extract<TemplateBlock, { block: 'table' }>;
const signers = ['officers', 'party', 'witness', 'approver'] as const;

/** One part of a template: its texts, its place among the others. */
export function TemplateBlockField(props: {
  readonly name: string;
  readonly block: TemplateBlock;
  readonly set: (block: TemplateBlock) => void;
  readonly up: (() => void) | null;
  readonly down: (() => void) | null;
  readonly remove: (() => void) | null;
}) {
  const words = useWords().admin.templates;
  const { name, block, set } = props;
  return (
    <fieldset className={classes['block']}>
      <legend>{name}</legend>
      {'text' in block && (
        <Textarea
          label={words.text}
          autosize
          maxLength={2000}
          value={block.text}
          onChange={(event) => set({ ...block, text: event.currentTarget.value })}
        />
      )}
      {block.block === 'paragraph' && (
        <Checkbox
          label={words.flush}
          checked={block.flush ?? false}
          onChange={(event) =>
            set({
              block: 'paragraph',
              text: block.text,
              ...(event.currentTarget.checked && { flush: true }),
            })
          }
        />
      )}
      {block.block === 'signatures' && (
        <Checkbox.Group
          label={words.blocks.signatures}
          value={[...block.of]}
          onChange={(of) => {
            if (of.length > 0) set({ ...block, of: signers.filter((who) => of.includes(who)) });
          }}
        >
          <Group gap="sm" mt={4}>
            {signers.map((who) => (
              <Checkbox key={who} value={who} label={words.signers[who]} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      {block.block === 'table' && <Rows table={block} set={set} />}
      <Group gap={6}>
        {(['up', 'down', 'remove'] as const).map((act) => (
          <Button
            key={act}
            size="compact-xs"
            variant="default"
            aria-label={words.act(words[act], name)}
            disabled={props[act] === null}
            onClick={() => props[act]?.()}
          >
            {words[act]}
          </Button>
        ))}
      </Group>
    </fieldset>
  );
}

const emptyCell = { label: '', text: '' };

/** Rows of up to three cells, a heading and a text each. */
function Rows({ table, set }: { readonly table: Table; readonly set: (table: Table) => void }) {
  const words = useWords().admin.templates;
  const rows = (next: Table['rows']) => set({ ...table, rows: next.filter((row) => row.length > 0) });
  const change = (at: number, cell: number, part: Partial<typeof emptyCell>) =>
    rows(
      table.rows.map((row, i) =>
        i === at ? row.map((one, j) => (j === cell ? { ...one, ...part } : one)) : row,
      ),
    );
  const last = table.rows.length === 1 && table.rows[0]!.length === 1;
  return (
    <>
      {table.rows.map((row, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no name but their place
        <fieldset key={i} className={classes['block']}>
          <legend>{words.row(i + 1)}</legend>
          {row.map((cell, j) => (
            // oxlint-disable-next-line react/no-array-index-key -- cells have no name but their place
            <Group key={j} align="end" gap={6} wrap="nowrap">
              <TextInput
                label={words.label}
                maxLength={60}
                w={130}
                value={cell.label}
                onChange={(event) => change(i, j, { label: event.currentTarget.value })}
              />
              <TextInput
                label={words.cell}
                maxLength={2000}
                style={{ flex: 1 }}
                value={cell.text}
                onChange={(event) => change(i, j, { text: event.currentTarget.value })}
              />
              <Button
                variant="default"
                aria-label={words.removeCell}
                title={words.removeCell}
                disabled={last}
                onClick={() =>
                  rows(table.rows.map((one, at) => (at === i ? one.filter((_, at) => at !== j) : one)))
                }
              >
                ×
              </Button>
            </Group>
          ))}
          {row.length < 3 && (
            <Group>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => rows(table.rows.map((one, at) => (at === i ? [...one, emptyCell] : one)))}
              >
                {words.addCell}
              </Button>
            </Group>
          )}
        </fieldset>
      ))}
      <Group>
        <Button size="compact-xs" variant="default" onClick={() => rows([...table.rows, [emptyCell]])}>
          {words.addRow}
        </Button>
      </Group>
    </>
  );
}
