import { command, read, type Handlers } from '../kernel/route.ts';
import type { Tx } from '../kernel/transact.ts';
import { holdOwn } from './answers.ts';
import { answerQuestion } from './question.ts';
import { checkIn } from './check-in.ts';
import { readMyDay } from './my-day.ts';
import { askForHelp } from './help.ts';
import { endSos, raiseSos, readPhone } from './phone.ts';

type Names = 'readPhone' | 'readMyDay' | 'checkIn' | 'answerQuestion' | 'requestHelp' | 'raiseSos' | 'endSos';

/** What the phones in the street ask and say beside the steps of a task. */
export function phoneHandlers(): Pick<Handlers, Names> {
  return {
    readPhone: read<'readPhone'>(({ deps, actor }) =>
      readPhone({ db: deps.db as Tx['db'], at: deps.now() }, actor),
    ),
    readMyDay: read<'readMyDay'>(({ deps, actor }) =>
      readMyDay({ db: deps.db as Tx['db'], at: deps.now() }, actor),
    ),
    checkIn: command<'checkIn'>(async (tx, { params }) =>
      checkIn(tx, (await holdOwn(tx, params.assignmentId)).assignment),
    ),
    answerQuestion: command<'answerQuestion'>(async (tx, { params, body }) =>
      answerQuestion(tx, await holdOwn(tx, params.assignmentId), body),
    ),
    requestHelp: command<'requestHelp'>(async (tx, { params, body }) =>
      askForHelp(tx, (await holdOwn(tx, params.assignmentId)).assignment, body, tx.actor.id),
    ),
    raiseSos: command<'raiseSos'>((tx, { body }) => raiseSos(tx, body)),
    endSos: command<'endSos'>((tx) => endSos(tx)),
  };
}
