import { Rules } from './calendar-rules.tsx';
import { Closures } from './closures.tsx';

/** Editions of market days and school hours, and roads that are closed for a time. */
export function CalendarTab() {
  return (
    <>
      <Rules />
      <Closures />
    </>
  );
}
