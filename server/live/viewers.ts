import { may } from '../../shared/rules/permissions.ts';
import { lossyBytes, unsentBytes } from './buffer.ts';
import type { Reader } from './reader.ts';
import type { Sockets } from './sockets.ts';

/** A reader as the maker of frames sees one. */
export interface FrameViewer {
  readonly reader: Reader;
  readonly seesOfficers: boolean;
  readonly view: Reader['view'];
  readonly ready: boolean;
}

/** Readers who want frames, the same object for the same connection from tick to tick. */
export function frameViewers(sockets: Sockets) {
  const known = new WeakMap<Reader, FrameViewer>();
  const viewerOf = (reader: Reader): FrameViewer => {
    const { role, id, teamId } = reader.login.actor;
    const seesOfficers = may({ role, personId: id, teamId }, 'dispatch.decide') === null;
    const viewer = known.get(reader) ?? {
      reader,
      seesOfficers,
      get view() {
        return reader.view;
      },
      get ready() {
        return unsentBytes(reader.socket) < lossyBytes;
      },
    };
    known.set(reader, viewer);
    return viewer;
  };
  return {
    viewers: () => [...sockets.readers].filter((reader) => reader.wantsFrames).map(viewerOf),
    send: (to: readonly FrameViewer[], frame: ArrayBuffer) =>
      sockets.sendFrame(
        to.map(({ reader }) => reader),
        frame,
      ),
  };
}
