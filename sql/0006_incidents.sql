create table incident (
  id bigint generated always as identity (start with 1001) primary key,
  state text not null,
  priority smallint not null check (priority between 1 and 4),
  matter_version_id int references matter_version,
  text text not null default '',
  address text not null default '',
  point geometry(Point, 4326) not null,
  point_metric geometry(Point) not null,
  raw_lng double precision not null,
  raw_lat double precision not null,
  raw_crs text not null,
  cell_id int references cell,
  zone_id int references zone,
  edition_id int references edition,
  overlays text[] not null default '{}',
  doubts text[] not null default '{}',
  source text not null,
  reported_at timestamptz not null,
  reported_by int references person,
  filed_at timestamptz,
  clock text,
  deadline_start_at timestamptz,
  deadline_at timestamptz,
  deadline_provisional boolean not null default false, -- 暂估: a year on the way is not published
  escalated_share real not null default 0,  -- of the deadline's own time, told already
  clock_run jsonb,          -- spans and budget of the deadline's own time (rules/deadlines)
  handled_at timestamptz,
  handled_by int references person,
  checked_at timestamptz,
  check_failed boolean not null default false, -- the last check on the spot found it not done
  closed_at timestamptz,
  hold_until timestamptz,
  held_at timestamptz,
  holds smallint not null default 0,
  extensions smallint not null default 0,
  liability text,
  merged_into bigint references incident,
  acknowledged_at timestamptz,
  acknowledged_by int references person,
  rounds smallint not null default 0,       -- offer rounds used up
  cycle smallint not null default 1,        -- grows by one each time the incident is reopened
  needs jsonb,                              -- teams that the room asks for, line by line; null: one, as the matter says
  version int not null default 1,
  check (merged_into is null or merged_into <> id),
  check (state <> 'merged' or merged_into is not null)
);
create index incident_open on incident (state) where state not in ('closed','rejected','merged','transferred');
create index incident_metric on incident using gist (point_metric);
create index incident_reported on incident (reported_at);

-- One person's message; several may become one incident, and every reporter is kept.
create table report (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  source text not null,
  reporter_name text,
  reporter_phone text,
  text text not null default '',
  external_id text,
  received_at timestamptz not null
);
create index report_incident on report (incident_id);
create unique index report_external on report (source, external_id) where external_id is not null;

-- The state machine, as pairs; rules/lifecycle.ts holds who and why.
create table incident_step (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into incident_step values
  ('reported','verifying'), ('verifying','reported'), ('reported','rejected'), ('filed','rejected'),
  ('returned','rejected'), ('reported','merged'), ('filed','merged'), ('returned','merged'),
  ('reported','filed'), ('reported','closed'), ('filed','offered'), ('offered','accepted'),
  ('offered','filed'), ('accepted','filed'), ('en_route','filed'), ('accepted','en_route'),
  ('en_route','on_scene'), ('on_scene','correction_pending'), ('correction_pending','handled'),
  ('correction_pending','on_scene'), ('on_scene','handled'), ('accepted','returned'),
  ('en_route','returned'), ('on_scene','returned'), ('returned','filed'), ('rework','filed'),
  ('handled','checking'), ('checking','closed'), ('checking','rework'), ('rework','accepted'),
  ('reported','transferred'), ('verifying','transferred'), ('filed','transferred'),
  ('offered','transferred'), ('accepted','transferred'), ('en_route','transferred'),
  ('on_scene','transferred'), ('correction_pending','transferred'), ('handled','transferred'),
  ('checking','transferred'), ('rework','transferred'), ('returned','transferred'), ('closed','filed');

create function incident_step_legal() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not exists
    (select 1 from incident_step where from_state = old.state and to_state = new.state) then
    raise exception 'incident % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger incident_step before update of state on incident for each row execute function incident_step_legal();
