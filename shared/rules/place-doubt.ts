import type { PlaceDoubt, ReportSource } from '../contract/incidents.ts';

/** A point to which a geocoder falls back says nothing, whoever took it. */
const always: readonly PlaceDoubt[] = ['default_coordinate'];
const fromOutside: readonly PlaceDoubt[] = [...always, 'datum', 'address', 'outside', 'coarse'];

/**
 * Doubts that a person settles before the incident is filed. What the room itself pointed at on its own map is marked
 * and not held up; a place within 50 m of its cell (`snapped`) holds up nobody.
 */
export const openDoubts = (doubts: readonly PlaceDoubt[], source: ReportSource): PlaceDoubt[] =>
  doubts.filter((doubt) => (source === 'dispatcher' ? always : fromOutside).includes(doubt));
