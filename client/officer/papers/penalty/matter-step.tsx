import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePreferences } from '../../../ui/preferences.ts';
import { useWords } from '../../../words/use-words.ts';
import { useDesk } from '../../desk/desk.ts';
import classes from '../../shell/phone.module.css';

/** Matters of the street that come up most (assumed); the own one of the incident stands first. */
const favourites = ['CY-10', 'CY-14', 'CY-20', 'CY-01', 'FS-01', 'WA-01'];
const shown = 8;

/** Which matter: favourites first, else by name, initials of its pinyin, or code. */
export function MatterStep(props: {
  readonly chosen: string | null;
  readonly own: string | null;
  readonly onChoose: (code: string) => void;
}) {
  const words = useWords().officer.papers.matter;
  const matters = useDesk((desk) => desk.matters);
  const language = usePreferences((state) => state.language);
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const first = [props.own, props.chosen, ...favourites];
  const found =
    wanted === ''
      ? [...new Set(first)].flatMap((code) => matters.find((matter) => matter.code === code) ?? [])
      : matters.filter((matter) =>
          [matter.code, matter.nameZh, matter.nameEn, matter.initials ?? ''].some((name) =>
            name.toLowerCase().includes(wanted),
          ),
        );
  return (
    <>
      <TextInput
        label={words.search}
        value={text}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes['list']} role="group" aria-label={words.label}>
        {found.slice(0, shown).map((matter) => (
          <button
            key={matter.code}
            type="button"
            className={classes['choice']}
            aria-pressed={props.chosen === matter.code}
            onClick={() => props.onChoose(matter.code)}
          >
            {language === 'en' ? matter.nameEn : matter.nameZh}
          </button>
        ))}
        {found.length === 0 && <p className={classes['note']}>{words.none}</p>}
      </div>
    </>
  );
}
