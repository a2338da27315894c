import { command, read, type Handlers } from '../kernel/route.ts';
import type { Tx } from '../kernel/transact.ts';
import { readDuty, setDuty, setTeamStatus, type Freed } from './commands.ts';

/** Teams and their duty. `freed` tells the engine that a team may take work. */
export function teamHandlers(freed: Freed): Pick<Handlers, 'setTeamStatus' | 'setDuty' | 'readDuty'> {
  return {
    setTeamStatus: command<'setTeamStatus'>((tx, { params, body }) =>
      setTeamStatus(tx, params.teamId, body, freed),
    ),
    setDuty: command<'setDuty'>((tx, { body }) => setDuty(tx, body.on, freed)),
    readDuty: read<'readDuty'>(({ deps, actor }) =>
      readDuty({ db: deps.db as Tx['db'], at: deps.now() }, actor.id ?? 0),
    ),
  };
}
