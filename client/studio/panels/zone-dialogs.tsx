import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EditionId, ZoneId } from '../../../shared/contract/ids.ts';
import { call } from '../../live/call.ts';
import { useWords } from '../../words/words.tsx';
import { joinZones, swapZones, takeOver } from '../acts.ts';
import { setDesk, useDesk } from '../desk.ts';
import classes from './dialogs.module.css';

/** One zone leaves the plan, the other takes its cells. */
export function MergeZones() {
  return <TwoZones words={useWords().studio.merge} act={(from, into) => joinZones([into, from])} />;
}

/** Two zones change their numbers and names. */
export function ExchangeZones() {
  return <TwoZones words={useWords().studio.exchange} act={swapZones} />;
}

function TwoZones(props: {
  readonly words: ReturnType<typeof useWords>['studio']['merge'] & { readonly how?: string };
  readonly act: (from: ZoneId, into: ZoneId) => boolean;
}) {
  const { words, act } = props;
  const picture = useDesk((state) => state.picture);
  const zones = useDesk((state) => state.zones);
  const current = useDesk((state) => state.zoneId);
  const [from, setFrom] = useState<string | null>(null);
  const [into, setInto] = useState<string | null>(current === null ? null : String(current));
  if (!picture) return null;
  const data = picture.zoneIds.map((id) => ({
    value: String(id),
    label: String(zones.get(id)?.number ?? id),
  }));
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (act(Number(from) as ZoneId, Number(into) as ZoneId)) setDesk({ dialog: null });
      }}
    >
      {words.how !== undefined && <p>{words.how}</p>}
      <Select label={words.from} data={data} value={from} onChange={setFrom} searchable data-autofocus />
      <Select label={words.into} data={data} value={into} onChange={setInto} searchable />
      <Button type="submit" disabled={from === null || into === null || from === into}>
        {words.join}
      </Button>
    </form>
  );
}

/** A zone as another edition has it comes into this draft. */
export function TakeZone() {
  const { take: words, zones: zoneWords } = useWords().studio;
  const editions = useDesk((state) => state.editions);
  const opened = useDesk((state) => state.detail?.edition.id);
  const [from, setFrom] = useState<string | null>(null);
  const [zone, setZone] = useState<string | null>(null);
  const editionId = Number(from) as EditionId;
  const other = useQuery({
    queryKey: ['edition', editionId],
    enabled: from !== null,
    queryFn: () => call('readEdition', { params: { editionId } }),
  });
  const data = (other.data?.zones ?? [])
    .toSorted((a, b) => a.number - b.number)
    .map(({ id, number, name }) => ({ value: String(id), label: zoneWords.option({ number, name }) }));
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void takeOver(editionId, Number(zone) as ZoneId).then((done) => done && setDesk({ dialog: null }));
      }}
    >
      <p>{words.how}</p>
      <Select
        label={words.from}
        data={editions
          .filter(({ id, discarded }) => id !== opened && !discarded)
          .map(({ id, name }) => ({ value: String(id), label: words.edition({ id, name }) }))}
        value={from}
        onChange={(value) => {
          setFrom(value);
          setZone(null);
        }}
        searchable
        data-autofocus
      />
      <Select
        label={words.zone}
        data={data}
        value={zone}
        onChange={setZone}
        disabled={data.length === 0}
        searchable
      />
      <Button type="submit" disabled={from === null || zone === null}>
        {words.join}
      </Button>
    </form>
  );
}
