import { Checkbox, NativeSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DeviceKind, SetUp } from '../../shared/contract/devices.ts';
import { crsNames } from '../../shared/contract/datums.ts';
import { call } from '../live/call.ts';
import { useWords } from '../words/words.tsx';
import { AddDialog } from './page.tsx';
import { useAct, useDevices, usePeople } from './reads.ts';

const kinds = ['traccar_client', 'owntracks', 'traccar_forward', 'pda'] as const;

/** A device of somebody, a gateway, or a tracker that speaks through one. */
export function AddDevice(props: {
  readonly close: () => void;
  /** What sets it up; null for a tracker, which has nothing of its own. */
  readonly made: (setUp: SetUp | null) => void;
}) {
  const all = useWords();
  const words = all.admin.devices;
  const people = usePeople();
  const devices = useDevices();
  const [kind, setKind] = useState<DeviceKind>('traccar_client');
  const [label, setLabel] = useState('');
  const [crs, setCrs] = useState<(typeof crsNames)[number]>('wgs84');
  const [personId, setPersonId] = useState<string | null>(null);
  const [gatewayId, setGatewayId] = useState<string | null>(null);
  const [uniqueId, setUniqueId] = useState('');
  const isGateway = kind === 'traccar_forward' && gatewayId === null;
  const gateways =
    devices.data?.devices.filter(
      (device) => device.kind === 'traccar_forward' && device.personId === null && device.state !== 'revoked',
    ) ?? [];
  const add = useAct(
    () =>
      call('registerDevice', {
        body: {
          personId: isGateway || personId === null ? null : (Number(personId) as never),
          kind,
          label,
          crs,
          gatewayId: gatewayId === null ? null : Number(gatewayId),
          uniqueId: gatewayId === null ? null : uniqueId,
        },
      }),
    ['devices'],
    ({ setUp }) => props.made(setUp),
  );
  return (
    <AddDialog title={words.add} close={props.close} act={add}>
      <NativeSelect
        label={words.kind}
        data-autofocus
        value={kind}
        onChange={(event) => {
          setKind(event.currentTarget.value as DeviceKind);
          setGatewayId(null);
        }}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
      />
      {kind === 'traccar_forward' && gateways.length > 0 && (
        <Checkbox
          label={words.viaGateway}
          checked={gatewayId !== null}
          onChange={(event) => setGatewayId(event.currentTarget.checked ? String(gateways[0]!.id) : null)}
        />
      )}
      {gatewayId !== null && (
        <>
          <NativeSelect
            label={words.gateway}
            value={gatewayId}
            onChange={(event) => setGatewayId(event.currentTarget.value)}
            data={gateways.map((gateway) => ({ value: String(gateway.id), label: gateway.label }))}
          />
          <TextInput
            label={words.uniqueId}
            required
            maxLength={64}
            value={uniqueId}
            onChange={(event) => setUniqueId(event.currentTarget.value)}
          />
        </>
      )}
      <TextInput
        label={words.label}
        required
        maxLength={64}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      {!isGateway && (
        <Select
          label={words.person}
          required
          searchable
          value={personId}
          onChange={setPersonId}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          data={(people.data?.people ?? [])
            .filter(({ active }) => active)
            .map((person) => ({
              value: String(person.personId),
              label: `${person.displayName} · ${person.name}`,
            }))}
        />
      )}
      <NativeSelect
        label={words.crs}
        value={crs}
        onChange={(event) => setCrs(event.currentTarget.value as typeof crs)}
        data={crsNames.map((value) => ({ value, label: all.detail.draft.crs[value] }))}
      />
    </AddDialog>
  );
}
