import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Deps } from '../kernel/deps.ts';
import type { RaiseSos } from './acts.ts';
import { DeviceBook } from './devices.ts';
import { ingestDoor } from './ingest.ts';
import { PhoneIntake, type PositionDoor } from './phones.ts';

/** The intake of ready phone apps at work. */
export interface Intake {
  readonly book: DeviceBook;
  /** Serves everything below `/ingest`. */
  readonly door: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Follows the ledger: devices, tasks. */
  follow(event: LedgerEvent): void;
  /** Writes what was heard of devices and does what had to wait for the database. */
  tick(): Promise<void>;
}

export async function startIntake(deps: Deps, positions: PositionDoor, raiseSos: RaiseSos): Promise<Intake> {
  const book = new DeviceBook(deps);
  await book.load();
  const phones = new PhoneIntake(deps, book, positions, raiseSos);
  return {
    book,
    door: ingestDoor(deps, book, phones),
    follow: (event) => phones.follow(event),
    tick: () => phones.tick(),
  };
}
