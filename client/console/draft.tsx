/* oxlint-disable jsx-a11y/no-autofocus -- whoever asks for a form goes on in its first field */
import { Autocomplete, Button, NativeSelect, TextInput, Textarea, type ComboboxItem } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { Crs } from '../../shared/contract/geo.ts';
import type { Priority, ReportSource } from '../../shared/contract/incidents.ts';
import { call } from '../live/call.ts';
import { isComposition } from '../ui/keys.ts';
import { useWords } from '../words/words.tsx';
import { useAliases } from './aliases.ts';
import classes from './draft.module.css';
import { DraftPreview } from './draft-preview.tsx';
import { MatterField } from './matter-field.tsx';
import { perform, say, sayRefused } from './perform.tsx';
import { cellsNamed, placeChoices, readPlace } from './place-words.ts';
import { focusPanel, openIncident, useRoom } from './room.ts';
import { useDraftMark, useDraftPreview } from './use-draft-preview.ts';

const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09', 'bd09mc'] as const satisfies readonly Crs[];
const sources = [
  'dispatcher',
  'hotline_12345',
  'grid_worker',
  'patrol',
  'video_ai',
  'department',
  'superior',
  'public_page',
] as const satisfies readonly ReportSource[];

/** A new incident: every field by Tab, the place by map, grid, coordinates or name; Enter creates it. */
export function Draft() {
  const words = useWords();
  const labels = words.detail.draft;
  const town = useRoom((state) => state.town);
  const matters = useRoom((state) => state.matters);
  const pinned = useRoom((state) => state.draftPoint);
  const { spell } = useAliases();
  const [matterCode, setMatterCode] = useState<string | null>(null);
  const [place, setPlace] = useState('');
  const [crs, setCrs] = useState<Crs>('wgs84');
  const [address, setAddress] = useState('');
  const [text, setText] = useState('');
  const [priority, setPriority] = useState('');
  const [source, setSource] = useState<ReportSource>('dispatcher');
  const [reporterName, setReporterName] = useState('');
  const [reporterPhone, setReporterPhone] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const choices = useMemo(() => placeChoices(town), [town]);
  // A click on the map writes the place as anybody could have typed it.
  const [seenPin, setSeenPin] = useState<typeof pinned>(null);
  if (pinned !== seenPin) {
    setSeenPin(pinned);
    if (pinned) {
      setPlace(`${pinned.lng.toFixed(6)}, ${pinned.lat.toFixed(6)}`);
      setCrs('wgs84');
    }
  }
  const written = readPlace(place, crs, choices);
  const preview = useDraftPreview(written, matterCode);
  useDraftMark(written);
  const own = matters.get(matterCode ?? '')?.priority;
  const phoneWrong = reporterPhone !== '' && !/^[0-9+ -]{3,20}$/.test(reporterPhone);

  async function create(mergeInto?: number) {
    setTried(true);
    if (!written || phoneWrong || busy) {
      form.current?.querySelector<HTMLElement>(written ? '[name="phone"]' : '[name="place"]')?.focus();
      return;
    }
    setBusy(true);
    let made = 0;
    const { lng, lat } = written;
    const done = await perform({
      label: '',
      quiet: true,
      run: async () => {
        const { incident } = await call('createIncident', {
          body: {
            matterCode,
            text,
            address: address || written.name,
            point: { lng, lat },
            crs: written.crs,
            source,
            file: mergeInto === undefined,
            ...(priority !== '' && { priority: Number(priority) as Priority }),
            ...(reporterName !== '' && { reporterName }),
            ...(reporterPhone !== '' && { reporterPhone }),
          },
        });
        made = incident.id;
        if (mergeInto !== undefined)
          await call('mergeIncident', {
            params: { incidentId: incident.id },
            body: { into: mergeInto },
          });
      },
    }).catch((error: unknown) => {
      sayRefused(error);
      return false;
    });
    setBusy(false);
    if (!done) return;
    say(
      mergeInto === undefined
        ? words.console.toasts.created({ incident: made })
        : words.console.toasts.merged({ incident: made, into: mergeInto }),
      'done',
    );
    openIncident(mergeInto ?? made);
    // Digits assign now: the focus must not stay in a field.
    requestAnimationFrame(() => focusPanel('detail'));
  }

  return (
    // Escape leaves the form, Ctrl+Enter sends it, from any of its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={form}
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      onKeyDown={(event) => {
        if (isComposition(event.nativeEvent)) return;
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation();
          useRoom.getState().set({ drafting: false, draftPoint: null });
          requestAnimationFrame(() => focusPanel('queue'));
        }
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void create();
      }}
      data-panel-focus
      tabIndex={-1}
    >
      <MatterField
        label={labels.matter}
        description={labels.matterHint}
        value={matterCode}
        onChange={setMatterCode}
        autoFocus
      />
      <div className={classes['pair']}>
        <Autocomplete
          name="place"
          label={labels.place}
          description={labels.placeHint}
          value={place}
          onChange={setPlace}
          data={choices.map(({ value }) => value)}
          limit={8}
          filter={({ options, search, limit }) => {
            const wanted = search.trim().toLowerCase();
            if (wanted === '') return [];
            const cells = new Set(cellsNamed(wanted, choices).map(({ value }) => value));
            return (options as ComboboxItem[])
              .filter(
                ({ value }) =>
                  cells.has(value) ||
                  value.toLowerCase().includes(wanted) ||
                  (/^[a-z]+$/.test(wanted) && spell(value).some((alias) => alias.startsWith(wanted))),
              )
              .slice(0, limit);
          }}
          error={tried && !written ? (place === '' ? labels.placeMissing : labels.placeUnknown) : undefined}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <NativeSelect
          label={labels.datum}
          description={<>&nbsp;</>}
          value={crs}
          onChange={(event) => setCrs(event.currentTarget.value as Crs)}
          data={datums.map((value) => ({ value, label: labels.crs[value] }))}
        />
      </div>
      <TextInput
        label={labels.address}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Textarea
        label={labels.text}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // A report is one paragraph: Enter creates, Shift+Enter breaks the line.
          if (event.key !== 'Enter' || event.shiftKey || isComposition(event.nativeEvent)) return;
          event.preventDefault();
          void create();
        }}
      />
      <div className={classes['pair']}>
        <NativeSelect
          label={labels.priority}
          value={priority}
          onChange={(event) => setPriority(event.currentTarget.value)}
          data={[
            {
              value: '',
              label: own === undefined ? labels.priorityFree : labels.priorityOf({ priority: own }),
            },
            ...['1', '2', '3', '4'].map((value) => ({ value, label: `P${value}` })),
          ]}
        />
        <NativeSelect
          label={labels.source}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value as ReportSource)}
          data={sources.map((value) => ({ value, label: words.codes.source[value] }))}
        />
      </div>
      <div className={classes['pair']}>
        <TextInput
          label={labels.reporterName}
          autoComplete="off"
          maxLength={64}
          value={reporterName}
          onChange={(event) => setReporterName(event.currentTarget.value)}
        />
        <TextInput
          name="phone"
          label={labels.reporterPhone}
          autoComplete="off"
          inputMode="tel"
          value={reporterPhone}
          error={phoneWrong ? labels.phoneWrong : undefined}
          onChange={(event) => setReporterPhone(event.currentTarget.value)}
        />
      </div>
      <div className={classes['buttons']}>
        <Button type="submit" loading={busy}>
          {labels.create}
        </Button>
        <span className={classes['hint']}>{labels.createHint}</span>
      </div>
      <DraftPreview preview={preview} mergeInto={(into) => void create(into)} />
    </form>
  );
}
