-- The schema that the migrations make; written by test/kit/dump-schema.ts, compared by npm run check.

table alarm
  id bigint not null generated always as identity
  kind text not null
  incident_id bigint
  team_id integer
  person_id integer
  detail jsonb not null default '{}'::jsonb
  raised_at timestamp with time zone not null
  acknowledged_at timestamp with time zone
  acknowledged_by integer
  shelved_until timestamp with time zone
  cleared_at timestamp with time zone
  constraint alarm_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES person(id)
  constraint alarm_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint alarm_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint alarm_pkey PRIMARY KEY (id)
  constraint alarm_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE UNIQUE INDEX alarm_standing ON public.alarm USING btree (kind, COALESCE(incident_id, (0)::bigint), COALESCE(team_id, 0), COALESCE(person_id, 0)) WHERE (cleared_at IS NULL)

table assignment
  id bigint not null generated always as identity
  incident_id bigint not null
  team_id integer not null
  kind text not null
  slot smallint not null
  is_lead boolean not null
  line smallint
  manual boolean not null default false
  state text not null
  offered_at timestamp with time zone not null
  offered_by integer
  answer_by timestamp with time zone
  seen_at timestamp with time zone
  moving_at timestamp with time zone
  accepted_at timestamp with time zone
  departed_at timestamp with time zone
  arrived_at timestamp with time zone
  ended_at timestamp with time zone
  reason text
  eta_seconds double precision
  switched_at timestamp with time zone
  decision_id bigint
  supervisor_id integer
  supervisor_name text
  idem_key uuid not null
  version integer not null default 1
  constraint assignment_check CHECK ((is_lead = (NOT (line IS DISTINCT FROM 0))))
  constraint assignment_check1 CHECK (((supervisor_id IS NULL) = (supervisor_name IS NULL)))
  constraint assignment_check2 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['completed'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text, 'returned'::text]))))
  constraint assignment_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id)
  constraint assignment_idem_key_key UNIQUE (idem_key)
  constraint assignment_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint assignment_offered_by_fkey FOREIGN KEY (offered_by) REFERENCES person(id)
  constraint assignment_pkey PRIMARY KEY (id)
  constraint assignment_slot_check CHECK (((slot >= 1) AND (slot <= 2)))
  constraint assignment_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'en_route'::text, 'on_scene'::text, 'completed'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text, 'returned'::text])))
  constraint assignment_supervisor_id_fkey FOREIGN KEY (supervisor_id) REFERENCES person(id)
  constraint assignment_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE INDEX assignment_expired ON public.assignment USING btree (ended_at) WHERE (state = 'expired'::text)
  CREATE INDEX assignment_incident ON public.assignment USING btree (incident_id, id)
  CREATE UNIQUE INDEX assignment_one_lead ON public.assignment USING btree (incident_id) WHERE ((ended_at IS NULL) AND is_lead)
  CREATE INDEX assignment_team ON public.assignment USING btree (team_id, id)
  CREATE INDEX assignment_team_accepted ON public.assignment USING btree (team_id, accepted_at) WHERE (accepted_at IS NOT NULL)
  CREATE UNIQUE INDEX assignment_team_once ON public.assignment USING btree (incident_id, team_id) WHERE (ended_at IS NULL)
  CREATE UNIQUE INDEX assignment_team_slot ON public.assignment USING btree (team_id, slot) WHERE (ended_at IS NULL)

table benchmark
  id bigint not null generated always as identity
  matter_code text not null
  party_kind text not null
  level text not null
  least_yuan numeric(12,2) not null
  most_yuan numeric(12,2) not null
  document text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  constraint benchmark_check CHECK ((most_yuan >= least_yuan))
  constraint benchmark_least_yuan_check CHECK ((least_yuan >= (0)::numeric))
  constraint benchmark_matter_code_fkey FOREIGN KEY (matter_code) REFERENCES matter(code)
  constraint benchmark_party_kind_check CHECK ((party_kind = ANY (ARRAY['individual'::text, 'organisation'::text])))
  constraint benchmark_pkey PRIMARY KEY (id)
  CREATE INDEX benchmark_matter ON public.benchmark USING btree (matter_code, party_kind)

table calendar_day
  day date not null
  kind text not null
  name text not null default ''::text
  source text not null
  constraint calendar_day_kind_check CHECK ((kind = ANY (ARRAY['holiday'::text, 'make_up_workday'::text])))
  constraint calendar_day_pkey PRIMARY KEY (day)

table calendar_rule
  id integer not null generated always as identity
  edition_id integer not null
  name text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  weekdays integer[] not null default '{}'::integer[]
  dates date[] not null default '{}'::date[]
  minute_from integer not null default 0
  minute_to integer not null default 1440
  reason text not null
  ordered_by integer
  at timestamp with time zone not null
  constraint calendar_rule_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
  constraint calendar_rule_check1 CHECK ((((minute_from >= 0) AND (minute_from <= 1439)) AND ((minute_to >= 1) AND (minute_to <= 1440)) AND (minute_from < minute_to)))
  constraint calendar_rule_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint calendar_rule_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES person(id)
  constraint calendar_rule_pkey PRIMARY KEY (id)

table cell
  id integer not null generated always as identity
  code text not null
  kind text not null default 'basic'::text
  community_code text
  geom geometry(Geometry,4326) not null
  area_square_metres double precision not null
  population integer not null default 0
  level text
  land_use text
  supersedes integer[] not null default '{}'::integer[]
  synthetic boolean not null
  source text not null default ''::text
  licence text not null default ''::text
  created_at timestamp with time zone not null
  version integer not null default 1
  constraint cell_code_version_key UNIQUE (code, version)
  constraint cell_community_code_fkey FOREIGN KEY (community_code) REFERENCES community(code)
  constraint cell_geom_check CHECK ((NOT st_isempty(geom)))
  constraint cell_kind_check CHECK ((kind = ANY (ARRAY['basic'::text, 'dedicated'::text])))
  constraint cell_level_check CHECK ((level = ANY (ARRAY['A'::text, 'B'::text, 'C'::text])))
  constraint cell_pkey PRIMARY KEY (id)
  CREATE INDEX cell_geom ON public.cell USING gist (geom)

table cell_adjacency
  coverage_id integer not null
  a integer not null
  b integer not null
  shared_metres double precision not null
  barrier text not null default 'none'::text
  constraint cell_adjacency_a_fkey FOREIGN KEY (a) REFERENCES cell(id)
  constraint cell_adjacency_b_fkey FOREIGN KEY (b) REFERENCES cell(id)
  constraint cell_adjacency_barrier_check CHECK ((barrier = ANY (ARRAY['none'::text, 'river'::text, 'rail'::text, 'motorway'::text])))
  constraint cell_adjacency_check CHECK ((a < b))
  constraint cell_adjacency_coverage_id_fkey FOREIGN KEY (coverage_id) REFERENCES coverage(id)
  constraint cell_adjacency_pkey PRIMARY KEY (coverage_id, a, b)

table checklist
  site_type text not null
  version integer not null
  name_zh text not null
  name_en text not null
  items jsonb not null
  created_at timestamp with time zone not null
  created_by integer
  constraint checklist_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint checklist_pkey PRIMARY KEY (site_type, version)
  CREATE TRIGGER checklist_append_only BEFORE DELETE OR UPDATE ON public.checklist FOR EACH ROW EXECUTE FUNCTION refuse_change()

table closure
  id integer not null generated always as identity
  name text not null
  road_ids integer[] not null default '{}'::integer[]
  area geometry(Polygon,4326)
  reason text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  weekdays integer[] not null default '{}'::integer[]
  minute_from integer not null default 0
  minute_to integer not null default 1440
  ordered_by integer
  at timestamp with time zone not null
  constraint closure_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
  constraint closure_check1 CHECK ((((minute_from >= 0) AND (minute_from <= 1439)) AND ((minute_to >= 1) AND (minute_to <= 1440)) AND (minute_from < minute_to)))
  constraint closure_check2 CHECK (((cardinality(road_ids) > 0) OR (area IS NOT NULL)))
  constraint closure_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES person(id)
  constraint closure_pkey PRIMARY KEY (id)
  CREATE TRIGGER closure_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.closure FOR EACH STATEMENT EXECUTE FUNCTION note_revision('roads')

table community
  code text not null
  name text not null
  display_name text not null
  kind text not null
  geom geometry(Geometry,4326)
  constraint community_kind_check CHECK ((kind = ANY (ARRAY['community'::text, 'village'::text])))
  constraint community_pkey PRIMARY KEY (code)

table contact
  person_id integer not null
  contacted_at timestamp with time zone not null
  battery real
  clock_offset_seconds real
  doubt text
  fix_accuracy_metres real
  constraint contact_doubt_check CHECK ((doubt = ANY (ARRAY['mock'::text, 'datum'::text, 'inaccurate'::text])))
  constraint contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint contact_pkey PRIMARY KEY (person_id)

table correction_order
  id bigint not null generated always as identity
  incident_id bigint not null
  number text not null
  text text not null
  basis text not null
  served_at timestamp with time zone not null
  due_at timestamp with time zone not null
  outcome text
  outcome_at timestamp with time zone
  outcome_by integer
  team_id integer
  constraint correction_order_check CHECK ((due_at > served_at))
  constraint correction_order_check1 CHECK (((outcome IS NULL) = (outcome_at IS NULL)))
  constraint correction_order_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint correction_order_number_key UNIQUE (number)
  constraint correction_order_outcome_by_fkey FOREIGN KEY (outcome_by) REFERENCES person(id)
  constraint correction_order_outcome_check CHECK ((outcome = ANY (ARRAY['corrected'::text, 'refused'::text, 'expired'::text])))
  constraint correction_order_pkey PRIMARY KEY (id)
  constraint correction_order_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE INDEX correction_order_incident ON public.correction_order USING btree (incident_id, id)
  CREATE UNIQUE INDEX correction_order_open ON public.correction_order USING btree (incident_id) WHERE (outcome IS NULL)
  CREATE CONSTRAINT TRIGGER correction_order_signed AFTER INSERT ON public.correction_order DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_signed()

table coverage
  id integer not null generated always as identity
  parent_id integer
  note text not null default ''::text
  created_at timestamp with time zone not null
  outline geometry(Geometry,4326)
  constraint coverage_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES coverage(id)
  constraint coverage_pkey PRIMARY KEY (id)

table coverage_cell
  coverage_id integer not null
  cell_id integer not null
  constraint coverage_cell_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint coverage_cell_coverage_id_fkey FOREIGN KEY (coverage_id) REFERENCES coverage(id)
  constraint coverage_cell_pkey PRIMARY KEY (coverage_id, cell_id)

table custody
  id bigint not null generated always as identity
  evidence_id uuid not null
  act text not null
  at timestamp with time zone not null
  person_id integer
  note text not null default ''::text
  constraint custody_act_check CHECK ((act = ANY (ARRAY['captured'::text, 'received'::text, 'original_taken'::text, 'attached'::text, 'verified'::text])))
  constraint custody_evidence_id_fkey FOREIGN KEY (evidence_id) REFERENCES evidence(id)
  constraint custody_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint custody_pkey PRIMARY KEY (id)
  CREATE INDEX custody_evidence ON public.custody USING btree (evidence_id, id)
  CREATE INDEX custody_note ON public.custody USING btree (note) WHERE (note <> ''::text)
  CREATE TRIGGER custody_append_only BEFORE DELETE OR UPDATE ON public.custody FOR EACH ROW EXECUTE FUNCTION refuse_change()

table deadline_request
  id bigint not null generated always as identity
  incident_id bigint not null
  kind text not null
  minutes integer
  reason text not null
  requested_by integer not null
  requested_at timestamp with time zone not null
  decided_by integer
  decided_at timestamp with time zone
  approved boolean
  text text not null default ''::text
  constraint deadline_request_check CHECK (((kind = 'hold'::text) = (minutes IS NOT NULL)))
  constraint deadline_request_check1 CHECK (((decided_at IS NULL) = (approved IS NULL)))
  constraint deadline_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
  constraint deadline_request_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint deadline_request_kind_check CHECK ((kind = ANY (ARRAY['extension'::text, 'hold'::text])))
  constraint deadline_request_minutes_check CHECK ((minutes > 0))
  constraint deadline_request_pkey PRIMARY KEY (id)
  constraint deadline_request_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id)
  CREATE UNIQUE INDEX deadline_request_open ON public.deadline_request USING btree (incident_id, kind) WHERE (decided_at IS NULL)

table decision
  id bigint not null generated always as identity
  incident_id bigint not null
  kind text not null
  at timestamp with time zone not null
  actor_id integer
  policy_hash text not null
  body text not null
  situation text not null
  constraint decision_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES person(id)
  constraint decision_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint decision_pkey PRIMARY KEY (id)
  CREATE INDEX decision_incident ON public.decision USING btree (incident_id, id)
  CREATE TRIGGER decision_append_only BEFORE DELETE OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION refuse_change()

table delivery
  id bigint not null generated always as identity
  webhook_id integer not null
  seq bigint not null
  type text not null
  state text not null
  attempts smallint not null default 0
  made_at timestamp with time zone not null
  tried_at timestamp with time zone
  status integer
  error text
  answer text
  constraint delivery_pkey PRIMARY KEY (id)
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
  constraint delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhook(id)
  constraint delivery_webhook_id_seq_key UNIQUE (webhook_id, seq)

table device
  id integer not null generated always as identity
  person_id integer
  kind text not null
  label text not null
  crs text not null
  gateway_id integer
  unique_id text
  made_at timestamp with time zone not null
  made_by integer
  revoked_at timestamp with time zone
  contacted_at timestamp with time zone
  dropped_at timestamp with time zone
  constraint device_check CHECK (((person_id IS NOT NULL) OR (kind = 'traccar_forward'::text)))
  constraint device_check1 CHECK (((gateway_id IS NULL) = (unique_id IS NULL)))
  constraint device_crs_check CHECK ((crs = ANY (ARRAY['wgs84'::text, 'cgcs2000'::text, 'gcj02'::text, 'bd09'::text, 'bd09mc'::text])))
  constraint device_gateway_id_fkey FOREIGN KEY (gateway_id) REFERENCES device(id)
  constraint device_kind_check CHECK ((kind = ANY (ARRAY['traccar_client'::text, 'owntracks'::text, 'traccar_forward'::text, 'pda'::text])))
  constraint device_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
  constraint device_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint device_pkey PRIMARY KEY (id)
  CREATE INDEX device_person ON public.device USING btree (person_id)
  CREATE UNIQUE INDEX device_tracker ON public.device USING btree (gateway_id, unique_id) WHERE (revoked_at IS NULL)

table device_credential
  secret_hash bytea not null
  device_id integer not null
  made_at timestamp with time zone not null
  unused_until timestamp with time zone not null
  used_at timestamp with time zone
  ends_at timestamp with time zone
  constraint device_credential_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id)
  constraint device_credential_pkey PRIMARY KEY (secret_hash)
  CREATE INDEX device_credential_device ON public.device_credential USING btree (device_id)

table due
  id bigint not null generated always as identity
  kind text not null
  subject text not null
  due_at timestamp with time zone not null
  detail jsonb not null default '{}'::jsonb
  constraint due_pkey PRIMARY KEY (id)
  CREATE INDEX due_kind_at ON public.due USING btree (kind, due_at)
  CREATE UNIQUE INDEX due_kind_subject ON public.due USING btree (kind, subject)

table duty
  id integer not null generated always as identity
  team_id integer not null
  person_id integer not null
  post text not null default 'member'::text
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  covers integer[] not null default '{}'::integer[]
  signed_on_at timestamp with time zone
  signed_off_at timestamp with time zone
  constraint duty_check CHECK ((ends_at > starts_at))
  constraint duty_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint duty_pkey PRIMARY KEY (id)
  constraint duty_post_check CHECK ((post = ANY (ARRAY['leader'::text, 'member'::text, 'driver'::text])))
  constraint duty_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE INDEX duty_person ON public.duty USING btree (person_id, starts_at)
  CREATE UNIQUE INDEX duty_person_on ON public.duty USING btree (person_id) WHERE ((signed_on_at IS NOT NULL) AND (signed_off_at IS NULL))
  CREATE INDEX duty_team ON public.duty USING btree (team_id, starts_at)
  CREATE INDEX duty_team_on ON public.duty USING btree (team_id) WHERE ((signed_on_at IS NOT NULL) AND (signed_off_at IS NULL))
  CREATE TRIGGER duty_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.duty FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table edition
  id integer not null generated always as identity
  coverage_id integer not null
  parent_id integer
  name text not null
  status text not null
  author_id integer
  approved_by integer
  rolls_back_to integer
  content_hash text
  note text not null default ''::text
  created_at timestamp with time zone not null
  based_on integer
  base jsonb
  zone_ids integer[] not null default '{}'::integer[]
  op_seq integer not null default 0
  sole_editor integer
  waivers jsonb not null default '[]'::jsonb
  discarded_at timestamp with time zone
  submitted_at timestamp with time zone
  submitted_by integer
  submitted_replay integer
  review_reason text
  approved_at timestamp with time zone
  constraint edition_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
  constraint edition_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint edition_based_on_fkey FOREIGN KEY (based_on) REFERENCES edition(id)
  constraint edition_check CHECK (((approved_by IS NULL) OR (author_id IS NULL) OR (approved_by <> author_id)))
  constraint edition_coverage_id_fkey FOREIGN KEY (coverage_id) REFERENCES coverage(id)
  constraint edition_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES edition(id)
  constraint edition_pkey PRIMARY KEY (id)
  constraint edition_rolls_back_to_fkey FOREIGN KEY (rolls_back_to) REFERENCES edition(id)
  constraint edition_sole_editor_fkey FOREIGN KEY (sole_editor) REFERENCES person(id)
  constraint edition_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'in_review'::text, 'approved'::text, 'published'::text, 'retired'::text])))
  constraint edition_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES person(id)
  constraint edition_submitted_replay_fkey FOREIGN KEY (submitted_replay) REFERENCES replay(id)
  CREATE TRIGGER edition_four_eyes BEFORE UPDATE OF approved_by ON public.edition FOR EACH ROW EXECUTE FUNCTION edition_four_eyes()
  CREATE TRIGGER edition_step BEFORE UPDATE OF status ON public.edition FOR EACH ROW EXECUTE FUNCTION edition_step_legal()

table edition_announced
  only_row boolean not null default true
  edition_id integer not null
  at timestamp with time zone not null
  constraint edition_announced_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint edition_announced_only_row_check CHECK (only_row)
  constraint edition_announced_pkey PRIMARY KEY (only_row)

table edition_cell
  edition_id integer not null
  cell_id integer not null
  zone_id integer
  constraint edition_cell_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint edition_cell_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint edition_cell_pkey PRIMARY KEY (edition_id, cell_id)
  constraint edition_cell_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(id)
  CREATE TRIGGER edition_cell_frozen BEFORE DELETE OR UPDATE ON public.edition_cell FOR EACH ROW EXECUTE FUNCTION edition_frozen()

table edition_conflict
  edition_id integer not null
  cell_id integer not null
  draft_zone_id integer
  running_zone_id integer
  constraint edition_conflict_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint edition_conflict_draft_zone_id_fkey FOREIGN KEY (draft_zone_id) REFERENCES zone(id)
  constraint edition_conflict_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint edition_conflict_pkey PRIMARY KEY (edition_id, cell_id)
  constraint edition_conflict_running_zone_id_fkey FOREIGN KEY (running_zone_id) REFERENCES zone(id)

table edition_effect
  edition_id integer not null
  during tstzrange not null
  approved_by integer
  reason text not null default ''::text
  at timestamp with time zone
  constraint edition_effect_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
  constraint edition_effect_during_excl EXCLUDE USING gist (during WITH &&)
  constraint edition_effect_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)

table edition_op
  edition_id integer not null
  seq integer not null
  op_id uuid not null
  author_id integer not null
  kind text not null
  body text not null
  at timestamp with time zone not null
  constraint edition_op_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id)
  constraint edition_op_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint edition_op_edition_id_op_id_key UNIQUE (edition_id, op_id)
  constraint edition_op_pkey PRIMARY KEY (edition_id, seq)
  constraint edition_op_seq_check CHECK ((seq > 0))
  CREATE TRIGGER edition_op_append_only BEFORE DELETE OR UPDATE ON public.edition_op FOR EACH ROW EXECUTE FUNCTION refuse_change()

table edition_step
  from_status text not null
  to_status text not null
  constraint edition_step_pkey PRIMARY KEY (from_status, to_status)

table edition_team
  edition_id integer not null
  zone_id integer not null
  team_id integer not null
  rank integer not null default 1
  constraint edition_team_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint edition_team_pkey PRIMARY KEY (edition_id, zone_id, team_id)
  constraint edition_team_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  constraint edition_team_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(id)
  CREATE TRIGGER edition_team_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.edition_team FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table event
  seq bigint not null
  at timestamp with time zone not null
  type text not null
  subject text not null
  body text not null
  prev bytea not null
  hash bytea not null
  constraint event_hash_key UNIQUE (hash)
  constraint event_pkey PRIMARY KEY (seq)
  CREATE INDEX event_at ON public.event USING btree (at)
  CREATE INDEX event_subject ON public.event USING btree (subject, seq)
  CREATE INDEX event_type ON public.event USING btree (type, seq)
  CREATE TRIGGER event_append_only BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change()
  CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

table event_clock
  only_row boolean not null default true
  seq bigint not null
  hash bytea not null
  constraint event_clock_only_row_check CHECK (only_row)
  constraint event_clock_pkey PRIMARY KEY (only_row)

table evidence
  id uuid not null
  incident_id bigint not null
  kind text not null
  photo_kind text
  slot text
  sha256 text not null
  byte_count integer not null
  media_type text not null
  width integer not null
  height integer not null
  has_picture boolean not null
  captured_at timestamp with time zone not null
  device_at timestamp with time zone not null
  received_at timestamp with time zone not null
  device_offset_seconds double precision not null
  point geometry(Point,4326)
  accuracy_metres real
  raw_lng double precision
  raw_lat double precision
  raw_crs text
  captured_by integer not null
  original_id uuid
  constraint evidence_byte_count_check CHECK ((byte_count > 0))
  constraint evidence_captured_by_fkey FOREIGN KEY (captured_by) REFERENCES person(id)
  constraint evidence_check CHECK (((original_id IS NULL) OR (original_id <> id)))
  constraint evidence_height_check CHECK ((height > 0))
  constraint evidence_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint evidence_kind_check CHECK ((kind = ANY (ARRAY['documentary'::text, 'physical'::text, 'audiovisual'::text, 'electronic'::text, 'testimony'::text, 'party_statement'::text, 'appraisal'::text, 'inspection_record'::text])))
  constraint evidence_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/heic'::text])))
  constraint evidence_photo_kind_check CHECK ((photo_kind = ANY (ARRAY['near'::text, 'far'::text, 'reference'::text, 'before'::text, 'after'::text])))
  constraint evidence_pkey PRIMARY KEY (id)
  constraint evidence_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint evidence_width_check CHECK ((width > 0))
  CREATE INDEX evidence_incident ON public.evidence USING btree (incident_id, received_at)
  CREATE TRIGGER evidence_append_only BEFORE DELETE OR UPDATE ON public.evidence FOR EACH ROW EXECUTE FUNCTION refuse_change()

table evidence_skip
  incident_id bigint not null
  slot text not null
  reason text not null
  person_id integer not null
  at timestamp with time zone not null
  constraint evidence_skip_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint evidence_skip_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint evidence_skip_pkey PRIMARY KEY (incident_id, slot)

table file_measure
  id bigint not null generated always as identity
  file_id bigint not null
  kind text not null
  reason text not null
  approved_by integer
  approved_at timestamp with time zone
  began_at timestamp with time zone
  taken_by integer[] not null default '{}'::integer[]
  kept_at text not null default ''::text
  extended_at timestamp with time zone
  ended_at timestamp with time zone
  constraint file_measure_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
  constraint file_measure_check CHECK (((extended_at IS NULL) OR (kind = 'seizure'::text)))
  constraint file_measure_check1 CHECK (((approved_by IS NULL) = (approved_at IS NULL)))
  constraint file_measure_check2 CHECK (((approved_at IS NOT NULL) OR (began_at IS NOT NULL)))
  constraint file_measure_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint file_measure_kind_check CHECK ((kind = ANY (ARRAY['preservation'::text, 'seizure'::text])))
  constraint file_measure_pkey PRIMARY KEY (id)
  CREATE INDEX file_measure_file ON public.file_measure USING btree (file_id, id)
  CREATE UNIQUE INDEX file_measure_open ON public.file_measure USING btree (file_id, kind) WHERE (ended_at IS NULL)
  CREATE TRIGGER file_measure_taken BEFORE INSERT OR UPDATE OF began_at, taken_by ON public.file_measure FOR EACH ROW EXECUTE FUNCTION measure_taken()

table file_period
  file_id bigint not null
  period text not null
  started_at timestamp with time zone not null
  last_date date not null
  ends_at timestamp with time zone not null
  provisional boolean not null
  ended_at timestamp with time zone
  constraint file_period_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint file_period_pkey PRIMARY KEY (file_id, period, started_at)

table file_thing
  id bigint not null generated always as identity
  measure_id bigint not null
  name text not null
  quantity text not null
  state text not null default ''::text
  outcome text
  ended_at timestamp with time zone
  constraint file_thing_check CHECK (((outcome IS NULL) = (ended_at IS NULL)))
  constraint file_thing_measure_id_fkey FOREIGN KEY (measure_id) REFERENCES file_measure(id)
  constraint file_thing_outcome_check CHECK ((outcome = ANY (ARRAY['returned'::text, 'seized'::text, 'confiscated'::text, 'transferred'::text])))
  constraint file_thing_pkey PRIMARY KEY (id)
  CREATE INDEX file_thing_measure ON public.file_thing USING btree (measure_id, id)

table idempotency
  key uuid not null
  person_id integer
  route text not null
  body_hash bytea not null
  answer text
  at timestamp with time zone not null
  constraint idempotency_pkey PRIMARY KEY (key)
  CREATE INDEX idempotency_at ON public.idempotency USING btree (at)

table incident
  id bigint not null generated always as identity
  state text not null
  priority smallint not null
  matter_version_id integer
  text text not null default ''::text
  address text not null default ''::text
  point geometry(Point,4326) not null
  point_metric geometry(Point) not null
  raw_lng double precision not null
  raw_lat double precision not null
  raw_crs text not null
  cell_id integer
  zone_id integer
  edition_id integer
  overlays text[] not null default '{}'::text[]
  doubts text[] not null default '{}'::text[]
  source text not null
  reported_at timestamp with time zone not null
  reported_by integer
  filed_at timestamp with time zone
  clock text
  deadline_start_at timestamp with time zone
  deadline_at timestamp with time zone
  deadline_provisional boolean not null default false
  escalated_share real not null default 0
  clock_run jsonb
  handled_at timestamp with time zone
  handled_by integer
  checked_at timestamp with time zone
  check_failed boolean not null default false
  closed_at timestamp with time zone
  hold_until timestamp with time zone
  held_at timestamp with time zone
  holds smallint not null default 0
  extensions smallint not null default 0
  liability text
  merged_into bigint
  acknowledged_at timestamp with time zone
  acknowledged_by integer
  rounds smallint not null default 0
  cycle smallint not null default 1
  needs jsonb
  version integer not null default 1
  constraint incident_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES person(id)
  constraint incident_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint incident_check CHECK (((merged_into IS NULL) OR (merged_into <> id)))
  constraint incident_check1 CHECK (((state <> 'merged'::text) OR (merged_into IS NOT NULL)))
  constraint incident_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint incident_handled_by_fkey FOREIGN KEY (handled_by) REFERENCES person(id)
  constraint incident_matter_version_id_fkey FOREIGN KEY (matter_version_id) REFERENCES matter_version(id)
  constraint incident_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES incident(id)
  constraint incident_pkey PRIMARY KEY (id)
  constraint incident_priority_check CHECK (((priority >= 1) AND (priority <= 4)))
  constraint incident_reported_by_fkey FOREIGN KEY (reported_by) REFERENCES person(id)
  constraint incident_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(id)
  CREATE INDEX incident_metric ON public.incident USING gist (point_metric)
  CREATE INDEX incident_open ON public.incident USING btree (state) WHERE (state <> ALL (ARRAY['closed'::text, 'rejected'::text, 'merged'::text, 'transferred'::text]))
  CREATE INDEX incident_reported ON public.incident USING btree (reported_at)
  CREATE TRIGGER incident_step BEFORE UPDATE OF state ON public.incident FOR EACH ROW EXECUTE FUNCTION incident_step_legal()

table incident_list
  id integer not null generated always as identity
  name text not null
  sha256 text not null
  from_at timestamp with time zone not null
  to_at timestamp with time zone not null
  incidents integer not null
  synthetic boolean not null
  body text not null
  added_by integer
  at timestamp with time zone not null
  constraint incident_list_added_by_fkey FOREIGN KEY (added_by) REFERENCES person(id)
  constraint incident_list_pkey PRIMARY KEY (id)
  constraint incident_list_sha256_key UNIQUE (sha256)

table incident_step
  from_state text not null
  to_state text not null
  constraint incident_step_pkey PRIMARY KEY (from_state, to_state)

table inquiry_notice
  file_id bigint not null
  number text not null
  token_hash bytea not null
  place text not null
  found_at timestamp with time zone not null
  posted_at timestamp with time zone not null
  due_at timestamp with time zone not null
  photos uuid[] not null
  posted_by integer[] not null
  public_note text not null default ''::text
  constraint inquiry_notice_check CHECK ((due_at > posted_at))
  constraint inquiry_notice_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint inquiry_notice_number_key UNIQUE (number)
  constraint inquiry_notice_photos_check CHECK ((cardinality(photos) >= 3))
  constraint inquiry_notice_pkey PRIMARY KEY (file_id)
  constraint inquiry_notice_token_hash_key UNIQUE (token_hash)

table joint_operation
  id bigint not null generated always as identity
  title text not null
  initiator text not null
  participants text[] not null
  ground text not null
  plan text not null
  objects jsonb not null default '[]'::jsonb
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  incident_id bigint
  team_ids integer[] not null default '{}'::integer[]
  planned_by integer not null
  planned_at timestamp with time zone not null
  results jsonb
  ended_at timestamp with time zone
  constraint joint_operation_check CHECK ((ends_at > starts_at))
  constraint joint_operation_check1 CHECK (((results IS NULL) = (ended_at IS NULL)))
  constraint joint_operation_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint joint_operation_participants_check CHECK ((cardinality(participants) >= 1))
  constraint joint_operation_pkey PRIMARY KEY (id)
  constraint joint_operation_planned_by_fkey FOREIGN KEY (planned_by) REFERENCES person(id)
  CREATE INDEX joint_operation_coming ON public.joint_operation USING btree (ends_at) WHERE (ended_at IS NULL)

table licence
  id integer not null generated always as identity
  person_id integer not null
  number text not null
  fields text[] not null default '{}'::text[]
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone not null
  revoked_at timestamp with time zone
  constraint licence_number_key UNIQUE (number)
  constraint licence_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint licence_pkey PRIMARY KEY (id)
  CREATE INDEX licence_person ON public.licence USING btree (person_id)
  CREATE TRIGGER licence_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.licence FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table login
  token_hash bytea not null
  id uuid not null
  person_id integer not null
  created_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  constraint login_id_key UNIQUE (id)
  constraint login_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint login_pkey PRIMARY KEY (token_hash)
  CREATE INDEX login_person ON public.login USING btree (person_id)

table matter
  code text not null
  name_zh text not null
  name_en text not null
  field text not null
  constraint matter_pkey PRIMARY KEY (code)
  CREATE TRIGGER matter_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.matter FOR EACH STATEMENT EXECUTE FUNCTION note_revision('matters')

table matter_version
  id integer not null generated always as identity
  matter_code text not null
  version integer not null
  holder text not null
  status text not null
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  document text not null default ''::text
  priority smallint not null
  clock text
  clock_amount double precision
  skills text[] not null default '{}'::text[]
  kit text[] not null default '{}'::text[]
  overlays text[] not null default '{}'::text[]
  body jsonb not null
  constraint matter_version_clock_check CHECK ((clock = ANY (ARRAY['urgent_hour'::text, 'work_hour'::text, 'work_day'::text, 'natural_day'::text])))
  constraint matter_version_matter_code_fkey FOREIGN KEY (matter_code) REFERENCES matter(code)
  constraint matter_version_matter_code_version_key UNIQUE (matter_code, version)
  constraint matter_version_pkey PRIMARY KEY (id)
  constraint matter_version_priority_check CHECK (((priority >= 1) AND (priority <= 4)))
  constraint matter_version_status_check CHECK ((status = ANY (ARRAY['delegated'::text, 'recalled'::text, 'never_delegated'::text])))
  CREATE TRIGGER matter_version_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.matter_version FOR EACH STATEMENT EXECUTE FUNCTION note_revision('matters')

table migration
  number integer not null
  file text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (number)

table offer_loop
  incident_id bigint not null
  going text not null
  phase text not null
  state text not null
  started_by integer
  constraint offer_loop_going_check CHECK ((going = ANY (ARRAY['auto'::text, 'person'::text, 'stopped'::text])))
  constraint offer_loop_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint offer_loop_pkey PRIMARY KEY (incident_id)
  constraint offer_loop_started_by_fkey FOREIGN KEY (started_by) REFERENCES person(id)

table officer_latest
  person_id integer not null
  team_id integer
  point geometry(Point,4326) not null
  fix_at timestamp with time zone not null
  received_at timestamp with time zone not null
  accuracy_metres real
  speed_metres_per_second real
  heading_degrees real
  battery real
  source text not null
  raw_lng double precision
  raw_lat double precision
  raw_crs text
  constraint officer_latest_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint officer_latest_pkey PRIMARY KEY (person_id)
  constraint officer_latest_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE INDEX officer_latest_team ON public.officer_latest USING btree (team_id)

table overdue_appeal
  incident_id bigint not null
  text text not null
  submitted_by integer not null
  submitted_at timestamp with time zone not null
  answer_by timestamp with time zone not null
  first_review jsonb
  second_review jsonb
  result text
  escalated_at timestamp with time zone
  constraint overdue_appeal_check CHECK (((second_review IS NULL) OR (first_review IS NOT NULL)))
  constraint overdue_appeal_check1 CHECK (((result IS NOT NULL) = ((second_review IS NOT NULL) OR (((first_review ->> 'approved'::text))::boolean IS FALSE))))
  constraint overdue_appeal_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint overdue_appeal_pkey PRIMARY KEY (incident_id)
  constraint overdue_appeal_result_check CHECK ((result = ANY (ARRAY['approved'::text, 'refused'::text])))
  constraint overdue_appeal_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES person(id)

table overlay
  id integer not null generated always as identity
  kind text not null
  name text not null
  legal_basis text not null default ''::text
  geom geometry(Geometry,4326) not null
  months integer[] not null default '{}'::integer[]
  hour_from integer not null default 0
  hour_to integer not null default 24
  valid_from timestamp with time zone not null
  valid_to timestamp with time zone
  synthetic boolean not null
  source text not null default ''::text
  constraint overlay_pkey PRIMARY KEY (id)
  CREATE INDEX overlay_geom ON public."overlay" USING gist (geom)

table paper
  id uuid not null
  kind text not null
  number text
  incident_id bigint not null
  file_id bigint
  template_id bigint not null
  fields bytea not null
  made_at timestamp with time zone not null
  made_by integer
  pdf bytea
  pdf_sha256 text
  constraint paper_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint paper_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint paper_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
  constraint paper_pdf_sha256_check CHECK ((pdf_sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint paper_pkey PRIMARY KEY (id)
  constraint paper_template_id_fkey FOREIGN KEY (template_id) REFERENCES paper_template(id)
  CREATE INDEX paper_file ON public.paper USING btree (file_id, made_at)
  CREATE INDEX paper_incident ON public.paper USING btree (incident_id, made_at)
  CREATE TRIGGER paper_kept BEFORE DELETE OR UPDATE ON public.paper FOR EACH ROW EXECUTE FUNCTION paper_kept()

table paper_block
  id bigint not null generated always as identity
  kind text not null
  year integer not null
  first integer not null
  last integer not null
  device text not null
  person_id integer
  taken_at timestamp with time zone not null
  constraint paper_block_check CHECK ((last >= first))
  constraint paper_block_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint paper_block_pkey PRIMARY KEY (id)

table paper_number
  kind text not null
  year integer not null
  n integer not null
  block_id bigint not null
  number text not null
  token_hash bytea
  state text not null default 'free'::text
  subject text
  ended_at timestamp with time zone
  void_reason text
  void_by integer
  constraint paper_number_block_id_fkey FOREIGN KEY (block_id) REFERENCES paper_block(id)
  constraint paper_number_check CHECK (((state = 'used'::text) = (subject IS NOT NULL)))
  constraint paper_number_check1 CHECK (((state = 'void'::text) = (void_reason IS NOT NULL)))
  constraint paper_number_number_key UNIQUE (number)
  constraint paper_number_pkey PRIMARY KEY (kind, year, n)
  constraint paper_number_state_check CHECK ((state = ANY (ARRAY['free'::text, 'used'::text, 'void'::text])))
  constraint paper_number_token_hash_key UNIQUE (token_hash)
  constraint paper_number_void_by_fkey FOREIGN KEY (void_by) REFERENCES person(id)
  CREATE TRIGGER paper_number_once BEFORE DELETE OR UPDATE ON public.paper_number FOR EACH ROW EXECUTE FUNCTION number_kept()

table paper_series
  kind text not null
  year integer not null
  next integer not null default 1
  constraint paper_series_next_check CHECK ((next >= 1))
  constraint paper_series_pkey PRIMARY KEY (kind, year)

table paper_template
  id bigint not null generated always as identity
  kind text not null
  version integer not null
  body text not null
  note text not null
  created_at timestamp with time zone not null
  created_by integer
  constraint paper_template_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
  constraint paper_template_kind_version_key UNIQUE (kind, version)
  constraint paper_template_pkey PRIMARY KEY (id)
  CREATE TRIGGER template_append_only BEFORE DELETE OR UPDATE ON public.paper_template FOR EACH ROW EXECUTE FUNCTION refuse_change()

table party
  id bigint not null generated always as identity
  kind text not null
  sealed bytea not null
  id_mark text
  plate_mark text
  created_at timestamp with time zone not null
  constraint party_kind_check CHECK ((kind = ANY (ARRAY['individual'::text, 'organisation'::text])))
  constraint party_pkey PRIMARY KEY (id)
  CREATE INDEX party_id_mark ON public.party USING btree (id_mark) WHERE (id_mark IS NOT NULL)
  CREATE INDEX party_plate_mark ON public.party USING btree (plate_mark) WHERE (plate_mark IS NOT NULL)

table password
  person_id integer not null
  hash text not null
  changed_at timestamp with time zone not null
  constraint password_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint password_pkey PRIMARY KEY (person_id)

table patrol
  id bigint not null generated always as identity
  team_id integer
  person_id integer not null
  started_at timestamp with time zone not null
  ended_at timestamp with time zone
  constraint patrol_check CHECK ((ended_at >= started_at))
  constraint patrol_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint patrol_pkey PRIMARY KEY (id)
  constraint patrol_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE UNIQUE INDEX patrol_running ON public.patrol USING btree (person_id) WHERE (ended_at IS NULL)
  CREATE INDEX patrol_started ON public.patrol USING btree (started_at)

table patrol_answer
  visit_id bigint not null
  item text not null
  answer text not null
  note text not null default ''::text
  incident_id bigint
  constraint patrol_answer_answer_check CHECK ((answer = ANY (ARRAY['ok'::text, 'fault'::text, 'not_applicable'::text])))
  constraint patrol_answer_check CHECK (((answer = 'fault'::text) OR (incident_id IS NULL)))
  constraint patrol_answer_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint patrol_answer_pkey PRIMARY KEY (visit_id, item)
  constraint patrol_answer_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES patrol_visit(id)
  CREATE INDEX patrol_answer_incident ON public.patrol_answer USING btree (incident_id) WHERE (incident_id IS NOT NULL)

table patrol_cell
  patrol_id bigint not null
  cell_id integer not null
  visited_at timestamp with time zone
  constraint patrol_cell_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint patrol_cell_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES patrol(id)
  constraint patrol_cell_pkey PRIMARY KEY (patrol_id, cell_id)

table patrol_visit
  id bigint not null generated always as identity
  patrol_id bigint not null
  site_type text not null
  checklist_version integer not null
  site_name text not null
  point geometry(Point,4326) not null
  cell_id integer
  at timestamp with time zone not null
  constraint patrol_visit_cell_id_fkey FOREIGN KEY (cell_id) REFERENCES cell(id)
  constraint patrol_visit_patrol_id_fkey FOREIGN KEY (patrol_id) REFERENCES patrol(id)
  constraint patrol_visit_pkey PRIMARY KEY (id)
  constraint patrol_visit_site_type_checklist_version_fkey FOREIGN KEY (site_type, checklist_version) REFERENCES checklist(site_type, version)
  CREATE INDEX patrol_visit_patrol ON public.patrol_visit USING btree (patrol_id, id)
  CREATE INDEX patrol_visit_site ON public.patrol_visit USING btree (site_type, site_name, id)

table payment
  id bigint not null generated always as identity
  decision_id bigint not null
  channel text not null
  amount_yuan numeric(12,2) not null
  receipt_number text not null
  cash_ground text
  paid_at timestamp with time zone not null
  recorded_by integer not null
  handed_in_at timestamp with time zone
  handed_in_by integer
  banked_at timestamp with time zone
  bank_slip text
  constraint payment_amount_yuan_check CHECK ((amount_yuan > (0)::numeric))
  constraint payment_cash_ground_check CHECK ((cash_ground = ANY (ARRAY['small'::text, 'hard_to_collect'::text, 'remote_requested'::text])))
  constraint payment_channel_check CHECK ((channel = ANY (ARRAY['bank'::text, 'electronic'::text, 'cash_on_spot'::text])))
  constraint payment_channel_receipt_number_key UNIQUE (channel, receipt_number)
  constraint payment_check CHECK (((handed_in_at IS NULL) OR (channel = 'cash_on_spot'::text)))
  constraint payment_check1 CHECK (((handed_in_at IS NULL) = (handed_in_by IS NULL)))
  constraint payment_check2 CHECK (((banked_at IS NULL) OR (handed_in_at IS NOT NULL)))
  constraint payment_check3 CHECK (((banked_at IS NULL) = (bank_slip IS NULL)))
  constraint payment_check4 CHECK (((channel = 'cash_on_spot'::text) = (cash_ground IS NOT NULL)))
  constraint payment_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES penalty_decision(id)
  constraint payment_handed_in_by_fkey FOREIGN KEY (handed_in_by) REFERENCES person(id)
  constraint payment_pkey PRIMARY KEY (id)
  constraint payment_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)

table penalty_decision
  id bigint not null generated always as identity
  file_id bigint not null
  number text not null
  procedure text not null
  party_kind text not null
  kind text not null
  amount_yuan numeric(12,2)
  law_least_yuan numeric(12,2)
  law_most_yuan numeric(12,2)
  benchmark_least_yuan numeric(12,2)
  benchmark_most_yuan numeric(12,2)
  gains_yuan numeric(12,2)
  thing_ids bigint[] not null default '{}'::bigint[]
  stop_business text
  text text not null
  decided_at timestamp with time zone not null
  received_at timestamp with time zone not null
  decided_by integer not null
  revoked_at timestamp with time zone
  constraint penalty_decision_check CHECK (((kind = 'fine'::text) = (amount_yuan IS NOT NULL)))
  constraint penalty_decision_check1 CHECK (((amount_yuan IS NULL) OR ((amount_yuan > (0)::numeric) AND (law_least_yuan IS NOT NULL) AND (law_most_yuan IS NOT NULL))))
  constraint penalty_decision_check2 CHECK (((amount_yuan IS NULL) OR ((amount_yuan >= law_least_yuan) AND (amount_yuan <= law_most_yuan))))
  constraint penalty_decision_check3 CHECK (((amount_yuan IS NULL) OR (benchmark_least_yuan IS NULL) OR ((amount_yuan >= benchmark_least_yuan) AND (amount_yuan <= benchmark_most_yuan))))
  constraint penalty_decision_check4 CHECK (((procedure <> 'simple'::text) OR (amount_yuan IS NULL) OR (amount_yuan <= (
CASE party_kind
    WHEN 'individual'::text THEN 200
    ELSE 3000
END)::numeric)))
  constraint penalty_decision_check5 CHECK (((procedure <> 'simple'::text) OR ((gains_yuan IS NULL) AND (thing_ids = '{}'::bigint[]) AND (stop_business IS NULL))))
  constraint penalty_decision_check6 CHECK ((decided_at <= received_at))
  constraint penalty_decision_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES person(id)
  constraint penalty_decision_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint penalty_decision_file_id_key UNIQUE (file_id)
  constraint penalty_decision_gains_yuan_check CHECK ((gains_yuan >= (0)::numeric))
  constraint penalty_decision_kind_check CHECK ((kind = ANY (ARRAY['warning'::text, 'fine'::text])))
  constraint penalty_decision_number_key UNIQUE (number)
  constraint penalty_decision_party_kind_check CHECK ((party_kind = ANY (ARRAY['individual'::text, 'organisation'::text])))
  constraint penalty_decision_pkey PRIMARY KEY (id)
  constraint penalty_decision_procedure_check CHECK ((procedure = ANY (ARRAY['simple'::text, 'ordinary'::text])))
  CREATE TRIGGER penalty_decision_kept BEFORE DELETE OR UPDATE ON public.penalty_decision FOR EACH ROW EXECUTE FUNCTION decision_kept()
  CREATE CONSTRAINT TRIGGER penalty_decision_signed AFTER INSERT ON public.penalty_decision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION decision_signed()

table penalty_file
  id bigint not null generated always as identity
  incident_id bigint not null
  procedure text not null
  state text not null
  matter_code text not null
  version_at_act integer not null
  version_at_decision integer
  law_applied text
  party_id bigint
  act_at timestamp with time zone not null
  opened_at timestamp with time zone not null
  officers integer[] not null default '{}'::integer[]
  circumstances jsonb not null
  progress jsonb not null default '{}'::jsonb
  statement bytea
  version integer not null default 1
  constraint penalty_file_check CHECK (((state <> ALL (ARRAY['decided'::text, 'served'::text, 'enforcing'::text, 'revoked'::text])) OR (version_at_decision IS NOT NULL)))
  constraint penalty_file_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint penalty_file_law_applied_check CHECK ((law_applied = ANY (ARRAY['act'::text, 'decision'::text])))
  constraint penalty_file_matter_code_fkey FOREIGN KEY (matter_code) REFERENCES matter(code)
  constraint penalty_file_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id)
  constraint penalty_file_pkey PRIMARY KEY (id)
  constraint penalty_file_procedure_check CHECK ((procedure = ANY (ARRAY['notice'::text, 'simple'::text, 'ordinary'::text])))
  constraint penalty_file_version_at_act_fkey FOREIGN KEY (version_at_act) REFERENCES matter_version(id)
  constraint penalty_file_version_at_decision_fkey FOREIGN KEY (version_at_decision) REFERENCES matter_version(id)
  CREATE INDEX penalty_file_incident ON public.penalty_file USING btree (incident_id, id)
  CREATE TRIGGER penalty_step BEFORE UPDATE OF state ON public.penalty_file FOR EACH ROW EXECUTE FUNCTION penalty_step_legal()

table penalty_minutes
  file_id bigint not null
  minutes bytea not null
  at timestamp with time zone not null
  by integer not null
  constraint penalty_minutes_by_fkey FOREIGN KEY (by) REFERENCES person(id)
  constraint penalty_minutes_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint penalty_minutes_pkey PRIMARY KEY (file_id)
  CREATE TRIGGER minutes_append_only BEFORE DELETE OR UPDATE ON public.penalty_minutes FOR EACH ROW EXECUTE FUNCTION refuse_change()

table penalty_proposal
  file_id bigint not null
  kind text not null
  amount_yuan numeric(12,2)
  level text
  gains_yuan numeric(12,2)
  thing_ids bigint[] not null default '{}'::bigint[]
  stop_business text
  constraint penalty_proposal_amount_yuan_check CHECK ((amount_yuan > (0)::numeric))
  constraint penalty_proposal_check CHECK (((kind = 'fine'::text) = (amount_yuan IS NOT NULL)))
  constraint penalty_proposal_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint penalty_proposal_gains_yuan_check CHECK ((gains_yuan >= (0)::numeric))
  constraint penalty_proposal_kind_check CHECK ((kind = ANY (ARRAY['warning'::text, 'fine'::text])))
  constraint penalty_proposal_pkey PRIMARY KEY (file_id)

table penalty_remedy
  id bigint not null generated always as identity
  file_id bigint not null
  remedy text not null
  started_at timestamp with time zone not null
  ended_at timestamp with time zone
  recorded_by integer not null
  constraint penalty_remedy_check CHECK ((ended_at >= started_at))
  constraint penalty_remedy_file_id_fkey FOREIGN KEY (file_id) REFERENCES penalty_file(id)
  constraint penalty_remedy_pkey PRIMARY KEY (id)
  constraint penalty_remedy_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
  constraint penalty_remedy_remedy_check CHECK ((remedy = ANY (ARRAY['review'::text, 'lawsuit'::text])))
  CREATE UNIQUE INDEX penalty_remedy_open ON public.penalty_remedy USING btree (file_id, remedy) WHERE (ended_at IS NULL)

table penalty_signature
  id bigint not null generated always as identity
  subject text not null
  purpose text not null
  person_id integer
  image bytea
  refusal_note text
  taken_by integer not null
  at timestamp with time zone not null
  constraint penalty_signature_check CHECK (((person_id IS NOT NULL) OR (image IS NOT NULL) OR (refusal_note IS NOT NULL)))
  constraint penalty_signature_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint penalty_signature_pkey PRIMARY KEY (id)
  constraint penalty_signature_purpose_check CHECK ((purpose = ANY (ARRAY['order'::text, 'rights'::text, 'statement'::text, 'decision'::text, 'service'::text, 'demand'::text, 'things'::text, 'release'::text])))
  constraint penalty_signature_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES person(id)
  CREATE UNIQUE INDEX penalty_signature_once ON public.penalty_signature USING btree (subject, purpose, person_id) WHERE (person_id IS NOT NULL)
  CREATE UNIQUE INDEX penalty_signature_party ON public.penalty_signature USING btree (subject, purpose) WHERE (person_id IS NULL)
  CREATE TRIGGER signature_append_only BEFORE DELETE OR UPDATE ON public.penalty_signature FOR EACH ROW EXECUTE FUNCTION refuse_change()

table penalty_step
  from_state text not null
  to_state text not null
  constraint penalty_step_pkey PRIMARY KEY (from_state, to_state)

table person
  id integer not null generated always as identity
  name text not null
  display_name text not null
  role text not null
  active boolean not null default true
  phone text
  created_at timestamp with time zone not null
  constraint person_name_key UNIQUE (name)
  constraint person_pkey PRIMARY KEY (id)
  constraint person_role_check CHECK ((role = ANY (ARRAY['dispatcher'::text, 'leader'::text, 'officer'::text, 'auxiliary'::text, 'gridWorker'::text, 'planner'::text, 'head'::text, 'legalReviewer'::text, 'auditor'::text, 'administrator'::text])))
  CREATE TRIGGER person_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.person FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table place
  id integer not null generated always as identity
  kind text not null
  name text not null
  point geometry(Point,4326) not null
  default_coordinate boolean not null default false
  constraint place_pkey PRIMARY KEY (id)

table policy
  version integer not null generated always as identity
  body text not null
  hash text not null
  effective_at timestamp with time zone not null
  reason text not null
  proposed_by integer not null
  proposed_at timestamp with time zone not null
  approved_by integer
  approved_at timestamp with time zone
  withdrawn_by integer
  withdrawn_at timestamp with time zone
  constraint policy_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES person(id)
  constraint policy_check CHECK (((approved_by IS NULL) = (approved_at IS NULL)))
  constraint policy_check1 CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL)))
  constraint policy_check2 CHECK ((approved_by <> proposed_by))
  constraint policy_pkey PRIMARY KEY (version)
  constraint policy_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
  constraint policy_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
  CREATE INDEX policy_effective ON public.policy USING btree (effective_at) WHERE ((approved_at IS NOT NULL) AND (withdrawn_at IS NULL))

table position partition by RANGE (fixed_at)
  person_id integer not null
  fixed_at timestamp with time zone not null
  received_at timestamp with time zone not null
  team_id integer
  lng double precision
  lat double precision
  accuracy_metres real
  speed_metres_per_second real
  heading_degrees real
  source text not null
  marks text[] not null default '{}'::text[]
  raw_lng double precision
  raw_lat double precision
  raw_crs text
  constraint position_pkey PRIMARY KEY (person_id, fixed_at)

table position_other partition of "position" DEFAULT
  person_id integer not null
  fixed_at timestamp with time zone not null
  received_at timestamp with time zone not null
  team_id integer
  lng double precision
  lat double precision
  accuracy_metres real
  speed_metres_per_second real
  heading_degrees real
  source text not null
  marks text[] not null default '{}'::text[]
  raw_lng double precision
  raw_lat double precision
  raw_crs text
  constraint position_other_pkey PRIMARY KEY (person_id, fixed_at)

table proposal
  id bigint not null generated always as identity
  kind text not null
  incident_id bigint not null
  assignment_id bigint
  from_team_id integer
  to_team_id integer not null
  gain_seconds double precision
  eta_seconds double precision
  other_incident_id bigint
  other_eta_seconds double precision
  changes jsonb not null default '[]'::jsonb
  made_at timestamp with time zone not null
  ended_at timestamp with time zone
  outcome text
  ended_by integer
  constraint proposal_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignment(id)
  constraint proposal_check CHECK (((ended_at IS NULL) = (outcome IS NULL)))
  constraint proposal_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES person(id)
  constraint proposal_from_team_id_fkey FOREIGN KEY (from_team_id) REFERENCES team(id)
  constraint proposal_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint proposal_kind_check CHECK ((kind = ANY (ARRAY['swap'::text, 'preempt'::text, 'give'::text, 'combine'::text])))
  constraint proposal_other_incident_id_fkey FOREIGN KEY (other_incident_id) REFERENCES incident(id)
  constraint proposal_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'kept'::text, 'lapsed'::text])))
  constraint proposal_pkey PRIMARY KEY (id)
  constraint proposal_to_team_id_fkey FOREIGN KEY (to_team_id) REFERENCES team(id)
  CREATE INDEX proposal_assignment ON public.proposal USING btree (assignment_id)
  CREATE UNIQUE INDEX proposal_open ON public.proposal USING btree (incident_id, to_team_id) WHERE (ended_at IS NULL)

table push_ladder
  assignment_id bigint not null
  step smallint not null
  alarmed boolean not null default false
  ended boolean not null default false
  constraint push_ladder_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignment(id)
  constraint push_ladder_pkey PRIMARY KEY (assignment_id)
  CREATE INDEX push_ladder_open ON public.push_ladder USING btree (assignment_id) WHERE (NOT ended)

table push_subscription
  id integer not null generated always as identity
  person_id integer not null
  endpoint text not null
  p256dh text not null
  auth bytea not null
  made_at timestamp with time zone not null
  constraint push_subscription_endpoint_key UNIQUE (endpoint)
  constraint push_subscription_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint push_subscription_pkey PRIMARY KEY (id)
  CREATE INDEX push_subscription_person ON public.push_subscription USING btree (person_id)

table recusal
  person_id integer not null
  incident_id bigint not null
  reason text not null
  at timestamp with time zone not null
  constraint recusal_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint recusal_pkey PRIMARY KEY (person_id, incident_id)
  CREATE TRIGGER recusal_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.recusal FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table replay
  id integer not null generated always as identity
  edition_id integer not null
  content_hash text not null
  request text not null
  state text not null
  refused text
  calibration text
  report text
  progress real not null default 0
  claimed_at timestamp with time zone
  made_by integer
  at timestamp with time zone not null
  done_at timestamp with time zone
  constraint replay_check CHECK (((state = 'running'::text) = (done_at IS NULL)))
  constraint replay_check1 CHECK (((state <> 'done'::text) OR (report IS NOT NULL)))
  constraint replay_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition(id)
  constraint replay_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
  constraint replay_pkey PRIMARY KEY (id)
  constraint replay_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'refused'::text, 'failed'::text])))
  CREATE INDEX replay_edition ON public.replay USING btree (edition_id, id)

table report
  id bigint not null generated always as identity
  incident_id bigint not null
  source text not null
  reporter_name text
  reporter_phone text
  text text not null default ''::text
  external_id text
  received_at timestamp with time zone not null
  constraint report_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint report_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX report_external ON public.report USING btree (source, external_id) WHERE (external_id IS NOT NULL)
  CREATE INDEX report_incident ON public.report USING btree (incident_id)

table revision
  name text not null
  number bigint not null
  constraint revision_pkey PRIMARY KEY (name)

table road
  id integer not null
  source integer not null
  target integer not null
  class text not null
  name text
  kmh double precision not null
  length_metres double precision not null
  one_way boolean not null default false
  bridge boolean not null default false
  geom geometry(LineString,4326) not null
  constraint road_kmh_check CHECK ((kmh > (0)::double precision))
  constraint road_length_metres_check CHECK ((length_metres >= (0)::double precision))
  constraint road_pkey PRIMARY KEY (id)
  constraint road_source_fkey FOREIGN KEY (source) REFERENCES road_node(id)
  constraint road_target_fkey FOREIGN KEY (target) REFERENCES road_node(id)
  CREATE INDEX road_geom ON public.road USING gist (geom)
  CREATE TRIGGER road_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.road FOR EACH STATEMENT EXECUTE FUNCTION note_revision('roads')

table road_node
  id integer not null
  lng double precision not null
  lat double precision not null
  constraint road_node_pkey PRIMARY KEY (id)
  CREATE TRIGGER road_node_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.road_node FOR EACH STATEMENT EXECUTE FUNCTION note_revision('roads')

table robot
  id integer not null generated always as identity
  name text not null
  kind text not null
  host text not null
  address bytea not null
  secret bytea
  team_id integer
  made_at timestamp with time zone not null
  removed_at timestamp with time zone
  constraint robot_kind_check CHECK ((kind = ANY (ARRAY['dingtalk'::text, 'wecom'::text])))
  constraint robot_pkey PRIMARY KEY (id)
  constraint robot_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)

table setting
  name text not null
  value jsonb not null
  changed_at timestamp with time zone not null
  constraint setting_pkey PRIMARY KEY (name)

table skill
  person_id integer not null
  skill text not null
  constraint skill_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint skill_pkey PRIMARY KEY (person_id, skill)
  CREATE TRIGGER skill_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.skill FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table team
  id integer not null generated always as identity
  code text not null
  name text not null
  home geometry(Point,4326)
  capacity smallint not null default 1
  free_slots smallint[] not null default '{1}'::smallint[]
  on_duty boolean not null default false
  unavailable_reason text
  unavailable_until timestamp with time zone
  status_since timestamp with time zone not null
  switched_at timestamp with time zone
  version integer not null default 1
  constraint team_capacity_check CHECK (((capacity >= 1) AND (capacity <= 2)))
  constraint team_check CHECK ((cardinality(free_slots) <= capacity))
  constraint team_code_key UNIQUE (code)
  constraint team_pkey PRIMARY KEY (id)

table team_kit
  team_id integer not null
  kit text not null
  serviceable boolean not null default true
  constraint team_kit_pkey PRIMARY KEY (team_id, kit)
  constraint team_kit_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE TRIGGER team_kit_revision AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.team_kit FOR EACH STATEMENT EXECUTE FUNCTION note_revision('crews')

table team_latest
  team_id integer not null
  person_id integer not null
  point geometry(Point,4326) not null
  point_metric geometry(Point) not null
  fix_at timestamp with time zone not null
  received_at timestamp with time zone not null
  accuracy_metres real
  speed_metres_per_second real
  heading_degrees real
  battery real
  source text not null
  catching_up boolean not null default false
  constraint team_latest_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint team_latest_pkey PRIMARY KEY (team_id)
  constraint team_latest_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
  CREATE INDEX team_latest_metric ON public.team_latest USING gist (point_metric)

table terrain
  id integer not null generated always as identity
  kind text not null
  name text not null
  geom geometry(Geometry,4326) not null
  barrier boolean not null default false
  synthetic boolean not null
  constraint terrain_kind_check CHECK ((kind = ANY (ARRAY['river'::text, 'moat'::text, 'lake'::text, 'motorway'::text, 'rail'::text])))
  constraint terrain_pkey PRIMARY KEY (id)

table town
  only_row boolean not null default true
  code text not null
  name text not null
  outline geometry(Geometry,4326) not null
  centre geometry(Point,4326) not null
  metric_srid integer not null
  population integer
  synthetic boolean not null
  attributions text[] not null default '{}'::text[]
  imported_at timestamp with time zone not null
  constraint town_only_row_check CHECK (only_row)
  constraint town_pkey PRIMARY KEY (only_row)

table transfer
  id bigint not null generated always as identity
  incident_id bigint not null
  to_organ text not null
  reason text not null
  ground text not null
  receipt text not null
  receipt_evidence_id uuid
  at timestamp with time zone not null
  by integer not null
  constraint transfer_by_fkey FOREIGN KEY (by) REFERENCES person(id)
  constraint transfer_ground_check CHECK ((ground = ANY (ARRAY['out_of_list'::text, 'matter_recalled'::text, 'suspected_crime'::text, 'other_organ'::text])))
  constraint transfer_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint transfer_pkey PRIMARY KEY (id)
  constraint transfer_receipt_evidence_id_fkey FOREIGN KEY (receipt_evidence_id) REFERENCES evidence(id)

table verification
  id bigint not null generated always as identity
  incident_id bigint not null
  result text not null
  photos integer not null
  text text not null
  person_id integer not null
  at timestamp with time zone not null
  constraint verification_check CHECK (((result <> 'not_exists'::text) OR (photos > 0)))
  constraint verification_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
  constraint verification_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
  constraint verification_pkey PRIMARY KEY (id)
  constraint verification_result_check CHECK ((result = ANY (ARRAY['exists'::text, 'not_exists'::text, 'unclear'::text])))
  CREATE INDEX verification_incident ON public.verification USING btree (incident_id, id)

table watch
  assignment_id bigint not null
  state jsonb not null
  asked_at timestamp with time zone
  answer jsonb
  answers smallint not null default 0
  constraint watch_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignment(id)
  constraint watch_pkey PRIMARY KEY (assignment_id)

table webhook
  id integer not null generated always as identity
  name text not null
  address text not null
  types text[] not null
  secret bytea not null
  old_secret bytea
  old_secret_until timestamp with time zone
  active boolean not null default true
  disabled_reason text
  cursor bigint not null
  held_until timestamp with time zone
  made_at timestamp with time zone not null
  made_by integer
  constraint webhook_made_by_fkey FOREIGN KEY (made_by) REFERENCES person(id)
  constraint webhook_pkey PRIMARY KEY (id)

table zone
  id integer not null generated always as identity
  number integer not null
  name text not null
  code14 text not null default ''::text
  constraint zone_number_key UNIQUE (number)
  constraint zone_pkey PRIMARY KEY (id)

CREATE OR REPLACE FUNCTION public.append_facts(instant timestamp with time zone, facts json)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION public.applies_at(instant timestamp with time zone, valid_from timestamp with time zone, valid_to timestamp with time zone, weekdays integer[], dates date[], minute_from integer, minute_to integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select valid_from <= instant and (valid_to is null or valid_to > instant)
    and (cardinality(weekdays) = 0 or extract(isodow from instant at time zone 'Asia/Shanghai')::int = any (weekdays))
    and (cardinality(dates) = 0 or (instant at time zone 'Asia/Shanghai')::date = any (dates))
    and extract(hour from instant at time zone 'Asia/Shanghai') * 60 + extract(minute from instant at time zone 'Asia/Shanghai') >= minute_from
    and extract(hour from instant at time zone 'Asia/Shanghai') * 60 + extract(minute from instant at time zone 'Asia/Shanghai') < minute_to
$function$

CREATE OR REPLACE FUNCTION public.decision_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.revoked_at is not null
    or (to_jsonb(new) - 'revoked_at') is distinct from (to_jsonb(old) - 'revoked_at') then
    raise exception 'a decision is revoked, never changed';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.decision_signed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not signed_by_two('file/' || new.file_id, 'decision',
      (select incident_id from penalty_file where id = new.file_id), new.decided_at) then
    raise exception 'decision % is not signed by two licensed officers', new.number using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.drop_position_days(before date)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  child name;
  dropped int := 0;
begin
  for child in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'position'::regclass and c.relname ~ '^position_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < before
  loop
    execute format('drop table %I', child);
    dropped := dropped + 1;
  end loop;
  delete from position_other where fixed_at < before::timestamp at time zone 'UTC';
  return dropped;
end $function$

CREATE OR REPLACE FUNCTION public.edition_four_eyes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.approved_by is not null and new.approved_by is distinct from old.approved_by
    and exists (select 1 from edition_op where edition_id = new.id and author_id = new.approved_by) then
    raise exception 'edition % may not be approved by an author of its operations', new.id using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.edition_frozen()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from edition where id = old.edition_id and status <> 'draft') then
    raise exception 'edition % is no draft', old.edition_id using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $function$

CREATE OR REPLACE FUNCTION public.edition_in_force(instant timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return coalesce(
    (select r.edition_id from calendar_rule r
       where applies_at(instant, r.valid_from, r.valid_to, r.weekdays, r.dates, r.minute_from, r.minute_to) order by r.id desc limit 1),
    (select f.edition_id from edition_effect f where f.during @> instant));
end $function$

CREATE OR REPLACE FUNCTION public.edition_step_legal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not exists
    (select 1 from edition_step where from_status = old.status and to_status = new.status) then
    raise exception 'edition % may not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.incident_step_legal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state <> old.state and not exists
    (select 1 from incident_step where from_state = old.state and to_state = new.state) then
    raise exception 'incident % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.make_position_day(day date)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  name text := 'position_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(name) is null then
    execute format('create table %I partition of position for values from (%L) to (%L)', name,
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
  end if;
exception
  when duplicate_table or unique_violation then null;  -- another process was first
  when check_violation then null;                      -- rows of that day lie in position_other and stay there
end $function$

CREATE OR REPLACE FUNCTION public.measure_taken()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION public.note_revision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update revision set number = nextval('revision_number') where name = tg_argv[0];
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.number_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.state <> 'free' then
    raise exception 'number % is % already', old.number, old.state using errcode = 'unique_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.order_signed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not signed_by_two('order/' || new.id, 'order', new.incident_id, new.served_at) then
    raise exception 'order % is not signed by two licensed officers', new.id using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.paper_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' or old.pdf is not null
    or (to_jsonb(new) - 'pdf' - 'pdf_sha256') is distinct from (to_jsonb(old) - 'pdf' - 'pdf_sha256') then
    raise exception 'a paper is superseded, never changed';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.penalty_step_legal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.state <> old.state and not exists
    (select 1 from penalty_step where from_state = old.state and to_state = new.state) then
    raise exception 'file % may not go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  return new;
end $function$

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name;
end $function$

CREATE OR REPLACE FUNCTION public.signed_by_two(of_subject text, for_purpose text, of_incident bigint, at_instant timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select count(distinct s.person_id) >= 2 from penalty_signature s
  where s.subject = of_subject and s.purpose = for_purpose and s.person_id is not null
    and exists (select 1 from licence l where l.person_id = s.person_id and l.valid_from <= at_instant
      and l.valid_to > at_instant and (l.revoked_at is null or l.revoked_at > at_instant))
    and not exists (select 1 from recusal r where r.person_id = s.person_id and r.incident_id = of_incident)
$function$
