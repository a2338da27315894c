import type { Need } from '../../contract/needs.ts';

/** What a matter says about the teams that it takes. */
interface MatterNeeds {
  readonly skills: readonly string[];
  readonly kit: readonly string[];
  /** Teams that its standard sends beside the lead. */
  readonly support?: readonly Need[] | undefined;
}

/** What an incident needs by its matter alone: one team that handles, and whoever the matter's standard sends beside it. */
export const standardNeeds = (matter: MatterNeeds | undefined): [Need, ...Need[]] => [
  { kind: 'handle', count: 1, skills: [...(matter?.skills ?? [])], kit: [...(matter?.kit ?? [])] },
  ...(matter?.support ?? []),
];
