import type { Snapshot } from '../../../shared/contract/api.ts';
import { encodeFrame, unitStatusOf, type FrameRow } from '../../../shared/contract/frame.ts';
import type { IncidentState, IncidentView } from '../../../shared/contract/incidents.ts';
import type { TeamStatus, TeamView } from '../../../shared/contract/teams.ts';
import { seeded } from './random.ts';

/** Matters of the page, by family. */
export const matters = [
  ['FD-01', '占用、堵塞、封闭消防车通道（停放机动车）', 'Vehicle blocking a fire lane', 1],
  ['CY-02', '超出门窗外墙经营', 'Trading outside the shop front', 3],
  ['CY-19', '沿途泄漏、遗撒建筑垃圾', 'Spilling or fly-tipping construction waste', 2],
  ['EN-01', '餐饮油烟', 'Restaurant fumes', 3],
  ['PL-01', '正在建设的农村违法建筑', 'Illegal rural building in progress', 2],
  ['CY-15', '共享单车秩序', 'Shared-bike operator disorder', 4],
] as const;

const states: IncidentState[] = [
  'filed',
  'filed',
  'offered',
  'en_route',
  'on_scene',
  'accepted',
  'handled',
  'reported',
];
const statuses: TeamStatus[] = [
  'available',
  'en_route',
  'on_scene',
  'offered',
  'available',
  'returning',
  'unavailable',
  'available',
  'en_route',
  'off_duty',
];

/** A busy hour of a made-up room at `nowMs`: 40 incidents, 12 teams. The same seed gives the same hour. */
export function makeShift(nowMs: number, incidentCount = 40): { snapshot: Snapshot; frames: ArrayBuffer[] } {
  const random = seeded(11);
  const at = (agoSeconds: number) => new Date(nowMs - agoSeconds * 1000).toISOString();
  const place = () => ({ lng: 121.41 + random() * 0.08, lat: 29.95 + random() * 0.07 });
  const teams = Array.from({ length: 12 }, (_, i): TeamView => {
    const status = statuses[i % statuses.length]!;
    return {
      id: i + 1,
      code: `${i + 1}队`,
      name: `第 ${i + 1} 编组`,
      zoneIds: [i + 1],
      members: [true, true, false].map((licensed, n) => ({
        personId: i * 3 + n + 1,
        displayName: `队员 ${i * 3 + n + 1}`,
        kind: licensed ? 'officer' : 'auxiliary',
        licensed,
        leader: n === 0,
        skills: [],
      })),
      kit: [],
      status,
      statusSince: at(random() * 4000),
      unavailableReason: null,
      unavailableUntil: null,
      shiftEndsAt: at(-14_400),
      capacity: 2,
      freeSlots: ['offered', 'en_route', 'on_scene'].includes(status) ? 1 : 2,
      assignmentIds: [],
      expiredOffers: 0,
      version: 1,
    } as unknown as TeamView;
  });
  const incidents = Array.from({ length: incidentCount }, (_, i): IncidentView => {
    const [matterCode, , , priority] = matters[i % matters.length]!;
    const state = states[Math.floor(random() * states.length)]!;
    const ageSeconds = Math.floor(random() * 7000);
    const limitSeconds = [7200, 5400, 9000][i % 3]!;
    return {
      id: 1001 + i,
      state,
      priority,
      matterCode,
      text: '车辆停在消防通道，楼道出口受阻。',
      address: `中街 ${i + 1} 号`,
      point: place(),
      cellId: i + 1,
      cellCode: `330205102${String(i + 1).padStart(6, '0')}`,
      zoneId: 1,
      zoneNumber: 1,
      editionId: 1,
      overlays: [],
      doubts: [],
      source: 'hotline_12345',
      reportedAt: at(ageSeconds),
      filedAt: at(ageSeconds - 60),
      clock: 'urgent_hour',
      deadlineStartAt: at(ageSeconds),
      deadlineAt: i % 7 === 5 ? null : at(ageSeconds - limitSeconds),
      handledAt: null,
      closedAt: null,
      holdUntil: null,
      liability: null,
      mergedInto: null,
      acknowledgedAt: i % 5 === 0 ? null : at(ageSeconds - 30),
      acknowledgedBy: null,
      assignmentId: null,
      teamId: state === 'filed' || state === 'reported' ? null : (i % 9) + 1,
      handledBy: null,
      reports: 1,
      version: 1,
    } as unknown as IncidentView;
  });
  const origin = { lng: 121.45, lat: 29.985 };
  const starts = teams.map(() => place());
  const rows = (step: number): FrameRow[] =>
    teams.flatMap((team, i) => {
      const driving = team.status === 'en_route';
      const point = { lng: starts[i]!.lng + (driving ? step * 0.0005 : 0), lat: starts[i]!.lat };
      const unit = (id: number, kind: 'team' | 'officer', offset: number): FrameRow => ({
        id,
        kind,
        place: { lng: point.lng + offset, lat: point.lat + offset },
        status: i === 11 ? 'emergency' : unitStatusOf[team.status],
        ageSeconds: [3, 5, 45, 200, 8, 640][i % 6]!,
        backlog: i === 8,
        doubt: i === 9 ? 'mock' : null,
        headingDegrees: driving ? 90 : null,
      });
      return [
        unit(team.id, 'team', 0),
        unit(team.id * 10, 'officer', 0.0015),
        unit(team.id * 10 + 1, 'officer', -0.0015),
      ];
    });
  const frames = [0, 1].map((step) =>
    encodeFrame({ serverAtMs: nowMs - 1000 + step * 1000, origin, rows: rows(step) }),
  );
  const snapshot = {
    seq: 100,
    at: at(0),
    incidents,
    assignments: [],
    teams,
    positions: teams.map((team, i) => ({
      teamId: team.id,
      personId: i * 3 + 1,
      point: starts[i]!,
      fixAt: at(5),
      accuracyMetres: 8,
      speedMetresPerSecond: 0,
      headingDegrees: null,
      battery: 0.3 + 0.05 * i,
      source: 'traccar',
      catchingUp: false,
      doubt: null,
    })),
    alarms: [],
    proposals: [],
    dispatchMode: 'assist',
  } as unknown as Snapshot;
  return { snapshot, frames };
}
