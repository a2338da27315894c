import type { Appeal } from '../../shared/contract/field-steps.ts';
import type { LedgerEvent } from '../../shared/contract/events.ts';
import type { Need } from '../../shared/contract/needs.ts';
import { formatClock, formatInstant, formatTimer } from '../words/format.ts';
import { labelOf as label } from '../words/label.ts';
import type { Words } from '../words/words.tsx';
import type { FactValues } from '../words/zh-CN-timeline.ts';
import { needsSentence } from '../words/needs-sentence.ts';

/** Names that a fact only numbers. */
export interface Names {
  readonly team: (id: number) => string;
  readonly person: (id: number) => string;
  readonly matter: (code: string | null) => string;
}

/** What facts may carry; each kind has some of it. */
interface Carried {
  readonly incident?: {
    id: number;
    matterCode: string | null;
    source: string;
    priority: number;
    text: string;
    holdUntil: string | null;
    needs?: readonly Need[];
    deadlineAt: string | null;
  };
  readonly into?: { id: number };
  readonly team?: { id: number; name: string; status: string; unavailableReason: string | null };
  readonly assignment?: { teamId: number; supervisor?: { name: string } | null };
  readonly proposal?: { toTeamId: number; gainSeconds: number; outcome: string | null };
  readonly alarm?: { kind: string };
  readonly reason?: string;
  readonly text?: string;
  readonly disposition?: string;
  readonly shortfall?: readonly string[];
  readonly line?: number | null;
  readonly kind?: string;
  readonly settings?: { readonly historyDays?: number };
  readonly was?: number;
  readonly result?: string;
  readonly outcome?: string;
  readonly dueAt?: string;
  readonly personId?: number | null;
  readonly purpose?: string;
  readonly of?: string;
  readonly number?: string;
  readonly matterCode?: string;
  readonly name?: string;
  readonly version?: number;
  readonly layer?: string;
  readonly to?: string;
  readonly paper?: { kind: string };
  readonly request?: { reason: string };
  readonly appeal?: Pick<Appeal, 'text' | 'firstReview' | 'secondReview'>;
  readonly operation?: { title: string };
  readonly passed?: boolean;
  readonly teamId?: number | null;
  readonly channel?: string;
  readonly doneAt?: string;
  readonly late?: boolean;
  readonly state?: string;
  readonly word?: string;
  readonly year?: number;
  readonly moved?: number;
  readonly wasAt?: string;
  readonly metres?: number;
}

/** A fact of the ledger as a sentence in the language of `words`. A type of a newer server is named, not hidden. */
export function factSentence(event: Pick<LedgerEvent, 'type' | 'data'>, words: Words, names: Names): string {
  const sentence = (words.timeline.facts as Partial<Record<string, (v: FactValues) => string>>)[event.type];
  const data = event.data as unknown as Carried;
  if (!sentence) return words.timeline.unknown({ type: event.type });
  const { doneAt, late } = data;
  return [
    sentence(valuesOf(event.type, data, words, names)),
    late ? words.timeline.late : '',
    doneAt ? words.timeline.doneAt({ clock: formatInstant(Date.parse(doneAt)) }) : '',
  ].join('');
}

function valuesOf(type: string, data: Carried, words: Words, names: Names): FactValues {
  const { incident, team, assignment, proposal } = data;
  const teamId = team?.id ?? assignment?.teamId ?? proposal?.toTeamId ?? data.teamId ?? undefined;
  return {
    incident: incident ? String(incident.id) : '',
    other: data.into ? String(data.into.id) : '',
    team: team?.name ?? (teamId === undefined ? '' : names.team(teamId)),
    person:
      type === 'assignment.offered'
        ? (assignment?.supervisor?.name ?? '')
        : data.personId == null
          ? (data.name ?? '')
          : names.person(data.personId),
    reason: reasonOf(type, data, words),
    text:
      data.disposition ??
      (type === 'team.answered' && data.reason
        ? label(words.timeline.watchReason, data.reason)
        : undefined) ??
      coded(type, data.text, words) ??
      (type === 'incident.queued' && data.kind ? label(words.codes.taskKind, data.kind) : undefined) ??
      data.request?.reason ??
      (type === 'appeal.reviewed' ? lastReview(data)?.text : data.appeal?.text) ??
      data.operation?.title ??
      (type === 'incident.reported' ? (incident?.text ?? '') : ''),
    value: valueOf(type, data, words, names),
    was: data.wasAt ? formatInstant(Date.parse(data.wasAt)) : String(data.was ?? data.moved ?? ''),
  };
}

/** Remarks that are codes of a file's acts. */
function coded(type: string, text: string | undefined, { timeline, work, files }: Words): string | undefined {
  if (text === undefined) return undefined;
  if (type === 'measure.approved' || type === 'things.taken' || type === 'things.released')
    return label(files.options, text);
  if (type === 'hearing.held') return label(timeline.hearing, text);
  if (type === 'payment.taken') return label(timeline.payment, text);
  if (type === 'remedy.sought' || type === 'remedy.ended') return label(timeline.remedy, text);
  return type === 'period.ended' ? label(work.file.periods, text) : text;
}

function reasonOf(type: string, data: Carried, { codes, timeline }: Words): string {
  const { reason = '' } = data;
  if (type === 'assignment.declined') return label(codes.declineReason, reason);
  if (type === 'assignment.withdrawn') return label(codes.withdrawReason, reason);
  if (type === 'incident.rejected') return label(timeline.rejectReason, reason);
  if (type === 'incident.queued')
    return (data.shortfall ?? []).map((code) => label(codes.shortfall, code)).join(', ');
  if (type === 'proposal.ended') return label(timeline.outcome, data.proposal?.outcome ?? '');
  if (type === 'correction.failed') return label(timeline.result, data.outcome ?? '');
  if (type === 'track.viewed' || type === 'person.revealed') return data.purpose ?? '';
  return reason;
}

const lastReview = ({ appeal }: Carried) => appeal?.secondReview ?? appeal?.firstReview;

function valueOf(
  type: string,
  data: Carried,
  { codes, timeline, work, officer }: Words,
  names: Names,
): string {
  const { incident, team, proposal, alarm } = data;
  if (type === 'appeal.reviewed')
    return lastReview(data)?.approved ? work.appeal.approved : work.appeal.refused;
  if (type === 'incident.reported' && incident) return label(codes.source, incident.source);
  if (type === 'incident.filed' && incident)
    return `${names.matter(incident.matterCode)} · P${incident.priority}`;
  if (type === 'incident.prioritised' && incident) return String(incident.priority);
  if (type === 'incident.held' && incident?.holdUntil) return formatInstant(Date.parse(incident.holdUntil));
  if (type === 'incident.queued') return data.line ? String(data.line + 1) : '';
  if (type === 'needs.set') return needsSentence(incident?.needs ?? [], { codes, timeline });
  if (type === 'verification.completed') return label(timeline.result, data.result ?? '');
  if (type === 'team.asked') return label(timeline.watchState, data.state ?? '');
  if (type === 'team.answered') return label(timeline.watchWord, data.word ?? '');
  if (data.passed !== undefined) return data.passed ? timeline.result.passed : timeline.result.failed;
  if (type === 'person.revealed') return label(timeline.revealed, data.of ?? '');
  if (data.paper) return label(officer.papers.kinds, data.paper.kind);
  if (proposal) return formatTimer(proposal.gainSeconds);
  if (type === 'positions.set') return String(data.settings?.historyDays ?? '');
  if (type === 'incident.placed') return String(data.metres ?? 0);
  if (type === 'holidays.published') return String(data.year ?? '');
  if (type === 'deadline.recounted' && incident?.deadlineAt)
    return formatInstant(Date.parse(incident.deadlineAt));
  if (data.dueAt) return formatClock(Date.parse(data.dueAt));
  if (alarm) return label(codes.alarm, alarm.kind);
  if (data.channel) return label(codes.pushChannel, data.channel);
  if (type === 'team.changed' && team)
    return team.unavailableReason
      ? label(codes.unavailableReason, team.unavailableReason)
      : label(codes.teamStatus, team.status);
  return (
    data.to ??
    data.number ??
    data.matterCode ??
    data.name ??
    data.layer ??
    (data.version === undefined ? '' : String(data.version))
  );
}
