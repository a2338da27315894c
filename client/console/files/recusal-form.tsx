import type { PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import type { Role } from '../../../shared/contract/roles.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { say } from '../perform.tsx';
import type { Field } from './act-table.ts';
import { FieldsForm } from './fields-form.tsx';
import { readFilesAgain } from './reads.ts';

const reason: Field = { name: 'reason', kind: 'long', needed: true };
const ofFile: Field = { name: 'personId', kind: 'investigator', needed: true };

/** 回避 (行政处罚法 43): an officer stands back; of an officer whom the party objects to the head decides. */
export function RecusalForm(props: {
  readonly file: PenaltyFileView;
  readonly role: Role;
  readonly personId: number;
  readonly close: () => void;
}) {
  const words = useWords().files;
  const { file, role, close } = props;
  return (
    <FieldsForm
      title={words.recuse}
      note={words.recuseNote}
      fields={role === 'head' ? [ofFile, reason] : [reason]}
      file={file}
      close={close}
      send={async (values) => {
        await call('declareRecusal', {
          params: { incidentId: file.incidentId },
          body: {
            personId: (role === 'head' ? values['personId'] : props.personId) as never,
            reason: String(values['reason']),
          },
        });
        say(words.recused, 'done');
        close();
        await readFilesAgain();
      }}
    />
  );
}
