import { Alert, Button, Container, Group, Stack, Title } from '@mantine/core';
import { may } from '../../shared/rules/permissions.ts';
import { signOut, useSession } from '../live/session.ts';
import { LanguageSwitch, ThemeSwitch } from '../ui/switches.tsx';
import { useWords } from '../words/words.tsx';
import { LedgerCard } from './ledger.tsx';
import { PolicyCard } from './policy.tsx';

/** What an administrator tends: the policy of dispatch and the soundness of the ledger. */
export function Administration() {
  const words = useWords().admin;
  const me = useSession((session) => session.me);
  const allowed =
    me !== null && may({ role: me.role, personId: me.personId, teamId: me.teamId }, 'policy.change') === null;
  return (
    <Container component="main" size="md" py="lg">
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          {words.title}
        </Title>
        <Group>
          <ThemeSwitch />
          <LanguageSwitch />
          <Button variant="default" onClick={() => void signOut()}>
            {words.signOut}
          </Button>
        </Group>
      </Group>
      {allowed ? (
        <Stack gap="xl">
          <PolicyCard />
          <LedgerCard />
        </Stack>
      ) : (
        <Alert variant="outline">{words.forbidden}</Alert>
      )}
    </Container>
  );
}
