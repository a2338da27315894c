/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a row of check boxes with its name */
import { Checkbox, MultiSelect, NumberInput, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TeamId } from '../../../shared/contract/ids.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { askReplay, useReplayForm } from '../jobs/replay-form.ts';
import { HoursField } from './hours-field.tsx';
import classes from './side-panel.module.css';

const busiest = 'busiest';

/** Which incidents count, at which speed teams drive, and who is absent in the case of an absent team. */
export function ReplayFilters() {
  const words = useWords().studio.replay;
  const { source, priorities, matterCodes, hourFrom, hourTo, absentTeamId, speed } = useReplayForm();
  const language = usePreferences((state) => state.language);
  const matters = useQuery({ queryKey: ['matters'], queryFn: () => call('listMatters') });
  const teams = useDesk((state) => state.ground?.studio.teams) ?? [];
  return (
    <>
      <div className={classes['row']} role="group" aria-label={words.priorities}>
        {[1, 2, 3, 4].map((one) => (
          <Checkbox
            key={one}
            size="xs"
            label={`P${one}`}
            checked={priorities.includes(one)}
            onChange={(event) =>
              askReplay({
                priorities: event.currentTarget.checked
                  ? [...priorities, one].toSorted((a, b) => a - b)
                  : priorities.filter((p) => p !== one),
              })
            }
          />
        ))}
      </div>
      {source === 'ledger' && (
        <MultiSelect
          size="xs"
          label={words.matters}
          placeholder={matterCodes.length === 0 ? words.allMatters : ''}
          data={(matters.data?.matters ?? []).map((matter) => ({
            value: matter.code,
            label: words.matter({
              code: matter.code,
              name: language === 'en' ? matter.nameEn : matter.nameZh,
            }),
          }))}
          value={[...matterCodes]}
          searchable
          clearable
          limit={50}
          maxValues={100}
          onChange={(value) => askReplay({ matterCodes: value })}
        />
      )}
      <HoursField hourFrom={hourFrom} hourTo={hourTo} onChange={askReplay} />
      <div className={classes['row']}>
        <NumberInput
          size="xs"
          w={110}
          label={words.speed}
          min={0.2}
          max={5}
          step={0.05}
          decimalScale={3}
          value={speed}
          onChange={(value) => typeof value === 'number' && askReplay({ speed: value })}
        />
      </div>
      <Select
        size="xs"
        label={words.absent}
        data={[
          { value: busiest, label: words.busiest },
          ...teams.map(({ id, code }) => ({ value: String(id), label: code })),
        ]}
        value={absentTeamId === null ? busiest : String(absentTeamId)}
        allowDeselect={false}
        onChange={(value) =>
          askReplay({ absentTeamId: value === busiest ? null : (Number(value) as TeamId) })
        }
      />
    </>
  );
}
