import type { Shortfall } from '../../shared/contract/dispatch.ts';
import type { DecisionKind, OverrideReason, TaskKind } from '../../shared/contract/dispatch-codes.ts';
import type { AssignmentId, TeamId } from '../../shared/contract/ids.ts';
import type {
  OfferEffect,
  OfferEvent,
  OfferLoop,
  OfferStep,
} from '../../shared/rules/dispatch/offer-loop.ts';
import {
  combineTeams,
  fillLines,
  type Combination,
  type LineFill,
} from '../../shared/rules/dispatch/lines.ts';
import { step } from '../../shared/rules/dispatch/offers.ts';
import type { DecisionHead } from '../../shared/rules/dispatch/record.ts';
import { Refused } from '../kernel/refused.ts';
import { systemActor, type Tx } from '../kernel/transact.ts';
import { plan } from '../kernel/due.ts';
import { lockIncident, type IncidentRow } from '../incidents/store.ts';
import { lockTeams } from '../teams/store.ts';
import { alert } from './alerts.ts';
import { claimTeam, type View } from './claim.ts';
import { proposeCombined, proposeReserved } from './propose.ts';
import { dueKinds, planMatch } from './due.ts';
import { goesOn } from './loops.ts';
import type { Moment } from './moment.ts';
import { saveLoop, type LoopRow } from './store-loops.ts';
import { policyAt, type PolicyInForce } from './policies.ts';
import { vacate, type Vacated } from './preempt.ts';
import { endAssignment, moveTask, subject, tell } from './steps.ts';
import { assignmentsOf, lockAssignment, type AssignmentRow } from './store.ts';
import { keepShortfall, type Kept } from './shortfall.ts';
import { fillSupport, linesOf, needsSeveral, shortfallOfLines } from './support.ts';
import { rankingOf, shortfallOf, townWide, viewOf } from './views.ts';

/** A claim that somebody asked for by name: a dispatcher, a matching, a proposal. */
export interface Given {
  readonly view: View;
  readonly decision: DecisionKind;
  readonly kind?: TaskKind;
  readonly supervisorId?: number | null;
  readonly override: { readonly reason: OverrideReason; readonly text: string } | null;
  readonly change: DecisionHead['change'];
  /** Set for a person's act: a lost claim is told to that person instead of asking the next team. */
  readonly key: string | null;
  readonly switched: boolean;
  /** Who goes beside it is decided elsewhere, in the same look. */
  readonly alone?: boolean;
}

/** What a drive came to. */
export interface Driven {
  readonly loop: OfferLoop;
  /** The offer that was made on the way, if one stands now. */
  readonly offered: AssignmentRow | null;
  readonly shortfall: readonly Shortfall[];
}

/** Gives one event to the search of a held incident and does everything that follows from it. */
export async function tellLoop(
  tx: Tx,
  incident: IncidentRow,
  row: LoopRow,
  event: OfferEvent,
  given?: Given,
): Promise<Driven> {
  const { policy } = await policyAt(tx.db, tx.at);
  return drive(tx, incident, row, step(row.loop, event, policy, tx.at), given);
}

/**
 * Does what a step of the core asks for, and feeds the answers back until nothing is left to do. Ends and manual
 * claims are acts of whoever called; what the engine does by itself is the system's. `moment` serves the first look.
 */
export async function drive(
  tx: Tx,
  incident: IncidentRow,
  row: LoopRow,
  first: OfferStep,
  given?: Given,
  moment?: Moment,
): Promise<Driven> {
  const inForce = await policyAt(tx.db, tx.at);
  const run = new Run(tx, incident, row, inForce, given, moment);
  await run.all(first);
  return run.result();
}

class Run {
  private readonly tx: Tx;
  private readonly auto: Tx;
  private readonly row: LoopRow;
  private readonly inForce: PolicyInForce;
  private readonly given: Given | undefined;
  private incident: IncidentRow;
  private loop: OfferLoop;
  private view: View | undefined;
  private claimsLost: TeamId[] = [];
  private offered: AssignmentRow | null = null;
  private decisionHash: string | null = null;
  private shortfall: readonly Shortfall[] = [];
  private combination: Combination | null = null;
  /** Who goes beside the lead, where all go or nobody. */
  private whole: readonly LineFill[] | undefined;
  /** Incidents whose team was taken for this one: they are decided again right after. */
  private readonly left: Vacated[] = [];

  private moment: Moment | undefined;

  constructor(
    tx: Tx,
    incident: IncidentRow,
    row: LoopRow,
    inForce: PolicyInForce,
    given?: Given,
    moment?: Moment,
  ) {
    this.tx = tx;
    this.auto = tx.as(systemActor);
    this.incident = incident;
    this.row = row;
    this.loop = row.loop;
    this.inForce = inForce;
    this.given = given;
    this.moment = moment;
  }

  result(): Driven {
    return { loop: this.loop, offered: this.offered, shortfall: this.shortfall };
  }

  async all(first: OfferStep): Promise<void> {
    this.loop = first.loop;
    const effects: OfferEffect[] = [...first.effects];
    for (let effect = effects.shift(); effect; effect = effects.shift()) {
      const answer = await this.perform(effect);
      if (!answer) continue;
      const next = step(this.loop, answer, this.inForce.policy, this.tx.at);
      this.loop = next.loop;
      effects.push(...next.effects);
    }
    await saveLoop(this.tx.db, { ...this.row, loop: this.loop });
    if (this.goes() && !this.given?.alone)
      await fillSupport(this.tx, this.incident, this.offered ? this.whole : undefined);
    for (const { incident, row, rest } of this.left) {
      await drive(this.auto, (await lockIncident(this.tx.db, incident.id))!, row, rest);
    }
  }

  private async perform(effect: OfferEffect): Promise<OfferEvent | undefined> {
    switch (effect.type) {
      case 'rank':
        return this.rank(effect.request, effect.radiusMetres);
      case 'claim':
        return this.claim(effect.claim);
      case 'end':
        return this.end(effect);
      case 'offer':
        await this.tellOffer();
        return undefined;
      case 'set_timer':
        await plan(this.tx.db, dueKinds.offer, `assignment/${effect.assignmentId}`, effect.dueAt);
        return undefined;
      case 'note':
        if (!this.inForce.policy.offers.enabled && effect.what === 'accepted') await this.acceptAtOnce();
        return undefined;
      default:
        await alert(this.auto, this.incident, effect, {
          by: this.tx.actor,
          shortfall: this.shortfall,
          round: this.loop.round,
          asked: this.goes(),
          keep: () => this.keep(),
        });
        if (this.combination) await proposeCombined(this.auto, this.incident.id, this.combination);
        if (effect.type === 'alert' && this.view && rankingOf(this.view).length === 0)
          await proposeReserved(this.auto, this.view);
        return undefined;
    }
  }

  private goes(): boolean {
    return goesOn(this.row, this.inForce);
  }

  private async rank(request: number, radiusMetres: number | null): Promise<OfferEvent> {
    // a person's choice came to nothing: a person chooses again
    if (!this.goes() || this.incident.hold_until !== null) return { type: 'ranked', request, teamIds: [] };
    const { kind } = this.given ?? {};
    const reach = { ...townWide(kind ?? null, this.loop.exclusions, this.loop.round), radiusMetres };
    this.view = await viewOf(this.tx, this.incident, reach, [], this.moment);
    this.moment = undefined;
    this.claimsLost = [];
    this.shortfall = shortfallOf(this.view);
    this.combination = combineTeams(this.view.situation, this.inForce.policy, this.tx.at);
    const ranking = rankingOf(this.view);
    const several = ranking.length > 0 && needsSeveral(this.incident);
    return { type: 'ranked', request, teamIds: several ? await this.together(this.view, ranking) : ranking };
  }

  /**
   * Of several lines the lead's gets the team that leaves the others theirs. Where all go or nobody does, nobody is asked
   * until every line has its teams, whose rows are held then in the order of their numbers.
   */
  private async together(view: View, ranking: readonly TeamId[]): Promise<readonly TeamId[]> {
    const { policy } = this.inForce;
    const lines = linesOf(view, await assignmentsOf(this.tx.db, this.incident.id));
    const { fills, claims } = fillLines(lines, policy, this.tx.at);
    const lead = fills.find(({ isLead }) => isLead)?.teamIds[0];
    const led = lead === undefined ? ranking : [lead, ...ranking.filter((teamId) => teamId !== lead)];
    if (policy.matching.fill === 'partial') return led;
    this.shortfall = shortfallOfLines(fills);
    if (this.shortfall.length > 0) return [];
    const teams = await lockTeams(this.tx.db, claims);
    if (teams.some((team) => !team.on_duty || team.free_slots.length === 0)) {
      await planMatch(this.tx, this.tx.at + 1000);
      return [];
    }
    this.whole = fills.filter(({ isLead }) => !isLead);
    return led.slice(0, 1);
  }

  /** That the search found nobody, as it last looked. */
  private async keep(): Promise<Kept | null> {
    if (!this.view) return null;
    const kind = this.loop.tried.length > 0 ? 'next' : 'first';
    return keepShortfall(this.auto, this.view, {
      kind,
      shortfall: this.shortfall,
      claimsLost: this.claimsLost,
    });
  }

  private async claim({ attempt, teamId, replaces }: NonNullable<OfferLoop['claim']>): Promise<OfferEvent> {
    const given = this.view ? undefined : this.given;
    const view = this.view ?? this.given?.view;
    if (!view) throw new Error('a claim needs a look at the town first');
    const actor = given?.key ? this.tx : this.auto;
    const candidate = view.candidates.find((one) => one.teamId === teamId);
    const vacated = candidate?.preempts
      ? await vacate(this.auto, candidate.preempts, teamId, this.inForce)
      : undefined;
    const taken = candidate?.preempts != null && !vacated;
    if (replaces !== null && !taken)
      await this.endOf(replaces, 'assignment.withdrawn', 'reassigned', this.tx);
    const claimed = taken
      ? undefined
      : await claimTeam(actor, this.incident, {
          view,
          teamId,
          kind: given?.kind ?? view.situation.line.taskKind,
          supervisorId: given?.supervisorId ?? null,
          line: 0,
          manual: this.loop.claim?.manual ?? false,
          decision:
            given?.decision ?? (vacated ? 'preemption' : this.loop.tried.length > 0 ? 'next' : 'first'),
          claimsLost: this.claimsLost,
          override: given?.override ?? null,
          change: given?.change ?? null,
          key: given?.key ?? this.tx.deps.newId(),
          waiting: given !== undefined,
          switched: given?.switched ?? vacated !== undefined,
        });
    if (vacated) {
      // the slot was freed on the locked row, so the claim cannot have lost
      if (!claimed) throw new Error(`team ${teamId} was freed and could not be claimed`);
      this.left.push(vacated);
    }
    if (!claimed) {
      if (given) throw new Refused('team_taken', { teamId });
      this.claimsLost.push(teamId);
      return { type: 'claim_lost', attempt };
    }
    this.offered = claimed.assignment;
    this.decisionHash = claimed.decisionHash;
    this.incident = claimed.incident;
    return { type: 'claimed', attempt, assignmentId: claimed.assignment.id as AssignmentId };
  }

  private async tellOffer(): Promise<void> {
    const told = await tell(this.tx, this.offered!, this.incident);
    const actor = this.given?.key ? this.tx : this.auto;
    actor.announce('assignment.offered', subject(this.incident.id), {
      ...told,
      decisionHash: this.decisionHash,
    });
    this.tx.deps.metrics.offers.inc({ result: 'offered' });
    this.tx.deps.fault('announced');
  }

  /** Without offers a sent team counts as having accepted. */
  private async acceptAtOnce(): Promise<void> {
    await this.tellOffer();
    const actor = this.tx.as({ ...systemActor, role: 'dispatcher' });
    const told = await moveTask(
      actor,
      { incident: this.incident, assignment: (await lockAssignment(this.tx.db, this.offered!.id))! },
      'assignment.accepted',
      { teamReported: true, teamEligible: true },
    );
    actor.announce('assignment.accepted', subject(this.incident.id), told);
    await this.refresh();
  }

  private async end({ assignmentId, outcome, reason }: Extract<OfferEffect, { type: 'end' }>) {
    if (outcome === 'finished' || outcome === 'claim_lost') return undefined;
    const actor = outcome === 'expired' ? this.auto : this.tx;
    await this.endOf(assignmentId, `assignment.${outcome}`, reason ?? outcome, actor);
    return undefined;
  }

  private async endOf(
    assignmentId: number,
    event: 'assignment.declined' | 'assignment.expired' | 'assignment.withdrawn',
    reason: string,
    tx: Tx,
  ): Promise<void> {
    await endAssignment(tx, this.incident, assignmentId, event, reason);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.incident = (await lockIncident(this.tx.db, this.incident.id))!;
  }
}
