import { Alert, Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';

/** Walks the hash chain on the server and says what it found. */
export function LedgerCard() {
  const words = useWords().admin.ledger;
  const check = useMutation({ mutationFn: () => call('verifyLedger') });
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="ledger-title">
      <Stack>
        <Title order={2} size="h4" id="ledger-title">
          {words.title}
        </Title>
        <Text size="sm">{words.note}</Text>
        <Button w="fit-content" loading={check.isPending} onClick={() => check.mutate()}>
          {words.verify}
        </Button>
        <div aria-live="polite">
          {check.data && (
            <Alert variant="outline">
              {check.data.ok ? words.whole(check.data.checked) : words.broken(check.data.faults.length)}
              {!check.data.ok && (
                <List>
                  {check.data.faults.map((fault) => (
                    <List.Item key={fault}>{fault}</List.Item>
                  ))}
                </List>
              )}
            </Alert>
          )}
        </div>
      </Stack>
    </Paper>
  );
}
