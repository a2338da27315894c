import type { IncidentView } from '../../../shared/contract/incidents.ts';
import type { Tx } from '../../kernel/transact.ts';
import type { Coverage } from './coverage.ts';
import type { Findings } from './findings.ts';
import type { Difference } from './repair.ts';
import type { ImportRequest, SourceFile } from './request.ts';

/** What a layer works with while it writes: one transaction, one report. */
export interface Job {
  readonly tx: Tx;
  readonly request: ImportRequest;
  readonly findings: Findings;
  /** Tells a person how far it is. */
  readonly say: (line: string) => void;
  /** Tells how a set of cells stands: as read, and once more after a repair with what that changed. */
  readonly onCoverage?: ((coverage: Coverage, differences: readonly Difference[]) => void) | undefined;
  /** The product's own way to report an incident. */
  readonly report: (tx: Tx, incident: ReportedIncident) => Promise<IncidentView>;
}

/** An incident of a list, as the command `createIncident` takes it. */
interface ReportedIncident {
  readonly point: { readonly lng: number; readonly lat: number };
  readonly crs: 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09' | 'bd09mc';
  readonly text: string;
  readonly address: string;
  readonly externalId: string;
  readonly matterCode: string | null;
  readonly file: boolean;
}

/** What was written. `changed` is false when the database already said the same. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly changed: boolean;
  /** Sentences worth reading: totals, choices that were made, differences of a repair. */
  readonly notes: readonly string[];
  /** The draft that was made. */
  readonly editionId?: number;
}

/** Reads and checks a file without a database; the answer writes it. */
export type Layered = (file: SourceFile, request: ImportRequest, findings: Findings) => Promise<Write>;
export type Write = (job: Job) => Promise<Outcome>;
