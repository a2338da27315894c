import { demoPassword } from './demo.ts';
import { hashPassword } from './auth/login.ts';
import * as people from './auth/store-write.ts';
import type { Tx } from './kernel/transact.ts';
import type { Ground } from './seed.ts';
import * as teams from './teams/store-write.ts';
import { rosterOf } from './town/roster.ts';
import { staffOf } from './town/staff.ts';
import type { Town } from './town/town.ts';
import { insertEditionTeams } from './zones/store-write.ts';

const day = 86_400_000;

/** People with licences and skills, teams with their kit and zones, and the roster of the coming weeks. */
export async function seedPeople(tx: Tx, town: Town, ground: Ground): Promise<void> {
  const { db, at } = tx;
  const staff = staffOf(town, at);
  const ids = await people.insertPeople(db, staff.people, at);
  const hashes = new Map<string, string>();
  for (const { role } of staff.people) {
    const password = demoPassword(role);
    if (!hashes.has(password)) hashes.set(password, await hashPassword(password));
  }
  await people.insertPasswords(
    db,
    staff.people.map(({ name, role }) => ({
      personId: ids.get(name)!,
      hash: hashes.get(demoPassword(role))!,
    })),
    at,
  );
  await people.insertLicences(
    db,
    staff.licences.map(({ person, ...licence }) => ({ personId: ids.get(person)!, ...licence })),
  );
  await people.insertSkills(
    db,
    staff.people.flatMap(({ name, skills }) => skills.map((skill) => ({ personId: ids.get(name)!, skill }))),
  );
  const teamIds = await teams.insertTeams(
    db,
    staff.teams.map(({ code, zones }) => ({
      code,
      name: `${Number(code.slice(1))}队`,
      home: homeOf(town, zones),
      capacity: 1,
    })),
    at,
  );
  // the crews of a team hand its kit over at the change of shift
  await teams.insertKit(
    db,
    staff.devices.flatMap(({ holder, nameZh }) => {
      const teamId = teamIds.get(holder.slice(0, 3).toUpperCase());
      return teamId === undefined ? [] : [{ teamId, kit: nameZh }];
    }),
  );
  await insertEditionTeams(
    db,
    ground.editionId,
    staff.teams.flatMap(({ code, zones }) =>
      zones.map((number) => ({ zoneId: ground.zoneIds.get(number)!, teamId: teamIds.get(code)!, rank: 1 })),
    ),
  );
  await writeRoster(tx, town, ground.zoneIds, at - day, at + 30 * day);
}

/** Writes the team shifts that begin within a span. */
export async function writeRoster(
  tx: Tx,
  town: Town,
  zoneIds: ReadonlyMap<number, number>,
  from: number,
  to: number,
): Promise<void> {
  const ids = await people.personIds(tx.db);
  const teamIds = await teams.teamIds(tx.db);
  const rows = rosterOf(staffOf(town, tx.at)).rows(from, to);
  await teams.insertDuties(
    tx.db,
    rows.flatMap((row) =>
      row.team === null
        ? []
        : [
            {
              teamId: teamIds.get(row.team)!,
              personId: ids.get(row.person)!,
              post: row.post as 'leader' | 'member' | 'driver',
              startsAt: row.startsAt,
              endsAt: row.endsAt,
              covers: row.zones.map((number) => zoneIds.get(number)!),
            },
          ],
    ),
  );
}

/** Middle of a team's zones: the mean of their rings' corners. */
function homeOf(town: Town, zones: readonly number[]): { lng: number; lat: number } {
  const corners = town.zones.features
    .filter((zone) => zones.includes(zone.properties.number))
    .flatMap((zone) => zone.geometry.coordinates[0]!);
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length;
  return { lng: mean(0), lat: mean(1) };
}
