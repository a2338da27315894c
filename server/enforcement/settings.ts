import type { EnforcementSettings } from '../../shared/contract/papers.ts';
import type { Tx } from '../kernel/transact.ts';
import { saveSettings } from './store-settings.ts';

/** The organ changes what stands on its papers or which choices it makes; the whole is given, nothing is merged. */
export async function changeSettings(tx: Tx, settings: EnforcementSettings): Promise<EnforcementSettings> {
  await saveSettings(tx.db, settings, tx.at);
  tx.announce('enforcement.set', 'setting/enforcement', { settings });
  return settings;
}
