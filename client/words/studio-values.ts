/** What sentences about some cells are told. */
export interface Cells {
  readonly cells: number;
}
/** What sentences about a zone are told. */
export interface ZoneText {
  readonly zone: string | number;
}
