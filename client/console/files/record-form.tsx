import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { call } from '../../live/call.ts';
import { formatInstant } from '../../words/format.ts';
import { serviceModes } from '../../words/service-zh-CN.ts';
import { labelOf } from '../../words/label.ts';
import { useWords } from '../../words/words.tsx';
import { say } from '../perform.tsx';
import type { Field, Values } from './act-table.ts';
import { FieldsForm } from './fields-form.tsx';
import { readFilesAgain } from './reads.ts';

const is =
  (...kinds: readonly string[]) =>
  ({ kind }: Values): boolean =>
    typeof kind === 'string' && kinds.includes(kind);
const record = is('inspection_record', 'interview_record');

/** Records and receipts that an officer writes; what the file knows stands in the paper by itself. */
const fields: readonly Field[] = [
  {
    name: 'kind',
    kind: 'choice',
    options: ['interview_record', 'inspection_record', 'service_receipt', 'closing_form'],
    needed: true,
    start: () => 'interview_record',
  },
  { name: 'partnerId', kind: 'partner', when: record },
  { name: 'record', kind: 'long', needed: true, when: record },
  {
    name: 'receiver',
    kind: 'line',
    needed: true,
    when: is('service_receipt'),
    start: ({ party }) => party?.name,
  },
  { name: 'service', kind: 'line', needed: true, when: is('service_receipt') },
  {
    name: 'mode',
    kind: 'choice',
    options: Object.keys(serviceModes),
    needed: true,
    when: is('service_receipt'),
    start: () => 'handed',
  },
  { name: 'servedAt', kind: 'instant', needed: true, when: is('service_receipt') },
  { name: 'result', kind: 'long', needed: true, when: is('closing_form') },
  { name: 'opinion', kind: 'long', needed: true, when: is('closing_form') },
];

/** 询问笔录, 现场检查笔录, 送达回证, 结案审批表 of a file. */
export function RecordForm({ file, close }: { readonly file: PenaltyFileView; readonly close: () => void }) {
  const words = useWords();
  return (
    <FieldsForm
      title={words.files.makePaper}
      note={words.files.articles.inquire}
      fields={fields}
      file={file}
      close={close}
      send={async ({ kind, partnerId, servedAt, mode, ...written }) => {
        await call('makePaper', {
          params: { incidentId: file.incidentId },
          body: {
            kind: kind as 'interview_record',
            fileId: file.id,
            ...(typeof partnerId === 'number' && { partnerId }),
            fields: {
              ...(written as Record<string, string>),
              ...(kind === 'service_receipt' && { result: serviceModes[mode as keyof typeof serviceModes] }),
              ...(typeof servedAt === 'string' && { servedAt: formatInstant(Date.parse(servedAt)) }),
            },
          },
        });
        say(words.files.paperMade({ kind: labelOf(words.officer.papers.kinds, kind as string) }), 'done');
        close();
        await readFilesAgain();
      }}
    />
  );
}
