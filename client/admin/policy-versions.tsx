import { Button, Table, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PolicyVersion } from '../../shared/contract/policies.ts';
import { policyDifferences } from '../../shared/rules/dispatch/policy-difference.ts';
import { defaultPolicy } from '../../shared/rules/dispatch/policy.ts';
import { call } from '../live/call.ts';
import { useSession } from '../live/session.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { AddDialog, Refused } from './page.tsx';
import { Differences } from './policy-differences.tsx';
import { useAct } from './reads.ts';

/** Every version of the settings: who wanted it, why, from when, who agreed, and what differs from the one before. */
export function PolicyVersions() {
  const words = useWords().admin.policy;
  const { data } = useQuery({ queryKey: ['policies'], queryFn: () => call('listPolicies') });
  const { data: names } = useQuery({ queryKey: ['names'], queryFn: () => call('listNames') });
  const [withdrawing, setWithdrawing] = useState<number | null>(null);
  if (!data) return null;
  const nameOf = (id: number | null): string =>
    names?.people.find(({ personId }) => personId === id)?.displayName ?? String(id ?? '');
  const { columns } = words;
  return (
    <section aria-label={words.versions}>
      <Title order={3} size="h5">
        {words.versions}
      </Title>
      {data.policies.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {[
                columns.version,
                columns.state,
                columns.effective,
                columns.who,
                columns.what,
                columns.acts,
              ].map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.policies.map((one) => (
              <Version
                key={one.version}
                one={one}
                before={beforeOf(data.policies, one)}
                nameOf={nameOf}
                withdraw={() => setWithdrawing(one.version)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {withdrawing !== null && <Withdraw version={withdrawing} close={() => setWithdrawing(null)} />}
    </section>
  );
}

const agreed = ({ state }: PolicyVersion): boolean => state !== 'proposed' && state !== 'withdrawn';

/** The version that rules, or will, until this one does; null for the settings of the start. */
const beforeOf = (all: readonly PolicyVersion[], one: PolicyVersion): PolicyVersion | null =>
  all
    .filter((other) => other !== one && agreed(other))
    .filter(
      (other) =>
        other.effectiveAt < one.effectiveAt ||
        (other.effectiveAt === one.effectiveAt && other.version < one.version),
    )
    .toSorted((a, b) => b.effectiveAt.localeCompare(a.effectiveAt) || b.version - a.version)[0] ?? null;

const dayOf = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

function Version(props: {
  readonly one: PolicyVersion;
  readonly before: PolicyVersion | null;
  readonly nameOf: (id: number | null) => string;
  readonly withdraw: () => void;
}) {
  const words = useWords().admin.policy;
  const me = useSession((session) => session.me?.personId);
  const { one, before, nameOf } = props;
  const params = { version: one.version };
  const approve = useAct(() => call('approvePolicy', { params }), ['policies']);
  const own = one.proposedBy === me;
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>{words.number(one.version)}</Table.Td>
      <Table.Td>{words.states[one.state]}</Table.Td>
      <Table.Td>{dayOf(one.effectiveAt)}</Table.Td>
      <Table.Td>
        {one.proposedAt && (
          <div>{words.proposedBy({ name: nameOf(one.proposedBy), at: dayOf(one.proposedAt) })}</div>
        )}
        {one.approvedAt && (
          <div>{words.approvedBy({ name: nameOf(one.approvedBy), at: dayOf(one.approvedAt) })}</div>
        )}
      </Table.Td>
      <Table.Td>
        <div>{one.reason}</div>
        <div className={classes['note']}>
          {words.against({ version: before?.version ?? 0 })}
          <Differences
            changes={policyDifferences(before?.policy ?? defaultPolicy, one.policy)}
            none={words.noChanges}
          />
        </div>
      </Table.Td>
      <Table.Td>
        <div className={classes['bar']}>
          {one.state === 'proposed' && (
            <Button
              size="compact-md"
              disabled={own}
              title={own ? words.approveOwn : ''}
              loading={approve.isPending}
              onClick={() => approve.mutate(undefined)}
            >
              {own ? words.approveOwn : words.approve}
            </Button>
          )}
          {(one.state === 'proposed' || one.state === 'scheduled') && (
            <Button size="compact-md" variant="default" onClick={props.withdraw}>
              {words.withdraw}
            </Button>
          )}
        </div>
        <Refused error={approve.error} />
      </Table.Td>
    </Table.Tr>
  );
}

function Withdraw({ version, close }: { readonly version: number; readonly close: () => void }) {
  const words = useWords().admin.policy;
  const [reason, setReason] = useState('');
  const act = useAct(
    () => call('withdrawPolicy', { params: { version }, body: { reason } }),
    ['policies'],
    close,
  );
  return (
    <AddDialog title={words.withdraw} close={close} act={act}>
      <TextInput
        label={words.withdrawReason}
        required
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </AddDialog>
  );
}
