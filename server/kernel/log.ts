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
    base: null,
  });
}
