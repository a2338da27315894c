create table team (
  id int generated always as identity primary key,
  code text not null unique,
  name text not null,
  home geometry(Point, 4326),
  capacity smallint not null default 1 check (capacity between 1 and 2),
  -- Slots are on the locked row: read from another table they are stale after the lock.
  free_slots smallint[] not null default '{1}',
  on_duty boolean not null default false,
  unavailable_reason text,
  unavailable_until timestamptz,
  status_since timestamptz not null,
  switched_at timestamptz,     -- last moved from one incident to another by the engine
  version int not null default 1,
  check (cardinality(free_slots) <= capacity)
);
alter table edition_team add foreign key (team_id) references team;

create table team_kit (
  team_id int not null references team,
  kit text not null,
  serviceable boolean not null default true,
  primary key (team_id, kit)
);

-- The roster: who belongs to which team when. Signing on and off is what makes duty real.
create table duty (
  id int generated always as identity primary key,
  team_id int not null references team,
  person_id int not null references person,
  post text not null default 'member' check (post in ('leader','member','driver')),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  covers int[] not null default '{}',   -- zones for this shift; empty: those of the edition
  signed_on_at timestamptz,
  signed_off_at timestamptz
);
create index duty_team on duty (team_id, starts_at);
create index duty_person on duty (person_id, starts_at);
create index duty_team_on on duty (team_id) where signed_on_at is not null and signed_off_at is null;
create unique index duty_person_on on duty (person_id) where signed_on_at is not null and signed_off_at is null;

-- One row per officer and one per team: never look for "the latest" in the history.
create table officer_latest (
  person_id int primary key references person,
  team_id int references team,
  point geometry(Point, 4326) not null,
  fix_at timestamptz not null,
  received_at timestamptz not null,
  accuracy_metres real,
  speed_metres_per_second real,
  heading_degrees real,
  battery real,
  source text not null,
  raw_lng double precision,
  raw_lat double precision,
  raw_crs text
);
create index officer_latest_team on officer_latest (team_id);

create table team_latest (
  team_id int primary key references team,
  person_id int not null references person,
  point geometry(Point, 4326) not null,
  point_metric geometry(Point) not null,   -- town.metric_srid: degrees rank wrongly
  fix_at timestamptz not null,
  received_at timestamptz not null,
  accuracy_metres real,
  speed_metres_per_second real,
  heading_degrees real,
  battery real,
  source text not null,
  catching_up boolean not null default false
) with (fillfactor = 70);
create index team_latest_metric on team_latest using gist (point_metric);

-- History, partitioned by day; partitions are made ahead and dropped by retention.
create table position (
  person_id int not null,
  fixed_at timestamptz not null,
  received_at timestamptz not null,
  team_id int,
  lng double precision,        -- null: the pair that came is no place on the globe
  lat double precision,
  accuracy_metres real,
  speed_metres_per_second real,
  heading_degrees real,
  source text not null,
  marks text[] not null default '{}',
  raw_lng double precision,
  raw_lat double precision,
  raw_crs text,
  primary key (person_id, fixed_at)
) partition by range (fixed_at);
create table position_other partition of position default;

-- When a person's phone was last heard, and what its newest fix says against its place; the place itself stands elsewhere.
create table contact (
  person_id int primary key references person,
  contacted_at timestamptz not null,
  battery real,
  clock_offset_seconds real,               -- set while the phone's clock runs so far ahead that its fixes are not taken
  doubt text check (doubt in ('mock', 'datum', 'inaccurate')),
  fix_accuracy_metres real                 -- of the newest fix, also of one that did not become the place
);
