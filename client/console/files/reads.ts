import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call } from '../../live/call.ts';
import { usePeopleNames } from '../../live/people.ts';
import { queries } from '../../live/queries.ts';
import { useSession } from '../../live/session.ts';
import { onFact } from '../../live/store.ts';
import { usePreferences } from '../../ui/preferences.ts';
import type { Names } from '../fact-sentence.ts';

/** Without a line to the room (an officer at a desk) the page is at most this old. */
const againMs = 15_000;
const keys = ['open-files', 'file', 'file-story'] as const;

/** Reads again what this page shows of the files. */
export const readFilesAgain = (): Promise<unknown> =>
  Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] })));

/** Keeps the page fresh: by the facts where there is a line. */
export function useFresh(): void {
  useEffect(
    () =>
      onFact((event) => {
        const data = event?.data as { readonly file?: unknown } | undefined;
        if (
          event === null ||
          data?.file !== undefined ||
          event.type === 'paper.made' ||
          event.type === 'officer.recused'
        )
          void readFilesAgain();
      }),
    [],
  );
}

export const useOpenFiles = () =>
  useQuery({
    queryKey: ['open-files'],
    queryFn: () => call('listOpenFiles'),
    refetchInterval: againMs,
  });

export const useFile = (fileId: number) =>
  useQuery({
    queryKey: ['file', fileId],
    queryFn: () => call('readFile', { params: { fileId } }),
    refetchInterval: againMs,
  });

/** What happened in a file, the oldest first. */
export const useFileStory = (incidentId: number, fileId: number) =>
  useQuery({
    queryKey: ['file-story', incidentId, fileId],
    queryFn: async () => {
      const { timeline } = await call('readIncident', { params: { incidentId: incidentId as never } });
      return timeline.filter(({ data }) => isOf(data, fileId));
    },
    refetchInterval: againMs,
  });

const isOf = (data: unknown, fileId: number): boolean => {
  const { file, paper, fileIds } = data as {
    readonly file?: { readonly id: number };
    readonly paper?: { readonly fileId: number | null };
    readonly fileIds?: readonly number[];
  };
  return fileIds?.includes(fileId) === true || file?.id === fileId || paper?.fileId === fileId;
};

export const useEvidence = (incidentId: number) =>
  useQuery({
    queryKey: ['evidence', incidentId],
    queryFn: () => call('readEvidence', { params: { incidentId: incidentId as never } }),
  });

/** Ranges that the organ has published, of one matter and kind of party. */
export function useBenchmarks(matterCode: string, partyKind: string) {
  const { data } = useQuery({ queryKey: ['benchmarks'], queryFn: () => call('listBenchmarks') });
  return (data?.benchmarks ?? []).filter(
    (one) => one.matterCode === matterCode && one.partyKind === partyKind,
  );
}

/** Licensed colleagues of the own team: whoever may stand beside this person (行政处罚法 42). */
export function usePartners(): readonly { readonly personId: number; readonly displayName: string }[] {
  const me = useSession((session) => session.me);
  const { data } = useQuery({
    queryKey: ['own-team'],
    queryFn: () => call('readPhone'),
    enabled: me?.role === 'officer' || me?.role === 'leader',
  });
  return (data?.team?.members ?? []).filter(
    ({ personId, kind, licensed }) => personId !== me?.personId && kind === 'officer' && licensed,
  );
}

const useMatters = () => useQuery({ queryKey: ['file-matters'], queryFn: () => call('listMatters') });

/** The matter of a file as it is in force. */
export function useFileMatter(code: string) {
  const { data } = useMatters();
  return data?.matters.find((matter) => matter.code === code);
}

/** Names of people and matters; this page has them without the room. */
export function useFileNames(): Names {
  const people = usePeopleNames();
  const language = usePreferences((state) => state.language);
  const { data } = useMatters();
  return useMemo(() => {
    const matters = new Map(data?.matters.map((matter) => [matter.code, matter]));
    return {
      team: String,
      person: (id) => people.get(id) ?? String(id),
      matter: (code) => {
        const matter = matters.get(code ?? '');
        return (language === 'en' ? matter?.nameEn : matter?.nameZh) ?? code ?? '';
      },
    };
  }, [people, data, language]);
}
