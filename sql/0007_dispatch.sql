-- Every decision with its reasons, as the exact text that was shown.
create table decision (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  kind text not null,
  at timestamptz not null,
  actor_id int references person,
  policy_hash text not null,
  body text not null,
  situation text not null     -- what the core was given: running it again gives the same body
);
create index decision_incident on decision (incident_id, id);
create trigger decision_append_only before update or delete on decision for each row execute function refuse_change();

create table assignment (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  team_id int not null references team,
  kind text not null,
  slot smallint not null check (slot between 1 and 2),
  is_lead boolean not null,
  line smallint,            -- of the incident's needs, 0 the lead's; null: somebody goes and looks
  manual boolean not null default false,
  state text not null check (state in ('offered','accepted','en_route','on_scene','completed','declined','expired','withdrawn','returned')),
  offered_at timestamptz not null,
  offered_by int references person,
  answer_by timestamptz,
  seen_at timestamptz,
  moving_at timestamptz,       -- seen to drive to the scene before it answered
  accepted_at timestamptz,
  departed_at timestamptz,
  arrived_at timestamptz,
  ended_at timestamptz,
  reason text,
  eta_seconds double precision,
  switched_at timestamptz,
  decision_id bigint references decision,
  supervisor_id int references person,       -- answers for auxiliaries; the name as it was then
  supervisor_name text,
  idem_key uuid not null unique,
  version int not null default 1,
  check (is_lead = (line is not distinct from 0)),
  check ((supervisor_id is null) = (supervisor_name is null)),
  check ((ended_at is not null) = (state in ('completed','declined','expired','withdrawn','returned')))
);
-- The last word on double booking; it holds even if the code is wrong.
create unique index assignment_team_slot on assignment (team_id, slot) where ended_at is null;
create unique index assignment_one_lead on assignment (incident_id) where ended_at is null and is_lead;
create unique index assignment_team_once on assignment (incident_id, team_id) where ended_at is null;
create index assignment_incident on assignment (incident_id, id);
create index assignment_team on assignment (team_id, id);
create index assignment_team_accepted on assignment (team_id, accepted_at) where accepted_at is not null;
create index assignment_expired on assignment (ended_at) where state = 'expired';

-- Where an incident's search for a team stands (rules/dispatch/offer-loop.ts), as the core's own words. A row lives
-- as long as the incident needs a team; it changes under the lock of the incident.
create table offer_loop (
  incident_id bigint primary key references incident,
  -- auto: goes on by itself; person: a person chooses unless the policy's mode is auto; stopped: a person recalled it
  going text not null check (going in ('auto','person','stopped')),
  phase text not null,
  state text not null,
  started_by int references person           -- null: the engine by itself
);

create table proposal (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('swap','preempt','give','combine')),
  incident_id bigint not null references incident,
  assignment_id bigint references assignment,
  from_team_id int references team,
  to_team_id int not null references team,
  gain_seconds double precision,             -- null: nobody is on the way yet
  eta_seconds double precision,
  other_incident_id bigint references incident,
  other_eta_seconds double precision,
  changes jsonb not null default '[]',       -- what is done as one whole when it is accepted
  made_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('accepted','kept','lapsed')),
  ended_by int references person,
  check ((ended_at is null) = (outcome is null))
);
create unique index proposal_open on proposal (incident_id, to_team_id) where ended_at is null;
create index proposal_assignment on proposal (assignment_id);

-- Policy is data: versioned, hashed, with an effective time. Proposed by one person and approved by another; until it is
-- effective the version before rules. The text is never rewritten.
create table policy (
  version int generated always as identity primary key,
  body text not null,
  hash text not null,
  effective_at timestamptz not null,
  reason text not null,
  proposed_by int not null references person,
  proposed_at timestamptz not null,
  approved_by int references person,
  approved_at timestamptz,
  withdrawn_by int references person,
  withdrawn_at timestamptz,
  check ((approved_by is null) = (approved_at is null)),
  check ((withdrawn_by is null) = (withdrawn_at is null)),
  check (approved_by <> proposed_by)
);
create index policy_effective on policy (effective_at) where approved_at is not null and withdrawn_at is null;

create table watch (
  assignment_id bigint primary key references assignment,
  state jsonb not null,
  asked_at timestamptz,               -- a question on the phone that nobody has answered
  answer jsonb,                       -- the last word of the team: {word, text, at}
  answers smallint not null default 0 -- how often it was answered since the team last came nearer
);

create table alarm (
  id bigint generated always as identity primary key,
  kind text not null,
  incident_id bigint references incident,
  team_id int references team,
  person_id int references person,
  detail jsonb not null default '{}',
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by int references person,
  shelved_until timestamptz,
  cleared_at timestamptz
);
create unique index alarm_standing on alarm (kind, coalesce(incident_id, 0), coalesce(team_id, 0), coalesce(person_id, 0)) where cleared_at is null;
