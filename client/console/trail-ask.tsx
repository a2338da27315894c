import { Button, Chip, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LngLat } from '../../shared/contract/geo.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { say, sayRefused } from './perform.tsx';
import { useRoom } from './room.ts';

/** Looking at where people have been needs a purpose, which is recorded and which they can see. */
export function TrailAsk({ team, close }: { readonly team: TeamView; readonly close: () => void }) {
  const words = useWords();
  const units = words.console.units;
  const [purpose, setPurpose] = useState('');
  async function show() {
    try {
      const { fixes } = await call('readTrail', {
        params: { teamId: team.id },
        query: { minutes: 30, purpose },
      });
      const points = fixes.map(([lng, lat]) => ({ lng, lat }) as LngLat);
      useRoom.getState().set({ trail: { teamId: team.id, points }, selectedTeam: team.id });
      if (points.length < 2) say(units.trailEmpty, 'refused');
      close();
    } catch (error) {
      sayRefused(error);
    }
  }
  return (
    <Modal
      opened
      onClose={close}
      title={`${team.name} · ${units.trail}`}
      closeButtonProps={{ 'aria-label': words.detail.card.close }}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (purpose.trim() !== '') void show();
        }}
      >
        <TextInput
          label={units.trailPurpose}
          required
          data-autofocus
          maxLength={200}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <Group gap={6} my="sm">
          {units.trailPurposes.map((text) => (
            <Chip key={text} size="xs" checked={purpose === text} onChange={() => setPurpose(text)}>
              {text}
            </Chip>
          ))}
        </Group>
        <Button type="submit">{units.trailShow}</Button>
      </form>
    </Modal>
  );
}
