import { read, type Handlers } from '../kernel/route.ts';
import { readSnapshot, type DispatchModeOf } from './snapshot.ts';

/** The live picture in one read. */
export function liveHandlers(dispatchMode: DispatchModeOf): Pick<Handlers, 'readSnapshot'> {
  return { readSnapshot: read<'readSnapshot'>(({ deps }) => readSnapshot(deps, dispatchMode)) };
}
