-- Planning: drafts as logs of operations, editions with dates and four eyes, calendar, closures, replays.

-- A cell that only follows a moved border keeps its code: the new shape is the next version of it.
alter table cell add column version int not null default 1;
alter table cell drop constraint cell_code_key;
alter table cell add unique (code, version);

alter table edition
  add column based_on int references edition,        -- the running edition that a draft was last brought onto
  add column base jsonb,                             -- a draft before its log: {coverageId, cells, zones}
  add column zone_ids int[] not null default '{}',   -- zones of a draft, empty ones included
  add column op_seq int not null default 0,
  add column sole_editor int references person,
  add column waivers jsonb not null default '[]',
  add column discarded_at timestamptz,
  add column submitted_at timestamptz,
  add column submitted_by int references person,
  add column submitted_replay int,
  add column review_reason text,
  add column approved_at timestamptz;
alter table edition_effect add column at timestamptz;
-- A line that cuts a border cell leaves its crossing in the town's border too.
alter table coverage add column outline geometry(Geometry, 4326);

-- The life of an edition, as pairs; rules/lifecycle/edition.ts holds who and why.
create table edition_step (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into edition_step values ('draft','in_review'), ('in_review','draft'), ('in_review','approved'),
  ('approved','published'), ('published','approved'), ('published','retired');
create function edition_step_legal() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not exists
    (select 1 from edition_step where from_status = old.status and to_status = new.status) then
    raise exception 'edition % may not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger edition_step before update of status on edition for each row execute function edition_step_legal();

-- Everything that was done in a draft, in order: undo, working together and the audit live on it.
create table edition_op (
  edition_id int not null references edition,
  seq int not null check (seq > 0),
  op_id uuid not null,
  author_id int not null references person,
  kind text not null,
  body text not null,
  at timestamptz not null,
  primary key (edition_id, seq),
  unique (edition_id, op_id)
);
create trigger edition_op_append_only before update or delete on edition_op for each row execute function refuse_change();

-- Four eyes: whoever wrote a part of a plan cannot approve it.
create function edition_four_eyes() returns trigger language plpgsql as $$
begin
  if new.approved_by is not null and new.approved_by is distinct from old.approved_by
    and exists (select 1 from edition_op where edition_id = new.id and author_id = new.approved_by) then
    raise exception 'edition % may not be approved by an author of its operations', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger edition_four_eyes before update of approved_by on edition for each row execute function edition_four_eyes();

-- What left the draft does not change any more.
create function edition_frozen() returns trigger language plpgsql as $$
begin
  if exists (select 1 from edition where id = old.edition_id and status <> 'draft') then
    raise exception 'edition % is no draft', old.edition_id using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger edition_cell_frozen before update or delete on edition_cell for each row execute function edition_frozen();

-- Cells that draft and running edition gave to different zones: a person decides each.
create table edition_conflict (
  edition_id int not null references edition,
  cell_id int not null references cell,
  draft_zone_id int references zone,
  running_zone_id int references zone,
  primary key (edition_id, cell_id)
);

-- True when an instant lies in a span and on its local days, dates and minutes; empty lists mean every day.
create function applies_at(instant timestamptz, valid_from timestamptz, valid_to timestamptz,
  weekdays int[], dates date[], minute_from int, minute_to int) returns boolean language sql immutable as $$
  select valid_from <= instant and (valid_to is null or valid_to > instant)
    and (cardinality(weekdays) = 0 or extract(isodow from instant at time zone 'Asia/Shanghai')::int = any (weekdays))
    and (cardinality(dates) = 0 or (instant at time zone 'Asia/Shanghai')::date = any (dates))
    and extract(hour from instant at time zone 'Asia/Shanghai') * 60 + extract(minute from instant at time zone 'Asia/Shanghai') >= minute_from
    and extract(hour from instant at time zone 'Asia/Shanghai') * 60 + extract(minute from instant at time zone 'Asia/Shanghai') < minute_to
$$;

-- An approved edition that applies on certain days and hours instead of the running one.
create table calendar_rule (
  id int generated always as identity primary key,
  edition_id int not null references edition,
  name text not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to is null or valid_to >= valid_from),
  weekdays int[] not null default '{}',
  dates date[] not null default '{}',
  minute_from int not null default 0,
  minute_to int not null default 1440,
  reason text not null,
  ordered_by int references person,
  at timestamptz not null,
  check (minute_from between 0 and 1439 and minute_to between 1 and 1440 and minute_from < minute_to)
);

-- The edition in force is a function of time: the newest calendar rule that applies, else the time line.
-- In plpgsql, which keeps the plans of its statements; as a statement of SQL it was planned at each call, 0.6 ms.
create function edition_in_force(instant timestamptz) returns int language plpgsql stable as $$
begin
  return coalesce(
    (select r.edition_id from calendar_rule r
       where applies_at(instant, r.valid_from, r.valid_to, r.weekdays, r.dates, r.minute_from, r.minute_to) order by r.id desc limit 1),
    (select f.edition_id from edition_effect f where f.during @> instant));
end $$;

-- Which edition the consoles were told of last.
create table edition_announced (
  only_row boolean primary key default true check (only_row),
  edition_id int not null references edition,
  at timestamptz not null
);

-- Roads closed for a time: named ones, and all that an area meets. Travel times go round them.
create table closure (
  id int generated always as identity primary key,
  name text not null,
  road_ids int[] not null default '{}',
  area geometry(Polygon, 4326),
  reason text not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to is null or valid_to >= valid_from),
  weekdays int[] not null default '{}',
  minute_from int not null default 0,
  minute_to int not null default 1440,
  ordered_by int references person,
  at timestamptz not null,
  check (minute_from between 0 and 1439 and minute_to between 1 and 1440 and minute_from < minute_to),
  check (cardinality(road_ids) > 0 or area is not null)
);

-- Lists of incidents that replays may run on besides the ledger; the same bytes are one list.
create table incident_list (
  id int generated always as identity primary key,
  name text not null,
  sha256 text not null unique,
  from_at timestamptz not null,
  to_at timestamptz not null,
  incidents int not null,
  synthetic boolean not null,
  body text not null,
  added_by int references person,
  at timestamptz not null
);

-- Replays: what was asked and what came out; a report travels with its draft.
create table replay (
  id int generated always as identity primary key,
  edition_id int not null references edition,
  content_hash text not null,
  request text not null,
  state text not null check (state in ('running','done','refused','failed')),
  refused text,
  calibration text,
  report text,
  progress real not null default 0,
  claimed_at timestamptz,    -- a process works on it; taken over when it says nothing for ten minutes
  made_by int references person,
  at timestamptz not null,
  done_at timestamptz,
  check ((state = 'running') = (done_at is null)),
  check (state <> 'done' or report is not null)
);
create index replay_edition on replay (edition_id, id);
alter table edition add foreign key (submitted_replay) references replay;

-- What the engine keeps in memory between two decisions.
create trigger duty_revision after insert or update or delete or truncate on duty for each statement execute function note_revision('crews');
create trigger person_revision after insert or update or delete or truncate on person for each statement execute function note_revision('crews');
create trigger licence_revision after insert or update or delete or truncate on licence for each statement execute function note_revision('crews');
create trigger skill_revision after insert or update or delete or truncate on skill for each statement execute function note_revision('crews');
create trigger recusal_revision after insert or update or delete or truncate on recusal for each statement execute function note_revision('crews');
create trigger team_kit_revision after insert or update or delete or truncate on team_kit for each statement execute function note_revision('crews');
create trigger edition_team_revision after insert or update or delete or truncate on edition_team for each statement execute function note_revision('crews');
create trigger road_revision after insert or update or delete or truncate on road for each statement execute function note_revision('roads');
create trigger road_node_revision after insert or update or delete or truncate on road_node for each statement execute function note_revision('roads');
create trigger closure_revision after insert or update or delete or truncate on closure for each statement execute function note_revision('roads');
create trigger matter_revision after insert or update or delete or truncate on matter for each statement execute function note_revision('matters');
create trigger matter_version_revision after insert or update or delete or truncate on matter_version for each statement execute function note_revision('matters');
