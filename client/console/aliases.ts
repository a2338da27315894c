import { useEffect, useMemo, useState } from 'react';
import { useLive } from '../live/store.ts';
import { useRoom } from './room.ts';

type Speller = (text: string) => string[];

let speller: Speller | null = null;
let loading: Promise<Speller> | null = null;

/**
 * Spellings of a Chinese name: initials (`xfd`) and full pinyin (`xiaofangdao`). The dictionary is 114 kB over the
 * wire, so it comes in a part of its own after the room is drawn; until then names and codes are found without it.
 */
async function loadSpeller(): Promise<Speller> {
  const { pinyin } = await import('pinyin-pro');
  return (text) => {
    const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed' });
    if (syllables.length === 0) return [];
    return [syllables.map((one) => one.slice(0, 1)).join(''), syllables.join('')].map((word) =>
      word.toLowerCase(),
    );
  };
}

/** Pinyin spellings of matters, teams and places; empty until the dictionary is there. */
export interface Aliases {
  readonly matters: ReadonlyMap<string, readonly string[]>;
  readonly teams: ReadonlyMap<string, readonly string[]>;
  readonly spell: Speller;
}

const none: Speller = () => [];

/** The spellings of what the room knows now. */
export function useAliases(): Aliases {
  const [spell, setSpell] = useState<Speller | null>(() => speller);
  const matters = useRoom((state) => state.matters);
  const teams = useLive((state) => state.picture.teams);
  useEffect(() => {
    if (spell) return;
    loading ??= loadSpeller();
    loading.then(
      (loaded) => {
        speller = loaded;
        setSpell(() => loaded);
      },
      // Without the dictionary names and codes still work.
      () => undefined,
    );
  }, [spell]);
  const names = [...teams.values()].map(({ code, name }) => `${code} ${name}`).join('\n');
  return useMemo(() => {
    const spelling = spell ?? none;
    return {
      spell: spelling,
      matters: new Map([...matters.values()].map(({ code, nameZh }) => [code, withParts(nameZh, spelling)])),
      teams: new Map([...teams.values()].map(({ code, name }) => [code, spelling(name)])),
    };
    // oxlint-disable-next-line react/exhaustive-deps -- names change seldom, teams every second
  }, [spell, matters, names]);
}

/** A long name is found by its parts too: `xfctd` in 占用、堵塞、封闭消防车通道. */
function withParts(name: string, spell: Speller): string[] {
  const parts = name.split(/[、，,（）()/\s]+/u).filter((part) => part !== '');
  const tails = parts.flatMap((part) =>
    Array.from(part, (_, i) => part.slice(i)).filter((tail) => tail.length > 1),
  );
  return [...new Set([name, ...tails].flatMap((part) => spell(part)))];
}
