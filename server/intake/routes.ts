import type { Request } from 'express';
import type { Deps } from '../kernel/deps.ts';
import { command, read, type Handlers } from '../kernel/route.ts';
import { transact, type Tx } from '../kernel/transact.ts';
import { readDevices, registerDevice, revokeDevice, rotateDevice } from './commands.ts';
import type { DeviceBook } from './devices.ts';

type Names =
  | 'listDevices'
  | 'registerDevice'
  | 'rotateDevice'
  | 'revokeDevice'
  | 'listMyDevices'
  | 'registerMyDevice'
  | 'rotateMyDevice'
  | 'revokeMyDevice';

/** The product's address as the phone will reach it. */
const originOf = ({ config }: Deps, request: Request): string =>
  (config.PUBLIC_URL ?? `${request.protocol}://${request.header('host')}`).replace(/\/$/, '');

/** Devices: by the administrator for anybody, by a person for the own phone. A secret is never stored as an answer. */
export function deviceHandlers(book: DeviceBook): Pick<Handlers, Names> {
  /** This process need not wait for the fact. */
  const known = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    await book.load().catch(() => undefined);
    return done;
  };
  return {
    listDevices: read<'listDevices'>(async ({ deps }) => ({
      devices: await readDevices({ db: deps.db, at: deps.now() }),
    })),
    registerDevice: read<'registerDevice'>(({ deps, actor, body, request }) =>
      known(transact(deps, actor, (tx: Tx) => registerDevice(tx, body, originOf(deps, request)))),
    ),
    rotateDevice: read<'rotateDevice'>(({ deps, actor, params, request }) =>
      known(transact(deps, actor, (tx) => rotateDevice(tx, params.deviceId, originOf(deps, request)))),
    ),
    revokeDevice: command<'revokeDevice'>((tx, { params }) => revokeDevice(tx, params.deviceId)),
    listMyDevices: read<'listMyDevices'>(async ({ deps, actor }) => ({
      devices: await readDevices({ db: deps.db, at: deps.now() }, actor.id ?? 0),
    })),
    registerMyDevice: read<'registerMyDevice'>(({ deps, actor, body, request }) => {
      const wanted = { ...body, personId: actor.id as never, gatewayId: null, uniqueId: null };
      return known(transact(deps, actor, (tx) => registerDevice(tx, wanted, originOf(deps, request))));
    }),
    rotateMyDevice: read<'rotateMyDevice'>(({ deps, actor, params, request }) =>
      known(
        transact(deps, actor, (tx) => rotateDevice(tx, params.deviceId, originOf(deps, request), actor.id)),
      ),
    ),
    revokeMyDevice: command<'revokeMyDevice'>((tx, { params, actor }) =>
      revokeDevice(tx, params.deviceId, actor.id),
    ),
  };
}
