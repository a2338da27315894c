import type { AlarmView } from '../../shared/contract/alarms.ts';
import type { WatchReason, WatchWord } from '../../shared/contract/assignments.ts';
import type { PositionDoubt } from '../../shared/contract/frame.ts';
import type { LngLat } from '../../shared/contract/geo.ts';
import { useLive } from '../live/store.ts';
import { cellAt } from '../map/cell-at.ts';
import type { Words } from '../words/words.tsx';
import { labelOf } from '../words/label.ts';
import { wordsNow } from './perform.tsx';
import { useRoom } from './room.ts';

/** What an alarm may carry beside its kind; each kind has some of it. */
interface Detail {
  readonly name?: string;
  readonly incidentId?: number | null;
  readonly point?: LngLat | null;
  readonly want?: 'backup' | 'transfer';
  readonly text?: string;
  readonly doubt?: PositionDoubt;
  readonly word?: WatchWord;
  readonly reason?: WatchReason;
  readonly fileId?: number;
  readonly period?: string;
}

/** The incident that an alarm is about, also where only its text names it. */
export const incidentOf = (alarm: AlarmView): number | null =>
  alarm.incidentId ?? (alarm.detail as Detail).incidentId ?? null;

/** Where an alarm calls to: the place of whoever calls, else the team's last fix, else the incident's place. */
export function alarmPoint(alarm: AlarmView): LngLat | null {
  const { picture, fixes } = useLive.getState();
  const own = (alarm.detail as Detail).point ?? null;
  const fix = alarm.teamId === null ? undefined : fixes.get(alarm.teamId)?.point;
  const incident = picture.incidents.get(incidentOf(alarm) ?? -1);
  return own ?? (fix as LngLat | null | undefined) ?? incident?.point ?? null;
}

/** What an alarm is about, in one line: kind, incident, who, where, what is wanted. */
export function alarmSentence(alarm: AlarmView, words: Words = wordsNow()): string {
  const { picture } = useLive.getState();
  const { town } = useRoom.getState();
  const detail = alarm.detail as Detail;
  const incident = incidentOf(alarm);
  const team = alarm.teamId === null ? undefined : picture.teams.get(alarm.teamId);
  const person =
    detail.name ?? team?.members.find(({ personId }) => personId === alarm.personId)?.displayName ?? '';
  // a call for help says where; for the others the incident's place is one click away
  const personal =
    alarm.kind === 'sos' || alarm.kind === 'officer_unsafe' || alarm.kind === 'check_in_missed';
  const point = personal ? alarmPoint(alarm) : null;
  const cell = point && town ? cellAt(town.cells, point) : null;
  return words.console.alarms.about({
    kind: words.codes.alarm[alarm.kind],
    incident: incident === null ? '' : String(incident),
    team: team?.name ?? '',
    person,
    place: cell === null ? '' : words.console.queue.cell({ code: cell.slice(-6) }),
    text: [
      detail.period === undefined
        ? ''
        : words.console.alarms.period({
            id: detail.fileId ?? 0,
            period: labelOf(words.work.file.periods, detail.period),
          }),
      detail.want ? words.console.alarms.want[detail.want] : '',
      detail.doubt ? words.console.units.doubtRemedy[detail.doubt] : '',
      detail.word ? words.timeline.watchWord[detail.word] : '',
      detail.reason ? words.timeline.watchReason[detail.reason] : '',
      detail.text ?? '',
    ]
      .filter(Boolean)
      .join(': '),
  });
}
