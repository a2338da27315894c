/** What is known of when an incident had to be done and was done; ISO instants. */
interface Done {
  readonly deadline_at: string | null;
  readonly handled_at: string | null;
}

/** Handled after its deadline: the overdue mark that stays, whatever becomes of an appeal against it. */
export const wasLate = ({ deadline_at, handled_at }: Done): boolean =>
  deadline_at !== null && handled_at !== null && Date.parse(handled_at) > Date.parse(deadline_at);
