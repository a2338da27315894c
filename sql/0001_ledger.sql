-- The ledger: facts numbered without a gap in commit order, each carrying the hash of the one before.
create extension if not exists postgis;

create table event_clock (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash bytea not null
);
insert into event_clock (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- body is text, not jsonb: the hash covers the exact characters, and jsonb reorders keys.
create table event (
  seq bigint primary key,
  at timestamptz not null,
  type text not null,
  subject text not null,
  body text not null,
  prev bytea not null,
  hash bytea not null unique
);
create index event_subject on event (subject, seq);
create index event_type on event (type, seq);
create index event_at on event (at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
-- Numbers facts and chains them: hash = SHA-256(hash before, number as 8 bytes, type, body). Called last in a transaction,
-- so that the clock row is held for one statement and the commit.
create function append_facts(instant timestamptz, facts json)
returns bigint language plpgsql as $$
declare
  fact json;
  number bigint;
  link bytea;
  before bytea;
begin
  select seq, hash into number, before from event_clock for update;
  for fact in select value from json_array_elements(facts) loop
    number := number + 1;
    link := sha256(before || int8send(number) || convert_to(fact->>'type', 'UTF8') || convert_to(fact->>'body', 'UTF8'));
    insert into event (seq, at, type, subject, body, prev, hash)
      values (number, instant, fact->>'type', fact->>'subject', fact->>'body', before, link);
    before := link;
  end loop;
  update event_clock set seq = number, hash = before;
  perform pg_notify('ledger', number::text);
  return number;
end $$;

create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger event_never_emptied before truncate on event for each statement execute function refuse_change();

-- The answer of each mutation, kept longer than any offline queue lives.
create table idempotency (
  key uuid primary key,
  person_id int,
  route text not null,
  body_hash bytea not null,
  answer text,
  at timestamptz not null
);
create index idempotency_at on idempotency (at);

-- Whatever falls due later is a row; production takes due rows every second, tests move the clock.
create table due (
  id bigint generated always as identity primary key,
  kind text not null,
  subject text not null,
  due_at timestamptz not null,
  detail jsonb not null default '{}'
);
create index due_kind_at on due (kind, due_at);
create unique index due_kind_subject on due (kind, subject);

create table setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);

-- Changes whenever a group of tables does, so that a server may keep what it read of them and ask only whether it still
-- holds. The number is fresh for each change, also for one that is rolled back: no two contents share a number.
create table revision (name text primary key, number bigint not null);
create sequence revision_number;
insert into revision values ('crews', 0), ('roads', 0), ('matters', 0);
create function note_revision() returns trigger language plpgsql as $$
begin
  update revision set number = nextval('revision_number') where name = tg_argv[0];
  return null;
end $$;
