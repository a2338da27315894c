/** The little of PostgreSQL's wire protocol (version 3) that the front of the embedded database reads. */

/** Ends an exchange: the backend answers ReadyForQuery after Query, Sync or FunctionCall. */
export const endsExchange = (type: string) => type === 'Q' || type === 'S' || type === 'F';

/** Length in bytes of the message at the head of `data`, or undefined while it is incomplete. */
export function messageLength(data: Buffer): number | undefined {
  if (data.length < 5) return undefined;
  const length = 1 + data.readInt32BE(1);
  if (length < 5) throw new Error('malformed message length');
  return data.length >= length ? length : undefined;
}

/** Cuts complete messages out of an answer of the backend. */
export function splitMessages(data: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  let at = 0;
  while (at < data.length) {
    const length = 1 + data.readInt32BE(at + 1);
    messages.push(data.subarray(at, at + length));
    at += length;
  }
  return messages;
}

export const typeOf = (message: Buffer) => String.fromCharCode(message[0] ?? 0);

/** A message of one type byte, its length and its body. */
export function message(type: string, body: string | Buffer): Buffer {
  const content = Buffer.isBuffer(body) ? body : Buffer.from(`${body}\0`);
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** An ErrorResponse of severity FATAL with its SQLSTATE. */
export function fatal(code: string, text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
}

/**
 * Gives a connection its own names for prepared statements: all connections share one backend session.
 * Unnamed statements pass unchanged.
 */
export function ownStatementNames(raw: Buffer, owner: string): Buffer {
  const type = typeOf(raw);
  let at = 5;
  if (type === 'B') at = raw.indexOf(0, 5) + 1;
  else if ((type === 'D' || type === 'C') && raw[5] === 83) at = 6;
  else if (type !== 'P') return raw;
  if (raw[at] === 0) return raw;
  return message(type, Buffer.concat([raw.subarray(5, at), Buffer.from(owner), raw.subarray(at)]));
}
