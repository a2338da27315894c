import { CloseButton, UnstyledButton } from '@mantine/core';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { completeCommand } from '../../shared/rules/command-line/complete.ts';
import { parseCommand } from '../../shared/rules/command-line/parse.ts';
import type { CommandRefusal } from '../../shared/rules/command-line/command.ts';
import { isComposition } from '../ui/keys.ts';
import { usePreferences } from '../ui/preferences.ts';
import { play } from '../ui/sound.ts';
import { useWords } from '../words/words.tsx';
import { holdLine } from './command-line-handle.ts';
import classes from './command-line.module.css';
import { isOffline, wordsNow } from './perform.tsx';
import { focusPanel } from './room.ts';
import { ReasonAsk } from './reason-ask.tsx';
import { runCommand, whyFailed, type AskReason, type ResultRow } from './run-command.ts';
import { useCommandContext } from './use-command-context.ts';

/** A team goes against the ranking: why is being asked. */
interface Asking {
  readonly team: string;
  readonly answer: (reason: Awaited<ReturnType<AskReason>>) => void;
}

interface Answer {
  readonly text: string;
  readonly tone: 'done' | 'refused';
  readonly rows: readonly ResultRow[];
}

/** Marks are quiet, and silent when the person muted the room. */
function mark(tone: Answer['tone']): void {
  const { muted, volume } = usePreferences.getState().sound;
  if (!muted) play(tone, volume * 0.5);
}

/** What is wrong with a line: the slot, why, and what it might have meant. */
function refusalText({ slot, code, candidates }: CommandRefusal): string {
  const { commandLine } = wordsNow().console;
  return commandLine.wrong({
    slot: commandLine.slot[slot],
    code: commandLine.code[code],
    candidates: candidates.join(', '),
  });
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role -- a datalist cannot be completed with Tab, nor say what a word means */
/** The line that dispatchers type into. Tab completes, Enter runs, ↑ brings back, Escape gives the focus to the queue. */
export function CommandLine() {
  const words = useWords().console;
  const context = useCommandContext();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [line, setLine] = useState('');
  const [caret, setCaret] = useState(0);
  const [focused, setFocused] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [back, setBack] = useState(0);
  const [asking, setAsking] = useState<Asking | null>(null);
  const lines = usePreferences((state) => state.lines);

  useEffect(() => {
    holdLine((text) => {
      setLine(text);
      input.current?.focus();
      requestAnimationFrame(() => input.current?.setSelectionRange(text.length, text.length));
    });
    return () => holdLine(null);
  }, []);

  const completion = useMemo(() => completeCommand(line, caret, context), [line, caret, context]);
  const choices = focused && line !== '' ? completion.choices : [];
  const open = choices.length > 0;

  const write = (text: string, at = text.length) => {
    setLine(text);
    setCaret(at);
    setChosen(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  const take = (insert: string) => {
    const head = `${line.slice(0, completion.start)}${insert} `;
    write(head + line.slice(completion.end).trimStart(), head.length);
  };
  const say = (text: string, tone: Answer['tone'], rows: readonly ResultRow[] = []) => {
    setAnswer({ text, tone, rows });
    mark(tone);
  };

  /** The focus goes to the reasons, and back to the line with the answer. */
  const askReason: AskReason = (team) =>
    new Promise((answered) => {
      setAsking({
        team,
        answer: (reason) => {
          setAsking(null);
          input.current?.focus();
          answered(reason);
        },
      });
    });

  async function run() {
    const text = line.trim();
    if (text === '') return;
    const parsed = parseCommand(line, context);
    if (!parsed.ok) {
      const { start, end } = parsed.refusal;
      say(words.commandLine.refused({ why: refusalText(parsed.refusal) }), 'refused');
      input.current?.setSelectionRange(start, Math.max(end, start));
      return;
    }
    const harmless = ['find', 'help', 'history', 'note'].includes(parsed.command.kind);
    if (isOffline() && !harmless) {
      say(words.commandLine.refused({ why: words.commandLine.offline }), 'refused');
      return;
    }
    const startedMs = performance.now();
    try {
      const { label, rows } = await runCommand(parsed.command, askReason);
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
      say(words.commandLine.done({ act: label, seconds }), 'done', rows ?? []);
      const { lines: before, choose } = usePreferences.getState();
      choose({ lines: [...before.filter((one) => one !== text), text].slice(-50) });
      setBack(0);
      write('');
    } catch (error) {
      say(words.commandLine.refused({ why: whyFailed(error) }), 'refused');
    }
  }

  function recallLine(step: 1 | -1) {
    const at = Math.min(lines.length, Math.max(0, back + step));
    setBack(at);
    write(at === 0 ? '' : (lines.at(-at) ?? ''));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposition(event.nativeEvent)) return;
    if (event.key === 'Escape') {
      if (answer && answer.rows.length > 0) setAnswer({ ...answer, rows: [] });
      else focusPanel('queue');
    } else if (event.key === 'Tab' && !event.shiftKey && open) take(choices[chosen]?.insert ?? '');
    else if (event.key === 'Enter') void run();
    else if (event.key === 'ArrowDown' && open && back === 0) setChosen((chosen + 1) % choices.length);
    else if (event.key === 'ArrowUp' && open && chosen > 0) setChosen(chosen - 1);
    else if (event.key === 'ArrowUp') recallLine(1);
    else if (event.key === 'ArrowDown') recallLine(-1);
    else return;
    event.preventDefault();
  }

  return (
    <section className={classes['line']} aria-label={words.panels.commandLine} data-panel="commandLine">
      {answer && answer.rows.length > 0 && (
        <Results rows={answer.rows} close={() => setAnswer({ ...answer, rows: [] })} />
      )}
      {asking && (
        <div className={classes['results']}>
          <ReasonAsk
            team={asking.team}
            choose={(override, text) => asking.answer({ override, text })}
            leave={() => asking.answer(null)}
          />
        </div>
      )}
      {open && (
        <ul className={classes['choices']} id={listId} role="listbox" aria-label={words.commandLine.choices}>
          {choices.map(({ insert, label }, i) => (
            // The input keeps the focus and the keys; a press is a short cut for Tab.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={insert}
              id={`${listId}-${i}`}
              role="option"
              aria-selected={i === chosen}
              className={classes['choice']}
              onPointerDown={(event) => {
                event.preventDefault();
                take(insert);
              }}
            >
              <strong>{insert}</strong>
              {label !== insert && <span>{label}</span>}
            </li>
          ))}
        </ul>
      )}
      <span className={classes['prompt']} aria-hidden="true">
        ›
      </span>
      <input
        ref={input}
        className={classes['input']}
        role="combobox"
        aria-label={words.commandLine.label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(open && { 'aria-activedescendant': `${listId}-${chosen}` })}
        placeholder={words.commandLine.placeholder}
        spellCheck={false}
        autoComplete="off"
        data-panel-focus
        value={line}
        onChange={(event) => {
          setLine(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
          setChosen(0);
          setBack(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      <output className={classes['answer']} data-tone={answer?.tone} title={answer?.text}>
        {answer?.text}
      </output>
    </section>
  );
}

function Results(props: { readonly rows: readonly ResultRow[]; readonly close: () => void }) {
  const words = useWords().console.commandLine;
  return (
    <section className={classes['results']} aria-label={words.results}>
      <CloseButton
        size="sm"
        aria-label={words.close}
        onClick={props.close}
        className={classes['closer'] ?? ''}
      />
      <ul>
        {props.rows.map(({ key, text, open }) => (
          <li key={key}>
            {open ? (
              <UnstyledButton className={classes['result']} onClick={open}>
                {text}
              </UnstyledButton>
            ) : (
              <span className={classes['result']}>{text}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
