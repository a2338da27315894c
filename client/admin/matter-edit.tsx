import { useQuery } from '@tanstack/react-query';
import { List } from '@mantine/core';
import { call } from '../live/call.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { Benchmarks } from './benchmarks.tsx';
import { MatterForm } from './matter-form.tsx';
import { limitText } from './matters.tsx';
import { Dialog } from './page.tsx';

const day = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 10);

/** One matter: what the town decides about it, what a change would alter, and every version before. */
export function EditMatter(props: {
  readonly code: string;
  readonly name: string;
  readonly close: () => void;
}) {
  const words = useWords().admin.matters;
  const { data } = useQuery({
    queryKey: ['matter', props.code],
    queryFn: () => call('listMatterVersions', { params: { matterCode: props.code } }),
  });
  const newest = data?.versions[0];
  return (
    <Dialog title={words.edit(`${props.code} · ${props.name}`)} close={props.close} size="min(820px, 95vw)">
      {newest && <MatterForm key={newest.version} newest={newest} />}
      <Benchmarks code={props.code} />
      <strong>{words.versions}</strong>
      <List listStyleType="none" mt="xs">
        {data?.versions.map((version) => (
          <List.Item key={version.version}>
            {words.version(version.version)} ·{' '}
            {words.period(
              day(version.validFrom),
              version.validTo === null ? words.now : day(version.validTo),
            )}
            {version === newest && ` · ${words.inForce}`}
            <div className={classes['muted']}>
              {[
                version.matter.priority,
                limitText(version.matter, words),
                words.statuses[version.status],
                version.holder,
                version.document,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </List.Item>
        ))}
      </List>
    </Dialog>
  );
}
