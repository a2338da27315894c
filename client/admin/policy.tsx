import { Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { PolicyForm } from './policy-form.tsx';
import { PolicyVersions } from './policy-versions.tsx';

/** The policy in force, what is to come and what was, and the form that proposes the next version. */
export function PolicyCard() {
  const words = useWords().admin.policy;
  // every change of a version may be the change of the one in force
  const { data } = useQuery({ queryKey: ['policies', 'in force'], queryFn: () => call('readPolicy') });
  if (!data) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="policy-title">
      <Title order={2} size="h4" id="policy-title">
        {words.title}
      </Title>
      <Text size="sm">{words.note}</Text>
      <Text size="sm" my="sm">
        {words.version(data.version, data.hash)}
      </Text>
      <PolicyVersions />
      <PolicyForm key={data.version} policy={data.policy} />
    </Paper>
  );
}
