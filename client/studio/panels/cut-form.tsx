import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../words/words.tsx';
import { useDesk } from '../desk.ts';
import { say, wordsNow } from '../say.ts';
import { cellUnder, cutCell, dropLine, lineFrom, lineText, middleLine, useLine } from '../tools/line.ts';
import classes from './side-panel.module.css';

/** The line that splits a cell: drawn on the map, typed, or laid through the middle of the cell under the cursor. */
export function CutForm() {
  const words = useWords().studio.cut;
  const line = useLine((state) => state.line);
  const set = useLine((state) => state.set);
  const ground = useDesk((state) => state.ground);
  const cursor = useDesk((state) => state.cursor);
  const [text, setText] = useState<string | null>(null);
  if (!ground) return null;
  const under = cellUnder(line);
  const read = () => {
    const typed = lineFrom(text ?? '');
    if (!typed) return say(wordsNow().studio.cut.unreadable, 'refused');
    set(typed);
    setText(null);
  };
  return (
    <>
      <h2>{words.title}</h2>
      <p className={classes['muted']}>{words.how}</p>
      <div className={classes['form']}>
        <Textarea
          label={words.points}
          description={words.format}
          autosize
          minRows={2}
          value={text ?? lineText(line)}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className={classes['row']}>
          {text !== null && (
            <Button size="compact-sm" variant="default" onClick={read}>
              {words.take}
            </Button>
          )}
          {(['vertical', 'horizontal'] as const).map((way) => (
            <Button
              key={way}
              size="compact-sm"
              variant="default"
              disabled={cursor === null}
              onClick={() => cursor !== null && set(middleLine(ground, cursor, way))}
            >
              {words[way]}
            </Button>
          ))}
        </div>
        <p>{under >= 0 ? words.cell({ code: ground.graph.codes[under]!.slice(-6) }) : words.noCell}</p>
        <div className={classes['row']}>
          <Button size="compact-md" disabled={under < 0} onClick={() => void cutCell()}>
            {words.cut}
          </Button>
          <Button size="compact-md" variant="default" disabled={line.length === 0} onClick={dropLine}>
            {words.drop}
          </Button>
        </div>
      </div>
    </>
  );
}
