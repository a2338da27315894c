import { readFileSync } from 'node:fs';

/** What the generators need to know of a matter of data/matters.json. */
export interface MatterRules {
  readonly code: string;
  readonly nameZh: string;
  /** Kinds of overlay of which one must cover the place; empty: everywhere. */
  readonly overlays: readonly string[];
  /** Words of the skill column, joint operation, night duty and legal review left out. */
  readonly skills: readonly string[];
}

interface Row {
  readonly code: string;
  readonly nameZh: string;
  readonly overlays: readonly string[];
  readonly skill: string;
}

/** Words of the skill column that are no person's skill. */
const NO_SKILL = new Set(['联合', '夜班', '法制']);

const rows = (
  JSON.parse(readFileSync(new URL('../../data/matters.json', import.meta.url), 'utf8')) as { matters: Row[] }
).matters;

const rules = new Map(
  rows.map(({ code, nameZh, overlays, skill }): [string, MatterRules] => [
    code,
    { code, nameZh, overlays, skills: skill.split('、').filter((s) => !NO_SKILL.has(s)) },
  ]),
);

/** The matter of a code; throws for a code that is not in the list. */
export function matterRules(code: string): MatterRules {
  const found = rules.get(code);
  if (!found) throw new Error(`no matter ${code}`);
  return found;
}

/** All skills that some matter asks for, in order of first mention. */
export const allSkills = (): string[] => [...new Set([...rules.values()].flatMap((r) => r.skills))];
