-- Phones and gateways that send positions of a person. A gateway (a Traccar server) speaks for the trackers behind it.
create table device (
  id int generated always as identity primary key,
  person_id int references person,
  kind text not null check (kind in ('traccar_client','owntracks','traccar_forward','pda')),
  label text not null,
  crs text not null check (crs in ('wgs84','cgcs2000','gcj02','bd09','bd09mc')),
  gateway_id int references device,
  unique_id text,                   -- how the gateway names the tracker
  made_at timestamptz not null,
  made_by int references person,
  revoked_at timestamptz,
  contacted_at timestamptz,
  dropped_at timestamptz,           -- last message under a credential that no longer holds
  check (person_id is not null or kind = 'traccar_forward'),
  check ((gateway_id is null) = (unique_id is null))
);
create unique index device_tracker on device (gateway_id, unique_id) where revoked_at is null;
create index device_person on device (person_id);

-- A credential is 192 random bits; only its SHA-256 is kept. It must be used soon, or it never holds.
create table device_credential (
  secret_hash bytea primary key,
  device_id int not null references device,
  made_at timestamptz not null,
  unused_until timestamptz not null,
  used_at timestamptz,
  ends_at timestamptz               -- set when the next credential of the device is first used
);
create index device_credential_device on device_credential (device_id);

-- Browsers that take Web Push.
create table push_subscription (
  id int generated always as identity primary key,
  person_id int not null references person,
  endpoint text not null unique,
  p256dh text not null,
  auth bytea not null,              -- sealed
  made_at timestamptz not null
);
create index push_subscription_person on push_subscription (person_id);

-- Group robots of chat programs; the address holds the credential and is sealed.
create table robot (
  id int generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('dingtalk','wecom')),
  host text not null,
  address bytea not null,
  secret bytea,
  team_id int references team,      -- null: every offer
  made_at timestamptz not null,
  removed_at timestamptz
);

-- How far an offer that nobody has seen was escalated.
create table push_ladder (
  assignment_id bigint primary key references assignment,
  step smallint not null,
  alarmed boolean not null default false,
  ended boolean not null default false
);
create index push_ladder_open on push_ladder (assignment_id) where not ended;

-- Receivers of facts over HTTP. cursor: the last number of the ledger that was turned into deliveries.
create table webhook (
  id int generated always as identity primary key,
  name text not null,
  address text not null,
  types text[] not null,
  secret bytea not null,            -- sealed
  old_secret bytea,
  old_secret_until timestamptz,
  active boolean not null default true,
  disabled_reason text,
  cursor bigint not null,
  held_until timestamptz,           -- throttled by the receiver
  made_at timestamptz not null,
  made_by int references person
);

create table delivery (
  id bigint generated always as identity primary key,
  webhook_id int not null references webhook,
  seq bigint not null,
  type text not null,
  state text not null check (state in ('waiting','done','failed')),
  attempts smallint not null default 0,
  made_at timestamptz not null,
  tried_at timestamptz,
  status int,
  error text,
  answer text,                      -- first kilobyte of what the receiver said
  unique (webhook_id, seq)
);
