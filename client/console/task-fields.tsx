import { Group, NativeSelect } from '@mantine/core';
import { dispatchKinds } from '../../shared/contract/dispatch-codes.ts';
import type { Recommendation } from '../../shared/contract/dispatch.ts';
import { useWords } from '../words/words.tsx';
import { useNames } from './names.ts';
import { useRoom } from './room.ts';

/** What the team is sent for, and who answers for it where auxiliaries may do it. Another task asks for another card. */
export function TaskFields({ card }: { readonly card: Recommendation }) {
  const words = useWords();
  const labels = words.detail.card;
  const names = useNames();
  const wish = useRoom((state) => state.wish);
  const set = useRoom((state) => state.set);
  const { supervision, taskKind } = card;
  const kinds = dispatchKinds.some((kind) => kind === taskKind)
    ? dispatchKinds
    : [taskKind, ...dispatchKinds];
  return (
    <Group grow gap={8} align="start">
      <NativeSelect
        size="xs"
        label={labels.kind}
        value={taskKind}
        onChange={(event) =>
          set({
            wish: { ...wish, kind: event.currentTarget.value as typeof taskKind, supervisorId: null },
            overriding: null,
          })
        }
        data={kinds.map((value) => ({ value, label: words.codes.taskKind[value] }))}
      />
      {supervision && (
        <NativeSelect
          size="xs"
          label={labels.supervisor}
          inputWrapperOrder={['label', 'input', 'description']}
          description={supervision.choices.length === 0 ? labels.supervisorNone : labels.supervisorHint}
          disabled={supervision.choices.length === 0}
          value={String(wish.supervisorId ?? supervision.personId ?? '')}
          onChange={(event) => set({ wish: { ...wish, supervisorId: Number(event.currentTarget.value) } })}
          data={supervision.choices.map(({ personId, teamId }) => ({
            value: String(personId),
            label: labels.supervisorOf({ name: names.person(personId), team: names.team(teamId) }),
          }))}
        />
      )}
    </Group>
  );
}
