import { useWords } from '../words/words.tsx';
import classes from './command-line.module.css';

/** The line that dispatchers type into; Escape gives the focus back to the queue. */
export function CommandLine() {
  const words = useWords().console;
  return (
    <section className={classes['line']} aria-label={words.panels.commandLine} data-panel="commandLine">
      <span className={classes['prompt']} aria-hidden="true">
        ›
      </span>
      <input
        className={classes['input']}
        aria-label={words.commandLine.label}
        placeholder={words.commandLine.placeholder}
        spellCheck={false}
        autoComplete="off"
        data-panel-focus
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </section>
  );
}
