import type { LedgerEvent } from '../../shared/contract/events.ts';
import { call } from '../live/call.ts';
import { useLive } from '../live/store.ts';
import { usePreferences } from '../ui/preferences.ts';
import { formatClock } from '../words/format.ts';
import { factSentence, type Names } from './fact-sentence.ts';
import { wordsNow } from './perform.tsx';
import { useRoom } from './room.ts';

/** One thing that a team did. */
export interface HistoryLine {
  readonly seq: number;
  readonly text: string;
  readonly incidentId: number | null;
}

/** How far back in the ledger one looks, in facts: one page. */
const page = 1000;
const shown = 20;

/** What a team did lately, the newest first, out of the last thousand facts of the room. */
export async function teamHistory(teamId: number): Promise<HistoryLine[]> {
  const { seq } = useLive.getState().picture;
  const { events } = await call('listEvents', { query: { since: Math.max(0, seq - page), limit: page } });
  const words = wordsNow();
  const about = (event: (typeof events)[number]) => {
    const { team, assignment } = event.data as { team?: { id: number }; assignment?: { teamId: number } };
    return team?.id === teamId || assignment?.teamId === teamId;
  };
  return events
    .filter(about)
    .slice(-shown)
    .toReversed()
    .map((event) => {
      const incident = /^incident\/(\d+)$/.exec(event.subject)?.[1];
      const sentence = factSentence(event as unknown as LedgerEvent, words, names);
      return {
        seq: event.seq,
        text: [formatClock(Date.parse(event.at)), incident, sentence].filter(Boolean).join(' · '),
        incidentId: incident ? Number(incident) : null,
      };
    });
}

const names: Names = {
  team: (id) => useLive.getState().picture.teams.get(id)?.name ?? String(id),
  person: (id) => {
    for (const { members } of useLive.getState().picture.teams.values()) {
      const found = members.find(({ personId }) => personId === id);
      if (found) return found.displayName;
    }
    return String(id);
  },
  matter: (code) => {
    const matter = useRoom.getState().matters.get(code ?? '');
    return (usePreferences.getState().language === 'en' ? matter?.nameEn : matter?.nameZh) ?? code ?? '';
  },
};
