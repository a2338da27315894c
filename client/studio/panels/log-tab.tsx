import type { LogEntry } from '../../../shared/contract/planning.ts';
import { useSession } from '../../live/session.ts';
import { formatInstant } from '../../words/format.ts';
import { useWords } from '../../words/words.tsx';
import { useDesk, zoneNumber } from '../desk.ts';
import classes from './bottom-panel.module.css';

const mostShown = 300;

/** Everything that was done in the draft, the newest first; nothing is ever taken out. */
export function LogTab() {
  const words = useWords().studio.log;
  const log = useDesk((state) => state.log);
  const people = useDesk((state) => state.people);
  const known = useDesk((state) => state.detail?.people) ?? [];
  const me = useSession((session) => session.me);
  if (log.length === 0) return <p className={classes['empty']}>{words.none}</p>;
  const nameOf = (id: number): string =>
    id === me?.personId
      ? words.you
      : ([...people, ...known].find((one) => one.personId === id)?.name ?? words.person({ id }));
  return (
    <ul className={classes['list']} aria-label={words.title}>
      {log
        .toReversed()
        .slice(0, mostShown)
        .map((entry) => (
          <li key={entry.seq}>
            <span>{entry.seq}</span>
            <span>{formatInstant(Date.parse(entry.at))}</span>
            <span>{nameOf('operation' in entry ? entry.operation.author : entry.cells.author)}</span>
            <span className={classes['grow']}>{sentence(entry, words)}</span>
          </li>
        ))}
    </ul>
  );
}

type LogWords = ReturnType<typeof useWords>['studio']['log'];

function sentence(entry: LogEntry, words: LogWords): string {
  if ('cells' in entry) return words.cells[entry.cells.kind];
  const { operation } = entry;
  if (operation.kind === 'undo' || operation.kind === 'redo') return words[operation.kind];
  if (operation.kind !== 'assign')
    return words[operation.kind]({ zones: operation.zoneIds.map(zoneNumber).join(', ') });
  const cells = operation.changes.reduce((sum, one) => sum + one.cellIds.length, 0);
  const zones = operation.changes.map(({ zoneId }) => zoneNumber(zoneId)).join(', ');
  return words.assign({ cells, zones });
}
