-- Drawn by tests/store/server/test_schema.py: not to be changed by hand.

CREATE TABLE rounds."application" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('application'),
    "version" bigint NOT NULL,
    "company" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "stage" text COLLATE "C" NOT NULL,
    "stage_since" date NOT NULL,
    "applied_on" date,
    "position" double precision,
    "location" text COLLATE "C" NOT NULL,
    "url" text COLLATE "C" NOT NULL,
    "source" text COLLATE "C" NOT NULL,
    "salary" text COLLATE "C" NOT NULL,
    "tags" text COLLATE "C" NOT NULL,
    "channel" text COLLATE "C" NOT NULL,
    "cv_version" text COLLATE "C" NOT NULL,
    "letter_version" text COLLATE "C" NOT NULL,
    "via_recruiter" text COLLATE "C" NOT NULL,
    "no_contact" boolean NOT NULL,
    "posted_on" date,
    "closing_on" date,
    "posting_text" text COLLATE "C" NOT NULL,
    "expected_by" date,
    "expected_set_on" date,
    "expected_text" text COLLATE "C" NOT NULL,
    "next_step" text COLLATE "C" NOT NULL,
    "why_role" text COLLATE "C" NOT NULL,
    "why_company" text COLLATE "C" NOT NULL,
    "offered_on" date,
    "offered_at" timestamptz,
    "offer_acknowledged_on" date,
    "offer_deadline_on" date,
    "offer_deadline_at" timestamptz,
    "offer_deadline_set_on" date,
    "outcome" text COLLATE "C",
    "closed_on" date,
    "reason" text COLLATE "C" NOT NULL,
    "lesson_keep" text COLLATE "C" NOT NULL,
    "lesson_change" text COLLATE "C" NOT NULL,
    "dormant_on" date,
    "close_suggested_on" date,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "offer_kind" text COLLATE "C" NOT NULL,
    "closed_at" timestamptz,
    "preset" text COLLATE "C" NOT NULL,
    "offer_letter_on" date,
    "offer_signed_on" date,
    "extension_asked_on" date,
    "reference_check_on" date,
    "counter_sent_on" date,
    "feedback_asked" boolean NOT NULL,
    "thanked_rejection_on" date,
    "stay_in_touch" boolean NOT NULL,
    "employer" text COLLATE "C" NOT NULL,
    "waiting" text COLLATE "C" NOT NULL,
    "imported_on" date,
    "reference_check_set_on" date,
    "offer_deadline_asked_on" date,
    "starts_work_on" date,
    "undated" boolean NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "closed_whole" CHECK ((outcome IS NULL) = (closed_on IS NULL)),
    CONSTRAINT "named" CHECK (company <> '' AND role <> ''),
    CONSTRAINT "offer_kind_known" CHECK (offer_kind IN ('', 'verbal', 'written')),
    CONSTRAINT "outcome_known" CHECK (outcome IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no-response', 'cancelled')),
    CONSTRAINT "stage_after_application" CHECK (stage_since >= applied_on),
    CONSTRAINT "stage_known" CHECK (stage IN ('applied', 'first', 'second', 'offer')),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);
CREATE INDEX "ix_application_applied_on" ON rounds."application" (board, "applied_on");
CREATE INDEX "ix_application_board" ON rounds."application" (board, "outcome", "stage");
CREATE INDEX "ix_application_company" ON rounds."application" (board, "company");
CREATE INDEX "ix_application_employer" ON rounds."application" (board, "employer");

CREATE TABLE rounds."change" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('change'),
    "at" timestamptz NOT NULL,
    "happened_on" date NOT NULL,
    "verb" text COLLATE "C" NOT NULL,
    "summary" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "target_id" bigint,
    "made_by" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "state_known" CHECK (state IN ('done', 'undone', 'dropped', 'step')),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);
CREATE INDEX "ix_change_state" ON rounds."change" (board, "state", "id");

CREATE TABLE rounds."criterion" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('criterion'),
    "name" text COLLATE "C" NOT NULL,
    "weight" bigint NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "weight_in_range" CHECK (weight BETWEEN 1 AND 5),
    UNIQUE (board, "name"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."employer_name" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('employer_name'),
    "name" text COLLATE "C" NOT NULL,
    "employer" text COLLATE "C" NOT NULL,
    "spelled" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    UNIQUE (board, "name"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."goal" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('goal'),
    "kind" text COLLATE "C" NOT NULL,
    "number" bigint NOT NULL,
    "from_on" date NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "kind_known" CHECK (kind IN ('applications', 'follow_ups', 'interviews', 'contacts')),
    CONSTRAINT "number_in_range" CHECK (number BETWEEN 0 AND 999),
    UNIQUE (board, "kind", "from_on"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."mail" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('mail'),
    "key" text COLLATE "C" NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "came_on" date NOT NULL,
    "sent_at" timestamptz NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "address" text COLLATE "C" NOT NULL,
    "subject" text COLLATE "C" NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    "event" text COLLATE "C" NOT NULL,
    "bulk" boolean NOT NULL,
    "automatic" boolean NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "state_known" CHECK (state IN ('waiting', 'taken', 'dropped')),
    UNIQUE (board, "key"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."posting" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('posting'),
    "company" text COLLATE "C" NOT NULL,
    "role" text COLLATE "C" NOT NULL,
    "location" text COLLATE "C" NOT NULL,
    "url" text COLLATE "C" NOT NULL,
    "source" text COLLATE "C" NOT NULL,
    "salary" text COLLATE "C" NOT NULL,
    "tags" text COLLATE "C" NOT NULL,
    "posted_on" date,
    "closing_on" date,
    "posting_text" text COLLATE "C" NOT NULL,
    "requirements" text COLLATE "C" NOT NULL,
    "taken_on" date NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "named" CHECK (company <> '' AND role <> ''),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);
CREATE INDEX "ix_posting_closing_on" ON rounds."posting" (board, "closing_on");

CREATE TABLE rounds."reminder" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('reminder'),
    "text" text COLLATE "C" NOT NULL,
    "begins_on" date,
    "due_on" date,
    "every" text COLLATE "C" NOT NULL,
    "snoozed_to" date,
    "state" text COLLATE "C" NOT NULL,
    "done_on" date,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "day_whole" CHECK ((begins_on IS NULL) = (due_on IS NULL)),
    CONSTRAINT "every_from_a_day" CHECK (every = '' OR due_on IS NOT NULL),
    CONSTRAINT "every_known" CHECK (every IN ('', 'day', 'week', 'two_weeks', 'month')),
    CONSTRAINT "said" CHECK (text <> ''),
    CONSTRAINT "state_known" CHECK (state IN ('open', 'done')),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);
CREATE INDEX "ix_reminder_due" ON rounds."reminder" (board, "state", "due_on");

CREATE TABLE rounds."setting" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('setting'),
    "name" text COLLATE "C" NOT NULL,
    "value" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    UNIQUE (board, "name"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."timeline_entry" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "application_id" bigint NOT NULL,
    "change_id" bigint NOT NULL,
    PRIMARY KEY (board, "application_id", "change_id"),
    FOREIGN KEY (board) REFERENCES rounds.board ON DELETE CASCADE
);

CREATE TABLE rounds."assignment" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('assignment'),
    "application_id" bigint NOT NULL,
    "stage" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "given_on" date NOT NULL,
    "due_on" date,
    "due_at" timestamptz,
    "zone" text COLLATE "C" NOT NULL,
    "minutes_spent" bigint NOT NULL,
    "handed_in_on" date,
    "remarks" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "kind_known" CHECK (kind IN ('take_home', 'assessment')),
    CONSTRAINT "spent" CHECK (minutes_spent >= 0),
    CONSTRAINT "stage_known" CHECK (stage IN ('first', 'second')),
    CONSTRAINT "titled" CHECK (title <> ''),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_assignment_application_id" ON rounds."assignment" (board, "application_id");

CREATE TABLE rounds."contact" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('contact'),
    "application_id" bigint NOT NULL,
    "name" text COLLATE "C" NOT NULL,
    "title" text COLLATE "C" NOT NULL,
    "email" text COLLATE "C" NOT NULL,
    "phone" text COLLATE "C" NOT NULL,
    "link" text COLLATE "C" NOT NULL,
    "relation" text COLLATE "C" NOT NULL,
    "common_ground" text COLLATE "C" NOT NULL,
    "background" text COLLATE "C" NOT NULL,
    "main" boolean NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "named" CHECK (name <> '' OR email <> ''),
    CONSTRAINT "relation_known" CHECK (relation IN ('recruiter', 'manager', 'coordinator', 'interviewer', 'employee', 'referrer', 'reference', 'alumni', 'other')),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_contact_application_id" ON rounds."contact" (board, "application_id");

CREATE TABLE rounds."interview" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('interview'),
    "application_id" bigint NOT NULL,
    "stage" text COLLATE "C" NOT NULL,
    "status" text COLLATE "C" NOT NULL,
    "logged_on" date NOT NULL,
    "invited_on" date,
    "invited_at" timestamptz,
    "answered_on" date,
    "starts_at" timestamptz,
    "minutes" bigint NOT NULL,
    "zone" text COLLATE "C" NOT NULL,
    "place" text COLLATE "C" NOT NULL,
    "people" text COLLATE "C" NOT NULL,
    "formats" text COLLATE "C" NOT NULL,
    "round" bigint NOT NULL,
    "moved_times" bigint NOT NULL,
    "offered_slots_on" date,
    "kept" boolean,
    "debriefed_on" date,
    "debrief_left" boolean NOT NULL,
    "called_off_by" text COLLATE "C" NOT NULL,
    "timed_on" date,
    "called_off_on" date,
    "final" boolean NOT NULL,
    "calendar_uid" text COLLATE "C" NOT NULL,
    "calendar_sequence" bigint NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "called_off_by_known" CHECK (called_off_by IN ('', 'them', 'you')),
    CONSTRAINT "confirmed_timed" CHECK (status <> 'confirmed' OR starts_at IS NOT NULL),
    CONSTRAINT "minutes_in_a_day" CHECK (minutes BETWEEN 1 AND 1440),
    CONSTRAINT "moved_counted" CHECK (moved_times >= 0),
    CONSTRAINT "round_counted" CHECK (round BETWEEN 1 AND 1000),
    CONSTRAINT "stage_known" CHECK (stage IN ('first', 'second')),
    CONSTRAINT "status_known" CHECK (status IN ('invited', 'confirmed', 'cancelled')),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_interview_application_id" ON rounds."interview" (board, "application_id");
CREATE INDEX "ix_interview_starts_at" ON rounds."interview" (board, "starts_at");

CREATE TABLE rounds."note" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('note'),
    "application_id" bigint NOT NULL,
    "noted_on" date NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_note_application_id" ON rounds."note" (board, "application_id");

CREATE TABLE rounds."row_image" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('row_image'),
    "change_id" bigint NOT NULL,
    "application_id" bigint,
    "table_name" text COLLATE "C" NOT NULL,
    "row_id" bigint NOT NULL,
    "before" text COLLATE "C",
    "after" text COLLATE "C",
    PRIMARY KEY (board, "id"),
    FOREIGN KEY (board, "change_id") REFERENCES rounds."change" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_row_image_application_id" ON rounds."row_image" (board, "application_id");
CREATE INDEX "ix_row_image_change_id" ON rounds."row_image" (board, "change_id");

CREATE TABLE rounds."score" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('score'),
    "application_id" bigint NOT NULL,
    "criterion_id" bigint NOT NULL,
    "value" bigint NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "value_in_range" CHECK (value BETWEEN 0 AND 10),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "criterion_id") REFERENCES rounds."criterion" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    UNIQUE (board, "application_id", "criterion_id")
);
CREATE INDEX "ix_score_criterion_id" ON rounds."score" (board, "criterion_id");

CREATE TABLE rounds."stage_move" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('stage_move'),
    "application_id" bigint NOT NULL,
    "from_stage" text COLLATE "C",
    "to_stage" text COLLATE "C" NOT NULL,
    "moved_on" date NOT NULL,
    "undated" boolean NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "from_stage_known" CHECK (from_stage IS NULL OR from_stage IN ('applied', 'first', 'second', 'offer')),
    CONSTRAINT "to_stage_known" CHECK (to_stage IN ('applied', 'first', 'second', 'offer')),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_stage_move_application_id" ON rounds."stage_move" (board, "application_id");

CREATE TABLE rounds."tip_tick" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('tip_tick'),
    "application_id" bigint NOT NULL,
    "tip" text COLLATE "C" NOT NULL,
    "ticked_on" date NOT NULL,
    PRIMARY KEY (board, "id"),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    UNIQUE (board, "application_id", "tip")
);

CREATE TABLE rounds."debrief" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('debrief'),
    "application_id" bigint NOT NULL,
    "interview_id" bigint NOT NULL,
    "written_on" date NOT NULL,
    "finished" boolean NOT NULL,
    "mood" bigint,
    "wish" bigint,
    "signals" text COLLATE "C" NOT NULL,
    "next_step" text COLLATE "C" NOT NULL,
    "promised_by" date,
    "promised_text" text COLLATE "C" NOT NULL,
    "remarks" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "mood_in_range" CHECK (mood BETWEEN 1 AND 5),
    CONSTRAINT "wish_in_range" CHECK (wish BETWEEN 1 AND 5),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "interview_id") REFERENCES rounds."interview" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_debrief_application_id" ON rounds."debrief" (board, "application_id");
CREATE UNIQUE INDEX "ix_debrief_interview_id" ON rounds."debrief" (board, "interview_id");

CREATE TABLE rounds."follow_up" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('follow_up'),
    "application_id" bigint NOT NULL,
    "interview_id" bigint,
    "rule" text COLLATE "C" NOT NULL,
    "anchor" text COLLATE "C" NOT NULL,
    "person" text COLLATE "C" NOT NULL,
    "nth" bigint NOT NULL,
    "of" bigint NOT NULL,
    "action" text COLLATE "C" NOT NULL,
    "label" text COLLATE "C" NOT NULL,
    "reason" text COLLATE "C" NOT NULL,
    "not_before" timestamptz,
    "due_on" date NOT NULL,
    "due_at" timestamptz,
    "late_until" timestamptz,
    "lapses_at" timestamptz,
    "snoozed_to" date,
    "state" text COLLATE "C" NOT NULL,
    "done_on" date,
    "planned_on" date,
    "late_from" timestamptz,
    "names_day" date,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "nth_of" CHECK (nth BETWEEN 1 AND of),
    CONSTRAINT "state_known" CHECK (state IN ('open', 'done', 'skipped')),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "interview_id") REFERENCES rounds."interview" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    UNIQUE (board, "application_id", "rule", "anchor", "person", "nth")
);
CREATE INDEX "ix_follow_up_application" ON rounds."follow_up" (board, "application_id", "state");
CREATE INDEX "ix_follow_up_done_on" ON rounds."follow_up" (board, "done_on");
CREATE INDEX "ix_follow_up_due" ON rounds."follow_up" (board, "state", "due_on", "lapses_at", "due_at");
CREATE INDEX "ix_follow_up_interview_id" ON rounds."follow_up" (board, "interview_id");
CREATE INDEX "ix_follow_up_snoozed" ON rounds."follow_up" (board, "state", "snoozed_to");

CREATE TABLE rounds."interviewer" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('interviewer'),
    "application_id" bigint NOT NULL,
    "interview_id" bigint NOT NULL,
    "contact_id" bigint NOT NULL,
    "point" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "contact_id") REFERENCES rounds."contact" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "interview_id") REFERENCES rounds."interview" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    UNIQUE (board, "interview_id", "contact_id")
);
CREATE INDEX "ix_interviewer_application_id" ON rounds."interviewer" (board, "application_id");
CREATE INDEX "ix_interviewer_contact_id" ON rounds."interviewer" (board, "contact_id");

CREATE TABLE rounds."point" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('point'),
    "application_id" bigint NOT NULL,
    "interview_id" bigint,
    "kind" text COLLATE "C" NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    "detail" text COLLATE "C" NOT NULL,
    "felt" boolean NOT NULL,
    "state" text COLLATE "C" NOT NULL,
    "noted_on" date NOT NULL,
    "due_on" date,
    "link" text COLLATE "C" NOT NULL,
    "answers_id" bigint,
    "settled_on" date,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "kind_known" CHECK (kind IN ('news', 'project', 'culture', 'concern', 'research', 'networking', 'skill', 'asked', 'topic', 'achievement', 'question', 'story', 'requirement', 'my_promise', 'their_promise', 'component', 'condition', 'counter')),
    CONSTRAINT "said" CHECK (text <> ''),
    CONSTRAINT "state_known" CHECK (state IN ('open', 'addressed', 'done')),
    FOREIGN KEY (board, "answers_id") REFERENCES rounds."point" (board, id) ON DELETE SET NULL ("answers_id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "interview_id") REFERENCES rounds."interview" (board, id) ON DELETE SET NULL ("interview_id") DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_point_answers_id" ON rounds."point" (board, "answers_id");
CREATE INDEX "ix_point_application_id" ON rounds."point" (board, "application_id");
CREATE INDEX "ix_point_interview_id" ON rounds."point" (board, "interview_id");

CREATE TABLE rounds."draft" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('draft'),
    "application_id" bigint NOT NULL,
    "follow_up_id" bigint,
    "kind" text COLLATE "C" NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    "updated_on" date NOT NULL,
    PRIMARY KEY (board, "id"),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "follow_up_id") REFERENCES rounds."follow_up" (board, id) ON DELETE SET NULL ("follow_up_id") DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_draft_application_id" ON rounds."draft" (board, "application_id");
CREATE UNIQUE INDEX "ix_draft_follow_up_id" ON rounds."draft" (board, "follow_up_id");

CREATE TABLE rounds."message" (
    board bigint NOT NULL DEFAULT current_setting('rounds.board')::bigint,
    "id" bigint NOT NULL DEFAULT rounds.next_number('message'),
    "application_id" bigint NOT NULL,
    "interview_id" bigint,
    "follow_up_id" bigint,
    "direction" text COLLATE "C" NOT NULL,
    "kind" text COLLATE "C" NOT NULL,
    "sent_on" date NOT NULL,
    "text" text COLLATE "C" NOT NULL,
    PRIMARY KEY (board, "id"),
    CONSTRAINT "direction_known" CHECK (direction IN ('in', 'out')),
    CONSTRAINT "kind_known" CHECK (kind IN ('reply', 'automatic', 'invitation', 'date_given', 'offer', 'rejection', 'application', 'answer', 'nudge', 'thank_you', 'acknowledgement', 'other')),
    FOREIGN KEY (board, "application_id") REFERENCES rounds."application" (board, id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "follow_up_id") REFERENCES rounds."follow_up" (board, id) ON DELETE SET NULL ("follow_up_id") DEFERRABLE INITIALLY IMMEDIATE,
    FOREIGN KEY (board, "interview_id") REFERENCES rounds."interview" (board, id) ON DELETE SET NULL ("interview_id") DEFERRABLE INITIALLY IMMEDIATE
);
CREATE INDEX "ix_message_application_id" ON rounds."message" (board, "application_id");
CREATE INDEX "ix_message_follow_up_id" ON rounds."message" (board, "follow_up_id");
CREATE INDEX "ix_message_interview_id" ON rounds."message" (board, "interview_id");
