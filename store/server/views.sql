-- Drawn by tests/store/server/test_schema.py: not to be changed by hand.

CREATE VIEW rounds_board."application" WITH (security_invoker = true) AS
SELECT "id", "version", "company", "role", "stage", "stage_since", "applied_on", "position", "location", "url", "source", "salary", "tags", "channel", "cv_version", "letter_version", "via_recruiter", "no_contact", "posted_on", "closing_on", "posting_text", "expected_by", "expected_set_on", "expected_text", "next_step", "why_role", "why_company", "offered_on", "offered_at", "offer_acknowledged_on", "offer_deadline_on", "offer_deadline_at", "offer_deadline_set_on", "outcome", "closed_on", "reason", "lesson_keep", "lesson_change", "dormant_on", "close_suggested_on", "created_at", "updated_at", "offer_kind", "closed_at", "preset", "offer_letter_on", "offer_signed_on", "extension_asked_on", "reference_check_on", "counter_sent_on", "feedback_asked", "thanked_rejection_on", "stay_in_touch", "employer", "waiting", "imported_on", "reference_check_set_on", "offer_deadline_asked_on", "starts_work_on", "undated" FROM rounds."application" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."change" WITH (security_invoker = true) AS
SELECT "id", "at", "happened_on", "verb", "summary", "state", "target_id", "made_by" FROM rounds."change" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."criterion" WITH (security_invoker = true) AS
SELECT "id", "name", "weight" FROM rounds."criterion" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."employer_name" WITH (security_invoker = true) AS
SELECT "id", "name", "employer", "spelled" FROM rounds."employer_name" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."goal" WITH (security_invoker = true) AS
SELECT "id", "kind", "number", "from_on" FROM rounds."goal" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."mail" WITH (security_invoker = true) AS
SELECT "id", "key", "state", "came_on", "sent_at", "name", "address", "subject", "text", "event", "bulk", "automatic" FROM rounds."mail" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."posting" WITH (security_invoker = true) AS
SELECT "id", "company", "role", "location", "url", "source", "salary", "tags", "posted_on", "closing_on", "posting_text", "requirements", "taken_on", "created_at", "updated_at" FROM rounds."posting" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."reminder" WITH (security_invoker = true) AS
SELECT "id", "text", "begins_on", "due_on", "every", "snoozed_to", "state", "done_on", "created_at", "updated_at" FROM rounds."reminder" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."setting" WITH (security_invoker = true) AS
SELECT "id", "name", "value" FROM rounds."setting" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."timeline_entry" WITH (security_invoker = true) AS
SELECT "application_id", "change_id" FROM rounds."timeline_entry" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."assignment" WITH (security_invoker = true) AS
SELECT "id", "application_id", "stage", "kind", "title", "given_on", "due_on", "due_at", "zone", "minutes_spent", "handed_in_on", "remarks" FROM rounds."assignment" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."contact" WITH (security_invoker = true) AS
SELECT "id", "application_id", "name", "title", "email", "phone", "link", "relation", "common_ground", "background", "main" FROM rounds."contact" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."interview" WITH (security_invoker = true) AS
SELECT "id", "application_id", "stage", "status", "logged_on", "invited_on", "invited_at", "answered_on", "starts_at", "minutes", "zone", "place", "people", "formats", "round", "moved_times", "offered_slots_on", "kept", "debriefed_on", "debrief_left", "called_off_by", "timed_on", "called_off_on", "final", "calendar_uid", "calendar_sequence" FROM rounds."interview" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."note" WITH (security_invoker = true) AS
SELECT "id", "application_id", "noted_on", "text" FROM rounds."note" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."row_image" WITH (security_invoker = true) AS
SELECT "id", "change_id", "application_id", "table_name", "row_id", "before", "after" FROM rounds."row_image" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."score" WITH (security_invoker = true) AS
SELECT "id", "application_id", "criterion_id", "value" FROM rounds."score" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."stage_move" WITH (security_invoker = true) AS
SELECT "id", "application_id", "from_stage", "to_stage", "moved_on", "undated" FROM rounds."stage_move" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."tip_tick" WITH (security_invoker = true) AS
SELECT "id", "application_id", "tip", "ticked_on" FROM rounds."tip_tick" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."debrief" WITH (security_invoker = true) AS
SELECT "id", "application_id", "interview_id", "written_on", "finished", "mood", "wish", "signals", "next_step", "promised_by", "promised_text", "remarks" FROM rounds."debrief" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."follow_up" WITH (security_invoker = true) AS
SELECT "id", "application_id", "interview_id", "rule", "anchor", "person", "nth", "of", "action", "label", "reason", "not_before", "due_on", "due_at", "late_until", "lapses_at", "snoozed_to", "state", "done_on", "planned_on", "late_from", "names_day" FROM rounds."follow_up" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."interviewer" WITH (security_invoker = true) AS
SELECT "id", "application_id", "interview_id", "contact_id", "point" FROM rounds."interviewer" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."point" WITH (security_invoker = true) AS
SELECT "id", "application_id", "interview_id", "kind", "text", "detail", "felt", "state", "noted_on", "due_on", "link", "answers_id", "settled_on" FROM rounds."point" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."draft" WITH (security_invoker = true) AS
SELECT "id", "application_id", "follow_up_id", "kind", "text", "updated_on" FROM rounds."draft" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board."message" WITH (security_invoker = true) AS
SELECT "id", "application_id", "interview_id", "follow_up_id", "direction", "kind", "sent_on", "text" FROM rounds."message" WHERE board = current_setting('rounds.board')::bigint;

CREATE VIEW rounds_board.board_card WITH (security_invoker = true) AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position,
       employer, waiting, imported_on, starts_work_on, undated
FROM rounds_board.application;

CREATE VIEW rounds_board.open_follow_up WITH (security_invoker = true) AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to, f.person,
       f.late_from, f.planned_on, a.imported_on, a.employer
FROM rounds_board.follow_up f JOIN rounds_board.application a ON a.id = f.application_id
WHERE f.state = 'open';
