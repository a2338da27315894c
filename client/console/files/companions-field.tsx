import { Checkbox, NumberInput, Textarea } from '@mantine/core';
import type { Companions, PenaltyFileView } from '../../../shared/contract/enforcement.ts';
import { companionKindsOf } from '../../../shared/rules/penalties/companions.ts';
import { useWords, type Words } from '../../words/words.tsx';
import classes from './files.module.css';
import { useFileMatter } from './reads.ts';

/** Things of the file that wait for what becomes of them. */
const inHand = ({ measures }: Pick<PenaltyFileView, 'measures'>) =>
  measures
    .filter(({ beganAt, endedAt }) => beganAt !== null && endedAt === null)
    .flatMap(({ things }) => things.filter(({ outcome }) => outcome === null));

/**
 * What the provision attaches to its fine (行政处罚法 9): only those of this matter are asked, gains as they were found,
 * things out of the list of what the file has in hand.
 */
export function CompanionsField({
  file,
  value,
  change,
}: {
  readonly file: PenaltyFileView;
  readonly value: Companions;
  readonly change: (value: Companions) => void;
}) {
  const words = useWords().files.companions;
  const matter = useFileMatter(file.matterCode);
  const kinds = matter ? companionKindsOf(matter, file.party?.kind ?? 'individual') : [];
  const things = inHand(file);
  const chosen = value.thingIds ?? [];
  return (
    <>
      {kinds.includes('stop') && (
        <Textarea
          label={words.stop}
          required
          autosize
          minRows={2}
          maxLength={400}
          value={value.stopBusiness ?? ''}
          onChange={(event) => change({ ...value, stopBusiness: event.currentTarget.value })}
        />
      )}
      {kinds.includes('gains') && (
        <NumberInput
          label={words.gains}
          required
          min={0}
          decimalScale={2}
          value={value.gainsYuan ?? ''}
          onChange={(yuan) => {
            const { gainsYuan: _, ...others } = value;
            change(yuan === '' ? others : { ...value, gainsYuan: Number(yuan) });
          }}
        />
      )}
      {kinds.includes('things') && (
        <fieldset className={classes['group']}>
          <legend>{words.things}</legend>
          {things.length === 0 && <p className={classes['muted']}>{words.thingsNone}</p>}
          {things.map(({ id, name, quantity }) => (
            <Checkbox
              key={id}
              label={`${name} ${quantity}`}
              checked={chosen.includes(id)}
              onChange={(event) =>
                change({
                  ...value,
                  thingIds: event.currentTarget.checked
                    ? [...chosen, id]
                    : chosen.filter((one) => one !== id),
                })
              }
            />
          ))}
        </fieldset>
      )}
    </>
  );
}

/** Companions in one line: what stops, what is taken. */
export function companionLine(
  { gainsYuan, thingIds = [], stopBusiness }: Companions,
  { measures }: Pick<PenaltyFileView, 'measures'>,
  { companions }: Words['files'],
): string {
  const names = measures
    .flatMap(({ things }) => things)
    .filter(({ id }) => thingIds.includes(id))
    .map(({ name, quantity }) => `${name} ${quantity}`);
  return [
    ...(stopBusiness === undefined ? [] : [companions.stopLine({ what: stopBusiness })]),
    ...(gainsYuan === undefined ? [] : [companions.gainsLine({ yuan: gainsYuan.toFixed(2) })]),
    ...(names.length === 0 ? [] : [companions.thingsLine({ what: names.join(', ') })]),
  ].join(' · ');
}
