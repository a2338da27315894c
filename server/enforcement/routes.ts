import { command, read, type Handlers } from '../kernel/route.ts';
import { addEvidence, evidenceSet, skipSlot } from './evidence.ts';
import { changeSettings } from './settings.ts';
import { readSettings } from './store-settings.ts';

type Names =
  'addEvidence' | 'readEvidence' | 'skipEvidence' | 'readEnforcementSettings' | 'changeEnforcementSettings';

/** Evidence, orders, penalty files and papers over HTTP. */
export function enforcementHandlers(): Pick<Handlers, Names> {
  return {
    // a stream cannot be parsed before the command: the handler opens its own, under the same key
    addEvidence: read<'addEvidence'>(({ deps, actor, request }) => addEvidence(deps, actor, request)),
    readEvidence: read<'readEvidence'>(({ deps, params }) => evidenceSet(deps.db, params.incidentId)),
    skipEvidence: command<'skipEvidence'>((tx, { params, body }) =>
      skipSlot(tx, params.incidentId, body.slot, body.reason),
    ),
    readEnforcementSettings: read<'readEnforcementSettings'>(({ deps }) => readSettings(deps.db)),
    changeEnforcementSettings: command<'changeEnforcementSettings'>((tx, { body }) =>
      changeSettings(tx, body),
    ),
  };
}
