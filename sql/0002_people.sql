create table person (
  id int generated always as identity primary key,
  name text not null unique,
  display_name text not null,
  role text not null check (role in ('dispatcher','leader','officer','auxiliary','gridWorker','planner','head','legalReviewer','auditor','administrator')),
  active boolean not null default true,
  phone text,
  created_at timestamptz not null
);

create table password (
  person_id int primary key references person,
  hash text not null,
  changed_at timestamptz not null
);

-- A login is a random token; only its SHA-256 is kept.
create table login (
  token_hash bytea primary key,
  id uuid not null unique,
  person_id int not null references person,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index login_person on login (person_id);

-- 执法证. Validity is judged at the instant of the act, never from a flag.
create table licence (
  id int generated always as identity primary key,
  person_id int not null references person,
  number text not null unique,
  fields text[] not null default '{}',  -- empty: every field
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  revoked_at timestamptz
);
create index licence_person on licence (person_id);

create table skill (
  person_id int not null references person,
  skill text not null,
  primary key (person_id, skill)
);

-- 回避 (行政处罚法 43): a person who may not act on this incident.
create table recusal (
  person_id int not null references person,
  incident_id bigint not null,
  reason text not null,
  at timestamptz not null,
  primary key (person_id, incident_id)
);
