import type { EnforcementSettings } from '../../shared/contract/papers.ts';
import { remedyTextKey } from '../../shared/rules/penalties/payment.ts';

/** What the party may do against a decision, by the way that it was decided in; bodies and court are the organ's settings. */
export const remedyText = (
  { reconsiderationBody, court }: EnforcementSettings,
  procedure: 'simple' | 'ordinary',
): string =>
  remedyTextKey(procedure) === 'remedy_free_choice'
    ? `如不服本决定，可以自收到本决定书之日起六十日内向${reconsiderationBody}申请行政复议，也可以自收到本决定书之日起六个月内直接向${court}提起行政诉讼。复议、诉讼期间本决定不停止执行，法律另有规定的除外。`
    : `如不服本决定，应当先自收到本决定书之日起六十日内向${reconsiderationBody}申请行政复议；对复议决定不服的，可以自收到复议决定书之日起十五日内向${court}提起行政诉讼。`;
