-- Place: cells (基础网格) tile the town; a zone (片区) is a set of cells under an edition (区划方案).
create table town (
  only_row boolean primary key default true check (only_row),
  code text not null,
  name text not null,
  outline geometry(Geometry, 4326) not null,
  centre geometry(Point, 4326) not null,
  metric_srid int not null,      -- projection in which all metres are measured
  population int,
  synthetic boolean not null,
  attributions text[] not null default '{}',
  imported_at timestamptz not null
);

create table community (
  code text primary key,
  name text not null,
  display_name text not null,
  kind text not null check (kind in ('community','village')),
  geom geometry(Geometry, 4326)
);

-- Geometry is immutable: a reshaped cell is a new row that supersedes the old.
create table cell (
  id int generated always as identity primary key,
  code text not null unique,
  kind text not null default 'basic' check (kind in ('basic','dedicated')),
  community_code text references community,
  geom geometry(Geometry, 4326) not null check (not st_isempty(geom)),
  area_square_metres double precision not null,
  population int not null default 0,
  level text check (level in ('A','B','C')),
  land_use text,
  supersedes int[] not null default '{}',
  synthetic boolean not null,
  source text not null default '',
  licence text not null default '',
  created_at timestamptz not null
);
create index cell_geom on cell using gist (geom);

create table coverage (
  id int generated always as identity primary key,
  parent_id int references coverage,
  note text not null default '',
  created_at timestamptz not null
);
create table coverage_cell (
  coverage_id int not null references coverage,
  cell_id int not null references cell,
  primary key (coverage_id, cell_id)
);
create table cell_adjacency (
  coverage_id int not null references coverage,
  a int not null references cell,
  b int not null references cell,
  shared_metres double precision not null,
  barrier text not null default 'none' check (barrier in ('none','river','rail','motorway')),
  primary key (coverage_id, a, b),
  check (a < b)
);

create table zone (
  id int generated always as identity primary key,
  number int not null unique,
  name text not null,
  code14 text not null default ''
);

create table edition (
  id int generated always as identity primary key,
  coverage_id int not null references coverage,
  parent_id int references edition,
  name text not null,
  status text not null check (status in ('draft','in_review','approved','published','retired')),
  author_id int references person,
  approved_by int references person,
  rolls_back_to int references edition,
  content_hash text,
  note text not null default '',
  created_at timestamptz not null,
  check (approved_by is null or author_id is null or approved_by <> author_id)
);
create table edition_cell (
  edition_id int not null references edition,
  cell_id int not null references cell,
  zone_id int references zone,
  primary key (edition_id, cell_id)
);
create table edition_team (
  edition_id int not null references edition,
  zone_id int not null references zone,
  team_id int not null,
  rank int not null default 1,
  primary key (edition_id, zone_id, team_id)
);
-- Which edition applies is a function of time; two at once are refused by the database.
create table edition_effect (
  edition_id int not null references edition,
  during tstzrange not null,
  approved_by int references person,
  reason text not null default '',
  exclude using gist (during with &&)
);

-- Overlays are law drawn on the map: dated, seasonal, free of cell borders.
create table overlay (
  id int generated always as identity primary key,
  kind text not null,
  name text not null,
  legal_basis text not null default '',
  geom geometry(Geometry, 4326) not null,
  months int[] not null default '{}',   -- empty: the whole year
  hour_from int not null default 0,
  hour_to int not null default 24,
  valid_from timestamptz not null,
  valid_to timestamptz,
  synthetic boolean not null,
  source text not null default ''
);
create index overlay_geom on overlay using gist (geom);

create table road_node (
  id int primary key,
  lng double precision not null,
  lat double precision not null
);
create table road (
  id int primary key,
  source int not null references road_node,
  target int not null references road_node,
  class text not null,
  name text,
  kmh double precision not null check (kmh > 0),
  length_metres double precision not null check (length_metres >= 0),
  one_way boolean not null default false,
  bridge boolean not null default false,
  geom geometry(LineString, 4326) not null
);
create index road_geom on road using gist (geom);

create table place (
  id int generated always as identity primary key,
  kind text not null,
  name text not null,
  point geometry(Point, 4326) not null,
  default_coordinate boolean not null default false  -- a geocoder's fallback point: reports on it are doubted
);

-- Water, and lines that separate land: they show on the map and break contiguity between cells.
create table terrain (
  id int generated always as identity primary key,
  kind text not null check (kind in ('river','moat','lake','motorway','rail')),
  name text not null,
  geom geometry(Geometry, 4326) not null,
  barrier boolean not null default false,
  synthetic boolean not null
);
