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
