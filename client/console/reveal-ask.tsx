import { Button, Chip, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { sayRefused } from './perform.tsx';

/** Seeing personal data in full needs a purpose; the server writes it down before it answers. */
export function RevealAsk(props: {
  readonly read: (purpose: string) => Promise<void>;
  readonly close: () => void;
}) {
  const words = useWords();
  const { reveal } = words.work;
  const [purpose, setPurpose] = useState('');
  async function show() {
    try {
      await props.read(purpose.trim());
      props.close();
    } catch (error) {
      sayRefused(error);
    }
  }
  return (
    <Modal
      opened
      onClose={props.close}
      title={reveal.title}
      closeButtonProps={{ 'aria-label': words.detail.card.close }}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (purpose.trim().length > 1) void show();
        }}
      >
        <TextInput
          label={reveal.purpose}
          required
          data-autofocus
          minLength={2}
          maxLength={200}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <Group gap={6} my="sm">
          {reveal.purposes.map((text) => (
            <Chip key={text} size="xs" checked={purpose === text} onChange={() => setPurpose(text)}>
              {text}
            </Chip>
          ))}
        </Group>
        <Button type="submit">{reveal.show}</Button>
      </form>
    </Modal>
  );
}
