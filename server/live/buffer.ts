import type { Socket } from 'socket.io';

/** The parts of an engine connection that its types keep to themselves. */
interface Wire {
  readonly writeBuffer: readonly {
    readonly data?: unknown;
    readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
  }[];
  readonly transport: {
    readonly socket?: { readonly bufferedAmount: number; terminate(): void };
    on(event: 'ready', ear: () => void): void;
  };
  close(discard?: boolean): void;
}

const wireOf = (socket: Pick<Socket, 'conn'>): Wire => socket.conn as unknown as Wire;

/** Above this nothing more is pulled from the ledger for a socket; what it lacks stays in the ledger. */
export const pauseBytes = 256 * 1024;
/** Above this what may be lost (frames, ticks, presence) is not written. */
export const lossyBytes = 64 * 1024;
/** Above this a socket is closed: it must come back and resume by its number. */
export const slowBytes = 1024 * 1024;

/** Bytes written to a socket that the kernel has not taken yet: the engine's queue and the WebSocket's own. */
export function unsentBytes(socket: Pick<Socket, 'conn'>): number {
  const wire = wireOf(socket);
  let bytes = wire.transport.socket?.bufferedAmount ?? 0;
  for (const { data, options } of wire.writeBuffer) {
    if (options?.wsPreEncodedFrame) for (const part of options.wsPreEncodedFrame) bytes += part.length;
    else if (typeof data === 'string') bytes += data.length;
    else if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) bytes += data.byteLength;
  }
  return bytes;
}

/** Calls back each time the kernel has taken what was written. */
export const onReady = (socket: Pick<Socket, 'conn'>, ear: () => void): void =>
  wireOf(socket).transport.on('ready', ear);

/** Ends a connection that does not read: no closing handshake, whatever waits for it is thrown away. */
export function cut(socket: Pick<Socket, 'conn'>): void {
  const wire = wireOf(socket);
  const { transport } = wire;
  wire.close(true);
  transport.socket?.terminate();
}
