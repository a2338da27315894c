/**
 * While a calendar rule holds, another edition says which zone a place lies in and who serves it. In a replay such zones
 * have numbers of their own, above those of any plan, so that both sides of a comparison keep to them.
 */
const step = 1_000_000;

/** The number of a zone of the `place`-th calendar edition of a recording, counted from 0; 0 is no zone. */
export const calendarZone = (place: number, zoneId: number | null): number =>
  zoneId === null || zoneId === 0 ? 0 : (place + 1) * step + zoneId;

/** The zone that people know, of a plan or of a calendar edition. */
export const knownZone = (zone: number): number => zone % step;
