import { EditionList } from './edition-list.tsx';
import { ZoneTable } from './zone-table.tsx';

/** Editions above, the zones of the one on the table below. */
export function LeftPanel() {
  return (
    <>
      <EditionList />
      <ZoneTable />
    </>
  );
}
