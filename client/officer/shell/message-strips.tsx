import { call } from '../../live/call.ts';
import { formatClock } from '../../words/format.ts';
import { useWords } from '../../words/use-words.ts';
import { refresh, useDesk } from '../desk/desk.ts';
import { useCallOnce } from './call-once.ts';
import classes from './phone.module.css';

/** What the room says to this team or to all, until it is read here. */
export function MessageStrips() {
  const words = useWords().officer.message;
  const messages = useDesk((desk) => desk.phone?.messages) ?? [];
  const online = useDesk((desk) => desk.online);
  useCallOnce(messages.at(-1)?.id);
  const read = async (messageId: string) => {
    await call('readMessage', { params: { messageId } }).catch(() => undefined);
    await refresh();
  };
  return (
    <div role="alert">
      {messages.map(({ id, at, from, text }) => (
        <div key={id} className={classes['strip']} data-kind="message">
          <span>{words.said({ clock: formatClock(Date.parse(at)).slice(0, 5), from, text })}</span>
          <button
            type="button"
            className={classes['choice']}
            disabled={!online}
            onClick={() => void read(id)}
          >
            {words.read}
          </button>
        </div>
      ))}
    </div>
  );
}
