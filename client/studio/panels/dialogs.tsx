import { Button, Kbd, Modal, Select, Switch, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { EditionId } from '../../../shared/contract/ids.ts';
import { call } from '../../live/call.ts';
import { usePreferences } from '../../ui/preferences.ts';
import { useWords } from '../../words/words.tsx';
import { desk, setDesk, useDesk } from '../desk.ts';
import { studioActs, studioKeys } from '../keys.ts';
import { sayRefused } from '../say.ts';
import { listEditions, openEdition } from '../session.ts';
import classes from './dialogs.module.css';
import { RenumberVillage } from './renumber-form.tsx';
import { ExchangeZones, MergeZones, TakeZone } from './zone-dialogs.tsx';

/** What the dialogs hold, by the name that opens them; the words of each stand under the same name. */
const contents = {
  keys: Keys,
  merge: MergeZones,
  exchange: ExchangeZones,
  take: TakeZone,
  renumber: RenumberVillage,
  draft: NewDraft,
} as const;
type DialogName = keyof typeof contents;

/** The dialogs of the studio; at most one is open. */
export function Dialogs() {
  const words = useWords().studio;
  return (Object.keys(contents) as DialogName[]).map((name) => {
    const Content = contents[name];
    return (
      <Dialog key={name} name={name} title={words[name].title}>
        <Content />
      </Dialog>
    );
  });
}

function Dialog(props: { readonly name: DialogName; readonly title: string; readonly children: ReactNode }) {
  const words = useWords().studio;
  const open = useDesk((state) => state.dialog === props.name);
  return (
    <Modal
      opened={open}
      onClose={() => setDesk({ dialog: null })}
      title={props.title}
      size={props.name === 'keys' ? 760 : 'md'}
      closeButtonProps={{ 'aria-label': words.close }}
      transitionProps={{ duration: 0 }}
    >
      {props.children}
    </Modal>
  );
}

const texts: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Backspace: '⌫',
  Escape: 'Esc',
};

const chordText = (chord: string): string =>
  chord
    .split('+')
    .map((part) => texts[part] ?? part.replace(/^(?:Key|Digit)/, ''))
    .join(' + ');

function Keys() {
  const words = useWords().studio.keys;
  const { keys, choose } = usePreferences();
  return (
    <>
      <Switch
        label={words.singleKeys}
        checked={keys.singleKeys}
        onChange={(event) => choose({ keys: { ...keys, singleKeys: event.currentTarget.checked } })}
      />
      <dl className={classes['keys']}>
        {studioActs.map((act) => (
          <div key={act}>
            <dt>
              {studioKeys[act]
                .filter((chord) => !chord.includes('Numpad'))
                .map((chord) => (
                  <Kbd key={chord}>{chordText(chord)}</Kbd>
                ))}
            </dt>
            <dd>{words.acts[act]}</dd>
          </div>
        ))}
        {(['digits', 'arrows', 'space'] as const).map((name) => (
          <div key={name}>
            <dt>
              <Kbd>{words.caps[name]}</Kbd>
            </dt>
            <dd>{words.more[name]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function NewDraft() {
  const words = useWords().studio.draft;
  const opened = useDesk((state) => state.detail?.edition);
  const running = useDesk((state) => state.runningEditionId);
  const [name, setName] = useState('');
  const [from, setFrom] = useState<'running' | 'opened'>('running');
  const [busy, setBusy] = useState(false);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void startDraft(name.trim(), from === 'opened' ? (opened?.id ?? null) : null).finally(() =>
          setBusy(false),
        );
      }}
    >
      <TextInput
        label={words.name}
        value={name}
        required
        maxLength={80}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {opened && opened.id !== running && (
        <Select
          label={words.from}
          data={[
            { value: 'running', label: words.running },
            { value: 'opened', label: opened.name },
          ]}
          value={from}
          allowDeselect={false}
          onChange={(value) => setFrom(value === 'opened' ? 'opened' : 'running')}
        />
      )}
      <Button type="submit" loading={busy}>
        {words.make}
      </Button>
    </form>
  );
}

async function startDraft(name: string, from: EditionId | null): Promise<void> {
  if (name === '') return;
  try {
    const { id } = await call('createDraft', { body: { name, ...(from !== null && { from }) } });
    setDesk({ dialog: null });
    await listEditions();
    await openEdition(id);
    if (desk().tool === 'select') setDesk({ tool: 'brush' });
  } catch (error) {
    sayRefused(error);
  }
}
