import { Kbd, Modal, Switch } from '@mantine/core';
import { defaultKeyMap, keyActs } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { useWords } from '../words/words.tsx';
import classes from './key-sheet.module.css';
import { useRoom } from './room.ts';

/** All keys, and the switch for the single ones. */
export function KeySheet() {
  const words = useWords().console.keys;
  const shown = useRoom((state) => state.keySheetShown);
  const set = useRoom((state) => state.set);
  const { keys, choose } = usePreferences();
  return (
    <Modal
      opened={shown}
      onClose={() => set({ keySheetShown: false })}
      title={words.title}
      closeButtonProps={{ 'aria-label': words.close }}
      size="lg"
      transitionProps={{ duration: 0 }}
    >
      <Switch
        label={words.singleKeys}
        checked={keys.singleKeys}
        onChange={(event) => choose({ keys: { ...keys, singleKeys: event.currentTarget.checked } })}
      />
      <dl className={classes['keys']}>
        {keyActs.map((act) => (
          <div key={act}>
            <dt>
              {(keys.remapped[act] ?? defaultKeyMap[act])
                .filter((chord) => !chord.includes('Numpad'))
                .map((chord) => (
                  <Kbd key={chord}>{chordText(chord)}</Kbd>
                ))}
            </dt>
            <dd>{words.acts[act]}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

const keyTexts: Readonly<Record<string, string>> = {
  Slash: '/',
  Semicolon: ';',
  Equal: '=',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
};

/** `Ctrl+KeyZ` as it stands on the key caps. */
function chordText(chord: string): string {
  return chord
    .split('+')
    .map((part) => keyTexts[part] ?? part.replace(/^(?:Key|Digit)/, ''))
    .join(' + ');
}
