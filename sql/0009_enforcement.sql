-- Evidence, orders, penalty files, papers. What the law calls a record is added, never changed.

create table evidence (
  id uuid primary key,
  incident_id bigint not null references incident,
  kind text not null check (kind in ('documentary','physical','audiovisual','electronic','testimony','party_statement','appraisal','inspection_record')),
  photo_kind text check (photo_kind in ('near','far','reference','before','after')),
  slot text,                                -- the word of the matter's checklist that it answers
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  byte_count int not null check (byte_count > 0),
  media_type text not null check (media_type in ('image/jpeg','image/png','image/webp','image/heic')),
  width int not null check (width > 0),
  height int not null check (height > 0),
  has_picture boolean not null,             -- a derivative that may be shown was made
  captured_at timestamptz not null,
  device_at timestamptz not null,
  received_at timestamptz not null,
  device_offset_seconds double precision not null,
  point geometry(Point, 4326),
  accuracy_metres real,
  raw_lng double precision,
  raw_lat double precision,
  raw_crs text,
  captured_by int not null references person,
  original_id uuid,                         -- this is a copy (watermark, crop, blur) of that one, which may come later
  check (original_id is null or original_id <> id)
);
create index evidence_incident on evidence (incident_id, received_at);
create trigger evidence_append_only before update or delete on evidence for each row execute function refuse_change();

-- Who had it in hand, from the camera to the decision.
create table custody (
  id bigint generated always as identity primary key,
  evidence_id uuid not null references evidence,
  act text not null check (act in ('captured','received','original_taken','attached','verified')),
  at timestamptz not null,
  person_id int references person,
  note text not null default ''
);
create index custody_evidence on custody (evidence_id, id);
create index custody_note on custody (note) where note <> '';
create trigger custody_append_only before update or delete on custody for each row execute function refuse_change();

-- A checklist word that cannot be photographed here, with the reason.
create table evidence_skip (
  incident_id bigint not null references incident,
  slot text not null,
  reason text not null,
  person_id int not null references person,
  at timestamptz not null,
  primary key (incident_id, slot)
);

-- Who signed what. An officer once for each purpose; the party signs or the refusal is noted (行政处罚法 52).
create table penalty_signature (
  id bigint generated always as identity primary key,
  subject text not null,                    -- file/ID, order/ID or measure/ID
  purpose text not null check (purpose in ('order','rights','statement','decision','service','demand','things','release')),
  person_id int references person,          -- null: the party
  image bytea,
  refusal_note text,
  taken_by int not null references person,
  at timestamptz not null,
  check (person_id is not null or image is not null or refusal_note is not null)
);
create unique index penalty_signature_once on penalty_signature (subject, purpose, person_id) where person_id is not null;
create unique index penalty_signature_party on penalty_signature (subject, purpose) where person_id is null;
create trigger signature_append_only before update or delete on penalty_signature for each row execute function refuse_change();

-- 行政处罚法 42, 43: two distinct officers, each with a licence valid at the instant, neither recused.
create function signed_by_two(of_subject text, for_purpose text, of_incident bigint, at_instant timestamptz)
returns boolean language sql stable as $$
  select count(distinct s.person_id) >= 2 from penalty_signature s
  where s.subject = of_subject and s.purpose = for_purpose and s.person_id is not null
    and exists (select 1 from licence l where l.person_id = s.person_id and l.valid_from <= at_instant
      and l.valid_to > at_instant and (l.revoked_at is null or l.revoked_at > at_instant))
    and not exists (select 1 from recusal r where r.person_id = s.person_id and r.incident_id = of_incident)
$$;

-- 责令改正: an order, not a penalty. Its outcome alone opens the second step of a two-step matter.
create table correction_order (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  number text not null unique,
  text text not null,
  basis text not null,
  served_at timestamptz not null,
  due_at timestamptz not null check (due_at > served_at),
  outcome text check (outcome in ('corrected','refused','expired')),
  outcome_at timestamptz,
  outcome_by int references person,
  team_id int references team,
  check ((outcome is null) = (outcome_at is null))
);
create index correction_order_incident on correction_order (incident_id, id);
create unique index correction_order_open on correction_order (incident_id) where outcome is null;

create function order_signed() returns trigger language plpgsql as $$
begin
  if not signed_by_two('order/' || new.id, 'order', new.incident_id, new.served_at) then
    raise exception 'order % is not signed by two licensed officers', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create constraint trigger correction_order_signed after insert on correction_order
  deferrable initially deferred for each row execute function order_signed();

-- 当事人. Everything that tells who it is, is sealed (AES-256-GCM); the marks are keyed hashes to find the same one again.
create table party (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('individual','organisation')),
  sealed bytea not null,
  id_mark text,
  plate_mark text,
  created_at timestamptz not null
);
create index party_id_mark on party (id_mark) where id_mark is not null;
create index party_plate_mark on party (plate_mark) where plate_mark is not null;

create table penalty_file (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  procedure text not null check (procedure in ('notice','simple','ordinary')),
  state text not null,
  matter_code text not null references matter,
  version_at_act int not null references matter_version,
  version_at_decision int references matter_version,
  law_applied text check (law_applied in ('act','decision')),
  party_id bigint references party,
  act_at timestamptz not null,
  opened_at timestamptz not null,
  officers int[] not null default '{}',     -- who acted as an investigator on it
  circumstances jsonb not null,             -- the questions of 行政处罚法 30, 31, 33, 36 as they were answered
  progress jsonb not null default '{}',     -- what was told, heard, asked, reviewed, served, and when
  statement bytea,                          -- what the party said, sealed
  version int not null default 1,
  check (state not in ('decided','served','enforcing','revoked') or version_at_decision is not null)
);
create index penalty_file_incident on penalty_file (incident_id, id);

-- 先行登记保存 (行政处罚法 56) and 查封、扣押 (行政强制法 22 to 28): one of each kind at a time on a file.
create table file_measure (
  id bigint generated always as identity primary key,
  file_id bigint not null references penalty_file,
  kind text not null check (kind in ('preservation','seizure')),
  reason text not null,
  approved_by int references person,
  approved_at timestamptz,                  -- null: urgent, the head's word is to come within 24 hours (19)
  began_at timestamptz,
  taken_by int[] not null default '{}',
  kept_at text not null default '',
  extended_at timestamptz check (extended_at is null or kind = 'seizure'),
  ended_at timestamptz,
  check ((approved_by is null) = (approved_at is null)),
  check (approved_at is not null or began_at is not null)
);
create index file_measure_file on file_measure (file_id, id);
create unique index file_measure_open on file_measure (file_id, kind) where ended_at is null;
create table file_thing (
  id bigint generated always as identity primary key,
  measure_id bigint not null references file_measure,
  name text not null,
  quantity text not null,
  state text not null default '',
  outcome text check (outcome in ('returned','seized','confiscated','transferred')),
  ended_at timestamptz,
  check ((outcome is null) = (ended_at is null))
);
create index file_thing_measure on file_thing (measure_id, id);
-- Two licensed officers take things; to seize, both are qualified for coercion (行政强制法 17③, 18(2)): an empty list is every field.
create function measure_taken() returns trigger language plpgsql as $$
begin
  if new.began_at is not null and (
    select count(distinct l.person_id) from licence l
    where l.person_id = any (new.taken_by) and l.valid_from <= new.began_at and l.valid_to > new.began_at
      and (l.revoked_at is null or l.revoked_at > new.began_at)
      and (new.kind <> 'seizure' or l.fields = '{}' or '行政强制' = any (l.fields))
      and not exists (select 1 from recusal r join penalty_file f on f.incident_id = r.incident_id
        where f.id = new.file_id and r.person_id = l.person_id and r.at <= new.began_at)) < 2 then
    raise exception 'measure % was not taken by two qualified officers', new.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger file_measure_taken before insert or update of began_at, taken_by on file_measure
  for each row execute function measure_taken();

create table penalty_step (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into penalty_step values
  ('opened','told'), ('told','heard'), ('heard','decided'), ('decided','served'), ('served','closed'), ('enforcing','closed'),
  ('told','opened'), ('heard','opened'), ('notice_posted','opened'), ('notice_expired','opened'), ('notice_posted','notice_expired'),
  ('opened','investigated'), ('investigated','told'), ('heard','legal_review'), ('legal_review','investigated'),
  ('legal_review','decided'), ('served','enforcing'), ('decided','revoked'), ('served','revoked'), ('enforcing','revoked'),
  ('closed','revoked');
insert into penalty_step select s, t from unnest(array['opened','notice_posted','notice_expired','told','heard','investigated','legal_review']) s,
  unnest(array['no_penalty','transferred']) t;

create function penalty_step_legal() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not exists
    (select 1 from penalty_step where from_state = old.state and to_state = new.state) then
    raise exception 'file % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger penalty_step before update of state on penalty_file for each row execute function penalty_step_legal();

-- Statutory periods that run on a file; each falls due by a row of `due`.
create table file_period (
  file_id bigint not null references penalty_file,
  period text not null,
  started_at timestamptz not null,
  last_date date not null,
  ends_at timestamptz not null,
  provisional boolean not null,             -- a year on the way has no published calendar yet
  ended_at timestamptz,
  primary key (file_id, period, started_at)
);

-- 裁量基准 (行政处罚法 34): published ranges by matter, kind of party and gravity.
create table benchmark (
  id bigint generated always as identity primary key,
  matter_code text not null references matter,
  party_kind text not null check (party_kind in ('individual','organisation')),
  level text not null,
  least_yuan numeric(12,2) not null check (least_yuan >= 0),
  most_yuan numeric(12,2) not null check (most_yuan >= least_yuan),
  document text not null,
  valid_from timestamptz not null,
  valid_to timestamptz
);
create index benchmark_matter on benchmark (matter_code, party_kind);

-- What the party was told before the decision (44); a statement never raises it (45).
create table penalty_proposal (
  file_id bigint primary key references penalty_file,
  kind text not null check (kind in ('warning','fine')),
  amount_yuan numeric(12,2) check (amount_yuan > 0),
  level text,
  gains_yuan numeric(12,2) check (gains_yuan >= 0),
  thing_ids bigint[] not null default '{}',
  stop_business text,
  check ((kind = 'fine') = (amount_yuan is not null))
);

-- 处罚决定. The law's range, the benchmark's and the cap are written beside the amount, and hold it.
create table penalty_decision (
  id bigint generated always as identity primary key,
  file_id bigint not null unique references penalty_file,
  number text not null unique,
  procedure text not null check (procedure in ('simple','ordinary')),
  party_kind text not null check (party_kind in ('individual','organisation')),
  kind text not null check (kind in ('warning','fine')),
  amount_yuan numeric(12,2),
  law_least_yuan numeric(12,2),
  law_most_yuan numeric(12,2),
  benchmark_least_yuan numeric(12,2),
  benchmark_most_yuan numeric(12,2),
  gains_yuan numeric(12,2) check (gains_yuan >= 0),  -- 没收违法所得; 0: none were found
  thing_ids bigint[] not null default '{}',          -- 没收非法财物: rows of file_thing
  stop_business text,                                -- 责令停产停业
  text text not null,
  decided_at timestamptz not null,
  received_at timestamptz not null,
  decided_by int not null references person,
  revoked_at timestamptz,
  check ((kind = 'fine') = (amount_yuan is not null)),
  check (amount_yuan is null or (amount_yuan > 0 and law_least_yuan is not null and law_most_yuan is not null)),
  check (amount_yuan is null or amount_yuan between law_least_yuan and law_most_yuan),
  check (amount_yuan is null or benchmark_least_yuan is null or amount_yuan between benchmark_least_yuan and benchmark_most_yuan),
  check (procedure <> 'simple' or amount_yuan is null or amount_yuan <= case party_kind when 'individual' then 200 else 3000 end),
  check (procedure <> 'simple' or (gains_yuan is null and thing_ids = '{}' and stop_business is null)),
  check (decided_at <= received_at)
);
create function decision_signed() returns trigger language plpgsql as $$
begin
  if not signed_by_two('file/' || new.file_id, 'decision',
      (select incident_id from penalty_file where id = new.file_id), new.decided_at) then
    raise exception 'decision % is not signed by two licensed officers', new.number using errcode = 'check_violation';
  end if;
  return new;
end $$;
create constraint trigger penalty_decision_signed after insert on penalty_decision
  deferrable initially deferred for each row execute function decision_signed();
create function decision_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.revoked_at is not null
    or (to_jsonb(new) - 'revoked_at') is distinct from (to_jsonb(old) - 'revoked_at') then
    raise exception 'a decision is revoked, never changed';
  end if;
  return new;
end $$;
create trigger penalty_decision_kept before update or delete on penalty_decision for each row execute function decision_kept();

-- 集体讨论记录 (行政处罚法 57②): the minutes, sealed, since they tell of the party.
create table penalty_minutes (
  file_id bigint primary key references penalty_file,
  minutes bytea not null,
  at timestamptz not null,
  by int not null references person
);
create trigger minutes_append_only before update or delete on penalty_minutes for each row execute function refuse_change();

create table payment (
  id bigint generated always as identity primary key,
  decision_id bigint not null references penalty_decision,
  channel text not null check (channel in ('bank','electronic','cash_on_spot')),
  amount_yuan numeric(12,2) not null check (amount_yuan > 0),
  receipt_number text not null,
  cash_ground text check (cash_ground in ('small','hard_to_collect','remote_requested')),
  paid_at timestamptz not null,
  recorded_by int not null references person,
  handed_in_at timestamptz,                 -- cash: to the organ, then to the bank, two working days each (71)
  handed_in_by int references person,
  banked_at timestamptz,
  bank_slip text,
  check (handed_in_at is null or channel = 'cash_on_spot'),
  check ((handed_in_at is null) = (handed_in_by is null)),
  check (banked_at is null or handed_in_at is not null),
  check ((banked_at is null) = (bank_slip is null)),
  check ((channel = 'cash_on_spot') = (cash_ground is not null)),
  unique (channel, receipt_number)
);

-- 行政复议 and 行政诉讼 against a decision: their days are not late days (73③).
create table penalty_remedy (
  id bigint generated always as identity primary key,
  file_id bigint not null references penalty_file,
  remedy text not null check (remedy in ('review','lawsuit')),
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  recorded_by int not null references person
);
create unique index penalty_remedy_open on penalty_remedy (file_id, remedy) where ended_at is null;

-- 协助调查通知书. The public page is found by the hash of its token alone.
create table inquiry_notice (
  file_id bigint primary key references penalty_file,
  number text not null unique,
  token_hash bytea not null unique,
  place text not null,
  found_at timestamptz not null,
  posted_at timestamptz not null,
  due_at timestamptz not null check (due_at > posted_at),
  photos uuid[] not null check (cardinality(photos) >= 3),
  posted_by int[] not null,
  public_note text not null default ''
);

-- Numbers of papers: one series a kind and year, handed out in blocks without a gap, each number used once or void.
create table paper_series (
  kind text not null,
  year int not null,
  next int not null default 1 check (next >= 1),
  primary key (kind, year)
);
create table paper_block (
  id bigint generated always as identity primary key,
  kind text not null,
  year int not null,
  first int not null,
  last int not null check (last >= first),
  device text not null,
  person_id int references person,
  taken_at timestamptz not null
);
create table paper_number (
  kind text not null,
  year int not null,
  n int not null,
  block_id bigint not null references paper_block,
  number text not null unique,
  token_hash bytea unique,
  state text not null default 'free' check (state in ('free','used','void')),
  subject text,                              -- file/ID or order/ID that uses it
  ended_at timestamptz,
  void_reason text,
  void_by int references person,
  primary key (kind, year, n),
  check ((state = 'used') = (subject is not null)),
  check ((state = 'void') = (void_reason is not null))
);
create function number_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.state <> 'free' then
    raise exception 'number % is % already', old.number, old.state using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger paper_number_once before update or delete on paper_number for each row execute function number_kept();

-- 文书模板: each version is kept.
create table paper_template (
  id bigint generated always as identity primary key,
  kind text not null,
  version int not null,
  body text not null,
  note text not null,
  created_at timestamptz not null,
  created_by int references person,
  unique (kind, version)
);
create trigger template_append_only before update or delete on paper_template for each row execute function refuse_change();

create table paper (
  id uuid primary key,
  kind text not null,
  number text,
  incident_id bigint not null references incident,
  file_id bigint references penalty_file,
  template_id bigint not null references paper_template,
  fields bytea not null,                     -- as they stood, sealed
  made_at timestamptz not null,
  made_by int references person,
  pdf bytea,                                 -- sealed; made once, at the first reading
  pdf_sha256 text check (pdf_sha256 ~ '^[0-9a-f]{64}$')
);
create index paper_incident on paper (incident_id, made_at);
create index paper_file on paper (file_id, made_at);
create function paper_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.pdf is not null
    or (to_jsonb(new) - 'pdf' - 'pdf_sha256') is distinct from (to_jsonb(old) - 'pdf' - 'pdf_sha256') then
    raise exception 'a paper is superseded, never changed';
  end if;
  return new;
end $$;
create trigger paper_kept before update or delete on paper for each row execute function paper_kept();

-- 核实: what somebody found who went and looked before filing.
create table verification (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  result text not null check (result in ('exists','not_exists','unclear')),
  photos int not null,
  text text not null,
  person_id int not null references person,
  at timestamptz not null,
  check (result <> 'not_exists' or photos > 0)
);
create index verification_incident on verification (incident_id, id);

-- What a leader asks for and the room or the head decides: more time (延期) or a rest of the clock (挂账).
create table deadline_request (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  kind text not null check (kind in ('extension','hold')),
  minutes int check (minutes > 0),
  reason text not null,
  requested_by int not null references person,
  requested_at timestamptz not null,
  decided_by int references person,
  decided_at timestamptz,
  approved boolean,
  text text not null default '',
  check ((kind = 'hold') = (minutes is not null)),
  check ((decided_at is null) = (approved is null))
);
create unique index deadline_request_open on deadline_request (incident_id, kind) where decided_at is null;

-- 超时申诉: the leader of the team that handled it appeals once; the room and then the head answer, a refusal is final.
create table overdue_appeal (
  incident_id bigint primary key references incident,
  text text not null,
  submitted_by int not null references person,
  submitted_at timestamptz not null,
  answer_by timestamptz not null,           -- of whose turn it is
  first_review jsonb,                        -- approved, text, by, at: the room's
  second_review jsonb,                       -- the head's
  result text check (result in ('approved','refused')),
  escalated_at timestamptz,                  -- the answer did not come in time
  check (second_review is null or first_review is not null),
  check ((result is not null) = (second_review is not null or (first_review->>'approved')::boolean is false))
);

create table transfer (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incident,
  to_organ text not null,
  reason text not null,
  ground text not null check (ground in ('out_of_list','matter_recalled','suspected_crime','other_organ')),
  receipt text not null,                     -- number or signature under which the other organ took it
  receipt_evidence_id uuid references evidence,
  at timestamptz not null,
  by int not null references person
);

-- 联合执法, 综合查一次 (浙江省综合行政执法条例 13, 14).
create table joint_operation (
  id bigint generated always as identity primary key,
  title text not null,
  initiator text not null,
  participants text[] not null check (cardinality(participants) >= 1),
  ground text not null,
  plan text not null,
  objects jsonb not null default '[]',
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  incident_id bigint references incident,
  team_ids int[] not null default '{}',   -- kept free for it
  planned_by int not null references person,
  planned_at timestamptz not null,
  results jsonb,
  ended_at timestamptz,
  check ((results is null) = (ended_at is null))
);
create index joint_operation_coming on joint_operation (ends_at) where ended_at is null;
