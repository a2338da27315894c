-- 执法事项. Matters are dated: an incident and a penalty file pin the version that they were decided under.
create table matter (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  field text not null
);
create table matter_version (
  id int generated always as identity primary key,
  matter_code text not null references matter,
  version int not null,
  holder text not null,
  status text not null check (status in ('delegated','recalled','never_delegated')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  document text not null default '',
  priority smallint not null check (priority between 1 and 4),
  clock text check (clock in ('urgent_hour','work_hour','work_day','natural_day')),
  clock_amount double precision,
  skills text[] not null default '{}',
  kit text[] not null default '{}',
  overlays text[] not null default '{}',
  body jsonb not null,       -- basis, trigger, fines, evidence: the row of the catalogue as published
  unique (matter_code, version)
);

-- The dated holiday calendar (国务院办公厅 notices): weekends rest unless marked.
create table calendar_day (
  day date primary key,
  kind text not null check (kind in ('holiday','make_up_workday')),
  name text not null default '',
  source text not null
);
