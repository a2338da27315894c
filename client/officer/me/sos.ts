import { create } from 'zustand';
import { call } from '../../live/call.ts';
import { refresh, useDesk } from '../desk/desk.ts';
import type { CapturePlace } from '../desk/photo.ts';

/** What became of the last call for help from this phone. */
export const useSos = create<{ readonly state: 'none' | 'calling' | 'sent' }>()(() => ({ state: 'none' }));

const againMs = 3000;

/** Calls until the server has it: by the network that is there, again and again while there is none. */
export async function callForHelp(place: CapturePlace | null): Promise<void> {
  useSos.setState({ state: 'calling' });
  const task = useDesk.getState().phone?.tasks.find(({ assignment }) => assignment.state !== 'offered');
  const key = crypto.randomUUID();
  while (useSos.getState().state === 'calling') {
    try {
      await call('raiseSos', { body: { incidentId: task?.incident.id ?? null, place }, key });
      useSos.setState({ state: 'sent' });
      await refresh();
      return;
    } catch {
      await new Promise((done) => setTimeout(done, againMs));
    }
  }
}

export const forgetCall = (): void => useSos.setState({ state: 'none' });
