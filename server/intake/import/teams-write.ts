import { insertLicences, insertPeople, insertSkills, personIds } from '../../auth/store-write.ts';
import { licenceNumbers } from '../../auth/store-import.ts';
import { teamViews } from '../../teams/store.ts';
import { insertDuties, insertKit, insertTeams, teamIds } from '../../teams/store-write.ts';
import { editionAt, findTown } from '../../zones/store.ts';
import { zoneNumbers } from '../../zones/store-import.ts';
import { insertEditionTeams } from '../../zones/store-write.ts';
import { outsideTown } from '../../../shared/rules/datum.ts';
import { lngLat } from '../../../shared/contract/geo.ts';
import type { Job, Outcome } from './job.ts';
import { checkWhere, inWgs84 } from './place.ts';
import type { ListedMember, ListedTeam } from './teams.ts';

const day = 86_400_000;

/** Writes teams that are not there yet, with their people, licences, skills, kit, zones and roster. */
export async function importTeams(job: Job, listed: readonly ListedTeam[]): Promise<Outcome> {
  const { tx, request, findings } = job;
  const town = await findTown(tx.db);
  if (!town) findings.add(null, 'town_missing', 'file', 'the database is empty');
  const edition = await editionAt(tx.db, tx.at);
  if (!edition) findings.add(null, 'edition_missing', 'zones', 'no zones are in force');
  findings.stopOnErrors();
  const known = await teamIds(tx.db);
  const points = await inWgs84(
    tx.db,
    request.crs,
    listed
      .filter(({ code }) => !known.has(code))
      .map((team) => ({
        ...team,
        row: team.line,
        geometry: { type: 'Point' as const, coordinates: [team.lng, team.lat] },
      })),
    findings,
  );
  checkWhere(points, town!.bbox, findings);
  const teams = points.map((team) => ({
    ...team,
    home: { lng: team.geometry.coordinates[0]!, lat: team.geometry.coordinates[1]! },
  }));
  for (const { line, home } of teams)
    if (outsideTown(lngLat(home.lng, home.lat), town!.bbox, 0))
      findings.add(line, 'home_outside', 'homeLng', `${home.lng}, ${home.lat}`);
  const zones = await zoneNumbers(tx.db);
  await checkAgainstStored(job, teams, zones);
  findings.stopOnErrors();

  const ids = teams.length === 0 ? new Map<string, number>() : await insertTeams(tx.db, teams, tx.at);
  const idOf = (team: ListedTeam) => ids.get(team.code)!;
  const members = teams.flatMap((team) => team.members.map((member) => ({ team, member })));
  const people = await writePeople(
    job,
    members.map(({ member }) => member),
  );
  const kit = teams.flatMap((team) => team.kit.map((kit) => ({ teamId: idOf(team), kit })));
  if (kit.length > 0) await insertKit(tx.db, kit);
  await insertEditionTeams(
    tx.db,
    edition!.id,
    teams.flatMap((team) =>
      team.zones.map((number, i) => ({ zoneId: zones.get(number)!, teamId: idOf(team), rank: i + 1 })),
    ),
  );
  await insertDuties(
    tx.db,
    members.map(({ team, member }) => {
      const startsAt = member.startsAt ?? tx.at;
      const endsAt = member.endsAt ?? startsAt + request.rosterDays * day;
      return {
        teamId: idOf(team),
        personId: people.get(member.name)!,
        post: member.post,
        startsAt,
        endsAt,
        covers: [],
      };
    }),
  );
  for (const view of await teamViews(tx.db, tx.at, [...ids.values()]))
    tx.announce('team.changed', `team/${view.id}`, { team: view, text: `import: ${request.source}` });
  const left = listed.length - teams.length;
  return {
    counts: { new: teams.length, people: members.length, known: left },
    changed: teams.length > 0,
    notes: [
      ...(left > 0 ? [`${left} teams exist already and were left as they are`] : []),
      ...(members.length > 0 ? ['nobody has a password yet: an administrator sets it or sends a link'] : []),
      ...(members.some(({ member }) => member.endsAt === null)
        ? [
            `without shift times a person stands on the roster for ${request.rosterDays} days from now (--roster-days)`,
          ]
        : []),
    ],
  };
}

async function checkAgainstStored(
  { tx, findings }: Job,
  teams: readonly ListedTeam[],
  zones: ReadonlyMap<number, number>,
): Promise<void> {
  const people = await personIds(tx.db);
  const licences = await licenceNumbers(tx.db);
  for (const team of teams) {
    for (const number of team.zones)
      if (!zones.has(number)) findings.add(team.line, 'zone_unknown', 'zones', `zone ${number}`);
    for (const { line, name, licence } of team.members) {
      if (people.has(name)) findings.add(line, 'person_repeated', 'person', `"${name}" exists already`);
      if (licence && licences.has(licence.number))
        findings.add(line, 'licence_repeated', 'licence', `"${licence.number}" belongs to somebody already`);
      if (licence && licence.to <= tx.at)
        findings.add(line, 'licence_missing', 'licenceTo', `"${licence.number}" has run out`);
    }
  }
}

/** People with their licences and skills, without passwords; answers name -> id. */
async function writePeople({ tx }: Job, members: readonly ListedMember[]): Promise<Map<string, number>> {
  if (members.length === 0) return new Map();
  const people = await insertPeople(
    tx.db,
    members.map(({ name, displayName, kind }) => ({ name, displayName, role: kind })),
    tx.at,
  );
  const licences = members.flatMap(({ name, licence }) =>
    licence
      ? [
          {
            personId: people.get(name)!,
            number: licence.number,
            fields: licence.fields,
            validFrom: licence.from,
            validTo: licence.to,
          },
        ]
      : [],
  );
  if (licences.length > 0) await insertLicences(tx.db, licences);
  const skills = members.flatMap(({ name, skills }) =>
    skills.map((skill) => ({ personId: people.get(name)!, skill })),
  );
  if (skills.length > 0) await insertSkills(tx.db, skills);
  for (const { name, kind } of members)
    tx.announce('person.created', `person/${people.get(name)!}`, {
      personId: people.get(name)! as never,
      name,
      role: kind,
    });
  return people;
}
