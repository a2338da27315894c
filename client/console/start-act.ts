import type { IncidentView } from '../../shared/contract/incidents.ts';
import { useSession } from '../live/session.ts';
import { useLive } from '../live/store.ts';
import type { Words } from '../words/words.tsx';
import {
  acceptRework,
  acknowledge,
  offerCheck,
  redispatch,
  requestCheck,
  requestVerification,
} from './acts.ts';
import { isOffline, say, wordsNow } from './perform.tsx';
import { possibleActs, type IncidentAct, type PossibleAct } from './possible-acts.ts';
import { openIncident, useRoom } from './room.ts';

const atOnce = {
  acceptRework,
  acknowledge,
  requestVerification,
  requestCheck,
  offerCheck,
  redispatch,
} as const;

/** Does an act; those that need words open their form, and close it when it stands open. */
export function startAct(act: IncidentAct, incidentId: number): void {
  const { form, set } = useRoom.getState();
  if (act in atOnce) void atOnce[act as keyof typeof atOnce](incidentId);
  else set({ form: form === act ? null : (act as NonNullable<typeof form>) });
}

/** Why an act is not possible now, in words; null when it is. */
export function whyNotNow({ why }: PossibleAct, incident: IncidentView, words: Words): string | null {
  const labels = words.detail.acts;
  if (isOffline()) return labels.offline;
  if (why === 'forbidden') return labels.forbidden;
  if (why === 'held') return labels.heldNow;
  if (why === 'doubt') return words.refusals.place_doubtful;
  if (why === 'state') return labels.notNow({ state: words.codes.incidentState[incident.state] });
  return null;
}

/** Starts the first of these acts that the incident allows; says why when it allows none. For the keys. */
export function startByKey(wanted: readonly IncidentAct[], incidentId: number): boolean {
  const { picture, offsetMs } = useLive.getState();
  const { me } = useSession.getState();
  const incident = picture.incidents.get(incidentId);
  if (!incident || !me) return false;
  const acts = possibleActs(incident, me, Date.now() + offsetMs);
  const named = acts.filter(({ act }) => wanted.includes(act));
  const one = named.find(({ why }) => why === null) ?? named[0];
  const words = wordsNow();
  const why = one
    ? whyNotNow(one, incident, words)
    : words.detail.acts.notNow({ state: words.codes.incidentState[incident.state] });
  openIncident(incidentId);
  if (one && why === null) startAct(one.act, incidentId);
  else say(why ?? words.detail.acts.forbidden, 'refused');
  return true;
}
