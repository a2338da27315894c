/**
 * Every "no" of the product: code -> HTTP status. The comment says when it is thrown; the sentence that a
 * person reads stands in client/words under the same code. Free of zod, so that the client may import it.
 */
import { planningRefusals } from './planning-codes.ts';

export const refusals = {
  // the edge
  body_malformed: 400, // the body is not JSON of the expected kind
  fields_unknown: 400, // a field or query parameter that the endpoint does not know
  fields_invalid: 422, // a known field with a value outside its shape; `errors` names each
  key_missing: 400, // a mutation without an Idempotency-Key header (a UUID)
  key_reused: 422, // the same key came with another body
  route_unknown: 404, // no such endpoint
  origin_foreign: 403, // a browser of another origin sent a mutation
  rate_exceeded: 429, // too many requests from one source
  database_unavailable: 503, // the database does not answer; retry with the same key
  bug: 500, // anything unexpected; carries an id that stands in the log
  // signing in
  signin_missing: 401, // no valid login came with the request
  signin_wrong: 401, // unknown name or wrong password
  signin_limited: 429, // five wrong passwords in 15 minutes for this name from this address
  action_forbidden: 403, // the role, team or zone of the person does not allow the act
  name_taken: 409, // somebody has this sign-in name
  password_weak: 422, // shorter than 12 characters or equal to the name
  person_on_duty: 409, // the person is signed on: the role or the account changes after signing off
  licence_taken: 409, // the number of the licence is somebody's
  licence_unknown: 404, // no licence of that number holds
  // things
  incident_unknown: 404,
  team_unknown: 404,
  assignment_unknown: 404,
  person_unknown: 404,
  matter_unknown: 404,
  edition_unknown: 404,
  alarm_unknown: 404,
  proposal_unknown: 404,
  device_unknown: 404, // no such device, or somebody else's
  devices_many: 409, // the person has as many devices in use as one may have
  device_ended: 409, // revoked, or a tracker, which has no secret of its own
  tracker_taken: 409, // the gateway already has a tracker of that name
  webhook_unknown: 404,
  webhook_disabled: 409, // switch it on first
  robot_unknown: 404,
  address_refused: 422, // not public, not https, or no address; `detail` says which
  // coordinates
  crs_missing: 422, // a position without its datum
  crs_unknown: 422, // a datum outside the list
  axis_swapped: 422, // latitude and longitude changed places
  place_invalid: 422, // not a finite point on the globe
  place_outside: 422, // outside every cell and farther than 50 m from one
  // incidents
  transition_illegal: 409, // the state machine has no such step from the present state
  guard_unmet: 409, // the step exists, a condition named in `detail` is not met
  incident_ended: 409, // closed, rejected, merged or transferred meanwhile
  incident_held: 409, // on hold: no handling before it resumes
  holidays_invalid: 422, // rows of a year's holidays are wrong; `errors` names each
  place_doubtful: 409, // nobody has confirmed or moved a doubtful place yet; `detail` names the doubts
  matter_missing: 422, // filing needs a matter
  merge_invalid: 422, // an incident cannot be merged into itself or into an ended one
  // dispatch
  incident_taken: 409, // another team was assigned first; `detail` says who, when, which team
  team_taken: 409, // the team's last free slot went to another incident meanwhile
  team_ineligible: 409, // a rule of eligibility that may not be overridden failed
  supervisor_invalid: 422, // no officer on duty with a licence in force, or the task needs officers of its own
  need_unknown: 404, // the incident has no such line of needs
  override_missing: 422, // the team needs an override reason code
  reason_missing: 422, // a decline, recall or override without its reason
  task_idle: 409, // only while the team has taken the task and it runs
  offer_ended: 409, // the offer was answered, expired or withdrawn; `detail` says what happened
  team_off_duty: 409, // the team has nobody on duty
  team_busy: 409, // the status cannot change while an assignment is active
  proposal_ended: 409, // the proposal was answered or lapsed
  policy_unknown: 404, // no such version of the settings
  policy_decided: 409, // approved, withdrawn or in force meanwhile
  policy_unchanged: 409, // the same settings rule already, and no others are to come
  policy_invalid: 422, // the policy document breaks a rule named in `errors`
  // evidence
  media_unsupported: 415, // not a JPEG, PNG, WebP or HEIC by its first bytes
  media_large: 413, // over 15 MB
  picture_large: 422, // over 50 megapixels
  picture_unreadable: 422, // damaged: the picture does not decode
  hash_wrong: 422, // the bytes that came are not those that were hashed at capture
  evidence_unknown: 404,
  slot_unknown: 404, // the matter's checklist has no such word
  // planning
  ...planningRefusals,
  draft_closed: 409, // the edition is no draft any more, or was given up
  draft_reserved: 409, // another planner is the sole editor of the draft
  draft_outdated: 409, // another edition is in force than the draft was made from
  problems_standing: 409, // an error of the list stands; `detail` counts them by name
  conflicts_open: 409, // cells that draft and running edition gave to different zones
  report_missing: 422, // neither a replay report nor a reason why there is none
  report_foreign: 422, // the report is of another content than the draft has now
  approver_involved: 409, // the approver wrote a part of the draft
  content_changed: 409, // the content is not what was sent to review
  lead_short: 422, // the effective time is nearer than the lead time
  effect_begun: 409, // the edition is in force already
  effect_taken: 409, // another edition is already published for a time after this one begins
  edition_unapproved: 409, // only an approved edition may be chosen by a calendar rule
  cells_changed: 409, // both draft and running edition changed the cells themselves
  coverage_damaged: 422, // the check of the whole set of cells found rows
  closure_unknown: 404,
  rule_unknown: 404, // no such calendar rule
  replay_unknown: 404,
  list_unknown: 404, // no such list of incidents
  road_unknown: 422, // a closure names a road that is not there, or meets none
  period_empty: 422, // no incident of the period lies in the town
  teams_homeless: 422, // no team has a place where it waits, so nothing can be replayed
  calibration_failed: 409, // the replay of the running edition misses what happened by more than the limit
  file_unreadable: 422, // the file is not of the stated format
  // penalties: the law's own "no", in the order of the tests
  law_unclear: 409, // the law changed and neither text is milder in every part: legal review chooses (行政处罚法 37)
  matter_recalled: 409, // the town does not hold the power today (行政处罚法 24, 38)
  place_excluded: 409, // no overlay zone of the basis covers the place
  act_expired: 409, // older than two or five years (36)
  correction_missing: 409, // the second step needs an order to correct that failed
  penalty_nonexistent: 409, // the law knows no fine or warning here
  act_penalised: 409, // one act, one fine (29)
  exemption_unanswered: 409, // the questions of 33 are open
  exemption_applies: 409, // 33 forbids the penalty
  party_minor: 409, // under 14, or 14 to 17 without mitigation and guardian (30)
  party_incapable: 409, // not able to understand or control the act (31)
  companion_unlawful: 409, // the provision does not attach this to its fine (4, 9)
  companion_missing: 409, // the provision leaves no choice, or the gains are not stated
  thing_unknown: 409, // only what the file has in hand can be confiscated
  companion_blocked: 409, // the provision adds more than a warning or a fine (51)
  amount_exceeded: 409, // over 200 for an individual, 3,000 for an organisation (51)
  amount_unlawful: 409, // outside the range of the law or the benchmark (34)
  party_absent: 409, // a decision on the spot is handed over (51, 52)
  identity_unknown: 409, // who it is has not been established (51, 52)
  officers_insufficient: 409, // fewer than two licensed officers (42)
  licence_expired: 409, // a licence is not valid at the instant (42)
  officer_recused: 409, // one of the two is recused (43)
  party_untold: 409, // not told before deciding (44)
  statement_missing: 409, // neither heard nor waived (45, 62)
  penalty_raised: 409, // harsher than what the party was told (45②)
  // penalty files and papers
  file_unknown: 404,
  notice_unknown: 404,
  paper_unknown: 404,
  order_unknown: 404,
  number_unknown: 404, // no number of that kind that this person took
  number_spent: 409, // used or void; a number is used once
  done_at_invalid: 422, // in the future, over a day ago, or before what it follows
  due_at_invalid: 422, // not in the future
  signature_missing: 422, // the partner signs on the glass or with the own login
  signature_unreadable: 422, // no PNG of decent size
  template_invalid: 422, // unknown fields, or one that the law wants is missing
  template_taken: 409, // somebody added that version first
  field_unknown: 422, // a field outside the fixed set
  cash_unlawful: 409, // cash on the spot outside 68 and 69
  receipt_missing: 422, // no receipt of the finance department (70)
  receipt_spent: 409, // the receipt stands for another payment
  payment_excessive: 422, // more than is owed
  // the way of an incident
  task_missing: 409, // the team has no task of that kind on this incident
  request_unknown: 404,
  request_open: 409, // the same was asked and is not decided
  request_decided: 409,
  joint_unknown: 404,
  joint_ended: 409,
  checklist_unknown: 404,
  patrol_unknown: 404,
  patrol_ended: 409,
  patrol_running: 409, // one round at a time
  // realtime
  window_exceeded: 410, // events older than the kept window: take a snapshot
} as const;

export type RefusalCode = keyof typeof refusals;
