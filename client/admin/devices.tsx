import { Button, Group, Table } from '@mantine/core';
import { useState } from 'react';
import type { DeviceView, SetUp } from '../../shared/contract/devices.ts';
import { call } from '../live/call.ts';
import { formatInstant } from '../words/format.ts';
import { useWords } from '../words/words.tsx';
import classes from './administration.module.css';
import { AddDevice } from './device-add.tsx';
import { DeviceSetUp } from './device-set-up.tsx';
import { HistoryDays } from './history-days.tsx';
import { Page, Refused } from './page.tsx';
import { useAct, useDevices, usePeople } from './reads.ts';

const minute = (instant: string): string => formatInstant(Date.parse(instant)).slice(0, 16);

/** Phones, trackers and gateways that report positions: set up with a QR code, given a new secret, revoked. */
export function DevicesPage() {
  const all = useWords();
  const words = all.admin.devices;
  const { data, isError, refetch } = useDevices();
  const people = usePeople();
  const [adding, setAdding] = useState(false);
  const [setUp, setSetUp] = useState<SetUp | null>(null);
  const rotate = useAct(
    (deviceId: number) => call('rotateDevice', { params: { deviceId } }),
    ['devices'],
    setSetUp,
  );
  const revoke = useAct((deviceId: number) => call('revokeDevice', { params: { deviceId } }), ['devices']);
  const nameOf = ({ personId, gatewayId }: DeviceView) =>
    people.data?.people.find((person) => person.personId === personId)?.displayName ??
    (gatewayId === null ? all.admin.none : words.viaGateway);
  return (
    <Page title={all.admin.pages.devices} note={words.note} failed={isError} again={() => void refetch()}>
      <div className={classes['bar']}>
        <Button onClick={() => setAdding(true)}>{words.add}</Button>
      </div>
      <Refused error={rotate.error ?? revoke.error} />
      {data?.devices.length === 0 && <p className={classes['muted']}>{words.empty}</p>}
      <div className={classes['scroll']}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {[words.label, words.person, words.kind, words.crs, words.state, words.contacted].map(
                (title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ),
              )}
              <Table.Th aria-label={all.console.units.acts} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data?.devices.map((device) => (
              <Table.Tr key={device.id}>
                <Table.Td>{device.label}</Table.Td>
                <Table.Td>{nameOf(device)}</Table.Td>
                <Table.Td>{words.kinds[device.kind]}</Table.Td>
                <Table.Td>{all.detail.draft.crs[device.crs]}</Table.Td>
                <Table.Td>
                  {all.codes.deviceState[device.state]}
                  {device.droppedAt !== null && (
                    <div className={classes['muted']}>{words.dropped(minute(device.droppedAt))}</div>
                  )}
                </Table.Td>
                <Table.Td>
                  {device.contactedAt === null ? all.admin.none : minute(device.contactedAt)}
                </Table.Td>
                <Table.Td>
                  {device.state !== 'revoked' && (
                    <Group gap={6} wrap="nowrap">
                      {device.state !== 'tracker' && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={words.rotateOf(device.label)}
                          onClick={() => rotate.mutate(device.id)}
                        >
                          {words.rotate}
                        </Button>
                      )}
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={words.revokeOf(device.label)}
                        onClick={() => revoke.mutate(device.id)}
                      >
                        {words.revoke}
                      </Button>
                    </Group>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <HistoryDays />
      {adding && (
        <AddDevice
          close={() => setAdding(false)}
          made={(made) => {
            setAdding(false);
            setSetUp(made);
          }}
        />
      )}
      {setUp && <DeviceSetUp setUp={setUp} close={() => setSetUp(null)} />}
    </Page>
  );
}
