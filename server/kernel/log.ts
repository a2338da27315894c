import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** The product's log: JSON lines without personal data. Names, phones, tokens and passwords are cut out. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: {
      paths: [
        'password',
        '*.password',
        'token',
        '*.token',
        'reporterPhone',
        '*.reporterPhone',
        'reporterName',
        '*.reporterName',
        'req.headers',
      ],
      censor: '[cut]',
    },
    serializers: { error: errorFields },
    base: null,
  });
}

/**
 * What an error says: JSON would show nothing of one. The query builder puts the statement with its values before the
 * message of the database; that part is left out.
 */
function errorFields(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack = '' } = error;
  const { code } = error as { code?: unknown };
  const ofDatabase = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '));
  return {
    name,
    code,
    message: ofDatabase ? message.replace(/^[\s\S]* - /, '') : message,
    frames: frames.map((line) => line.trim()),
  };
}
