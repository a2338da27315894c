-- Rounds over the grid: checklists by kind of site, what was answered where, which cells were covered.
create table checklist (
  site_type text not null,
  version int not null,
  name_zh text not null,
  name_en text not null,
  items jsonb not null,
  created_at timestamptz not null,
  created_by int references person,
  primary key (site_type, version)
);
create trigger checklist_append_only before update or delete on checklist for each row execute function refuse_change();

create table patrol (
  id bigint generated always as identity primary key,
  team_id int references team,
  person_id int not null references person,
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at)
);
create unique index patrol_running on patrol (person_id) where ended_at is null;
create index patrol_started on patrol (started_at);

-- Planned cells of a round; visited when something was answered there or the walker's track passed.
create table patrol_cell (
  patrol_id bigint not null references patrol,
  cell_id int not null references cell,
  visited_at timestamptz,
  primary key (patrol_id, cell_id)
);

create table patrol_visit (
  id bigint generated always as identity primary key,
  patrol_id bigint not null references patrol,
  site_type text not null,
  checklist_version int not null,
  site_name text not null,
  point geometry(Point, 4326) not null,
  cell_id int references cell,
  at timestamptz not null,
  foreign key (site_type, checklist_version) references checklist
);
create index patrol_visit_patrol on patrol_visit (patrol_id, id);
create index patrol_visit_site on patrol_visit (site_type, site_name, id);

create table patrol_answer (
  visit_id bigint not null references patrol_visit,
  item text not null,
  answer text not null check (answer in ('ok','fault','not_applicable')),
  note text not null default '',
  incident_id bigint references incident,
  primary key (visit_id, item),
  check (answer = 'fault' or incident_id is null)
);
create index patrol_answer_incident on patrol_answer (incident_id) where incident_id is not null;
