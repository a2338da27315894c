/** What sentences about some cells are told. */
export interface Cells {
  readonly cells: number;
}
/** What sentences that name an edition are told. */
export interface Named {
  readonly name: string;
}
/** What sentences about a zone are told. */
export interface ZoneText {
  readonly zone: string | number;
}
