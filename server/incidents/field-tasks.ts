import type { AssignmentView } from '../../shared/contract/assignments.ts';
import type { TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { IncidentView } from '../../shared/contract/incidents.ts';
import type { TeamView } from '../../shared/contract/teams.ts';
import type { AssignmentRow } from '../dispatch/store.ts';
import type { Tx } from '../kernel/transact.ts';

interface Told {
  readonly incident: IncidentView;
  readonly assignment: AssignmentView;
  readonly team: TeamView;
}

/** What the room of dispatch does for steps beside its own; given by app.ts. */
export interface FieldTasks {
  /** Asks the nearest team that may do a task of this kind; null when nobody can be asked. */
  offerBeside(tx: Tx, incidentId: number, kind: TaskKind): Promise<number | null>;
  /** The own team's task of this kind is done. */
  finishBeside(tx: Tx, incidentId: number, kind: TaskKind, result: string): Promise<Told | null>;
  takeRework(tx: Tx, incidentId: number): Promise<AssignmentRow>;
  leaveAll(tx: Tx, incidentId: number, reason: string): Promise<Told | undefined>;
  tell(tx: Tx, row: AssignmentRow): Promise<Told>;
}
