import { io, type Socket } from 'socket.io-client';
import type { LedgerEvent } from '../../../shared/contract/events.ts';
import type { ClientMessages, ServerMessages } from '../../../shared/contract/live.ts';
import { askWhoIsHere, endSession } from '../../live/session.ts';
import { refresh, useDesk } from './desk.ts';
import { hurry } from './outbox.ts';

/** Several facts of one moment are answered by one read. */
const gatherMs = 120;
/** Without a line the picture is asked for this often while the screen is on. */
const pollMs = 20_000;

/** Keeps the line to the server: a fact that concerns this phone makes it read its picture anew. Answers how to stop. */
export function openLine(onFact: (event: LedgerEvent) => void): () => void {
  const socket: Socket<ServerMessages, ClientMessages> = io({
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
    randomizationFactor: 0.5,
    auth: { since: null, want: ['events'], client: 'officer' },
  });
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void refresh();
    }, gatherMs);
  };
  socket.on('hello', () => {
    useDesk.setState({ online: true });
    // what waits goes first, so that the picture that follows has it
    hurry();
    soon();
  });
  socket.on('event', (event) => {
    onFact(event);
    soon();
  });
  socket.on('disconnect', () => {
    if (!navigator.onLine) useDesk.setState({ online: false });
    void refresh();
  });
  socket.on('connect_error', () => void askWhoIsHere());
  socket.on('signed_out', ({ reason }) => {
    if (reason === 'login_ended' || reason === 'role_changed') endSession(reason);
  });
  const again = () => {
    if (!socket.connected) socket.disconnect().connect();
  };
  const lost = () => useDesk.setState({ online: false });
  addEventListener('online', again);
  addEventListener('offline', lost);
  const poll = setInterval(() => {
    if (!socket.connected && document.visibilityState === 'visible') void refresh();
  }, pollMs);
  return () => {
    clearInterval(poll);
    clearTimeout(gathering);
    removeEventListener('online', again);
    removeEventListener('offline', lost);
    socket.disconnect();
  };
}
