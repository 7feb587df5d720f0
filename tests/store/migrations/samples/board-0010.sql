PRAGMA application_id = 1919837299;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
CREATE TABLE "application" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	company VARCHAR(200) NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	stage VARCHAR NOT NULL, 
	stage_since DATE NOT NULL, 
	applied_on DATE, 
	position FLOAT, 
	location VARCHAR(200) NOT NULL, 
	url VARCHAR(2000) NOT NULL, 
	source VARCHAR(100) NOT NULL, 
	salary VARCHAR(200) NOT NULL, 
	tags VARCHAR NOT NULL, 
	 
	 
	channel VARCHAR(100) NOT NULL, 
	cv_version VARCHAR(200) NOT NULL, 
	letter_version VARCHAR(200) NOT NULL, 
	via_recruiter VARCHAR(200) NOT NULL, 
	no_contact BOOLEAN NOT NULL, 
	posted_on DATE, 
	closing_on DATE, 
	posting_text VARCHAR(40000) NOT NULL, 
	expected_by DATE, 
	expected_set_on DATE, 
	expected_text VARCHAR(200) NOT NULL, 
	next_step VARCHAR(500) NOT NULL, 
	why_role VARCHAR(4000) NOT NULL, 
	why_company VARCHAR(4000) NOT NULL, 
	offered_on DATE, 
	offered_at DATETIME, 
	offer_acknowledged_on DATE, 
	offer_deadline_on DATE, 
	offer_deadline_at DATETIME, 
	offer_deadline_set_on DATE, 
	outcome VARCHAR, 
	closed_on DATE, 
	reason VARCHAR(1000) NOT NULL, 
	lesson_keep VARCHAR(1000) NOT NULL, 
	lesson_change VARCHAR(1000) NOT NULL, 
	dormant_on DATE, 
	close_suggested_on DATE, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, offer_kind VARCHAR DEFAULT '' NOT NULL CONSTRAINT offer_kind_known CHECK (offer_kind IN ('', 'verbal', 'written')), closed_at DATETIME, preset VARCHAR(32) DEFAULT '' NOT NULL, offer_letter_on DATE, offer_signed_on DATE, extension_asked_on DATE, reference_check_on DATE, counter_sent_on DATE, feedback_asked BOOLEAN DEFAULT 0 NOT NULL, thanked_rejection_on DATE, stay_in_touch BOOLEAN DEFAULT 1 NOT NULL, employer VARCHAR(200) DEFAULT '' NOT NULL, waiting VARCHAR(200) DEFAULT '' NOT NULL, imported_on DATE, reference_check_set_on DATE, offer_deadline_asked_on DATE, starts_work_on DATE, 
	CONSTRAINT stage_known CHECK (stage IN ('applied', 'first', 'second', 'offer')), 
	CONSTRAINT outcome_known CHECK (outcome IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no-response', 'cancelled')), 
	CONSTRAINT named CHECK (company <> '' AND role <> ''), 
	CONSTRAINT closed_whole CHECK ((outcome IS NULL) = (closed_on IS NULL)), 
	CONSTRAINT stage_after_application CHECK (stage_since >= applied_on)
);
INSERT INTO "application" VALUES(1,4,'Globex','SRE','applied','2026-11-02','2026-11-02',NULL,'','','','','[]','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-02','2027-01-01','2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1,'globex','no reply yet; quiet from Wed 2 Dec, may be closed from Fri 1 Jan',NULL,NULL,NULL,NULL);
INSERT INTO "application" VALUES(2,2,'Acme','Cook','offer','2026-11-20','2026-11-03',NULL,'','','','','[]','','','','',0,NULL,NULL,'',NULL,NULL,'','','','','2026-11-20',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','',NULL,NULL,'2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1,'acme','they are waiting for your answer','2026-11-20',NULL,NULL,NULL);
INSERT INTO "application" VALUES(3,2,'Hooli','Baker','applied','2026-11-03','2026-11-03',NULL,'','','','','[]','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,'rejected','2026-11-20','','','',NULL,NULL,'2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1,'hooli','','2026-11-20',NULL,NULL,NULL);
CREATE TABLE assignment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	given_on DATE NOT NULL, 
	due_on DATE, 
	due_at DATETIME, 
	zone VARCHAR(64) NOT NULL, 
	minutes_spent INTEGER NOT NULL, 
	handed_in_on DATE, 
	remarks VARCHAR(4000) NOT NULL, 
	CONSTRAINT stage_known CHECK (stage IN ('first', 'second')), 
	CONSTRAINT kind_known CHECK (kind IN ('take_home', 'assessment')), 
	CONSTRAINT titled CHECK (title <> ''), 
	CONSTRAINT spent CHECK (minutes_spent >= 0), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE TABLE change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	happened_on DATE NOT NULL, 
	verb VARCHAR(32) NOT NULL, 
	summary VARCHAR(500) NOT NULL, 
	state VARCHAR NOT NULL, 
	target_id INTEGER, made_by VARCHAR(80) DEFAULT '' NOT NULL, 
	CONSTRAINT state_known CHECK (state IN ('done', 'undone', 'dropped', 'step'))
);
INSERT INTO "change" VALUES(1,'2026-11-20 08:00:00.000000','2026-11-02','add','added','done',NULL,'');
INSERT INTO "change" VALUES(2,'2026-11-20 08:00:00.000000','2026-11-20','import','imported 2 from a file','done',NULL,'');
INSERT INTO "change" VALUES(3,'2026-11-20 08:00:00.000000','2026-11-20','move','moved from applied to first','undone',NULL,'');
INSERT INTO "change" VALUES(4,'2026-11-20 08:00:00.000000','2026-11-20','undo','undo: moved from applied to first','step',3,'');
CREATE TABLE "contact" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	phone VARCHAR(60) NOT NULL, 
	link VARCHAR(2000) NOT NULL, 
	relation VARCHAR NOT NULL, 
	common_ground VARCHAR(1000) NOT NULL, 
	background VARCHAR(2000) NOT NULL, main BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT relation_known CHECK (relation IN ('recruiter', 'manager', 'coordinator', 'interviewer', 'employee', 'referrer', 'reference', 'alumni', 'other')), 
	CONSTRAINT named CHECK (name <> '' OR email <> ''), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE TABLE criterion (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(100) NOT NULL, 
	weight INTEGER NOT NULL, 
	CONSTRAINT weight_in_range CHECK (weight BETWEEN 1 AND 5), 
	UNIQUE (name)
);
CREATE TABLE debrief (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	interview_id INTEGER NOT NULL, 
	written_on DATE NOT NULL, 
	finished BOOLEAN NOT NULL, 
	mood INTEGER, 
	wish INTEGER, 
	signals VARCHAR NOT NULL, 
	next_step VARCHAR(500) NOT NULL, 
	promised_by DATE, 
	promised_text VARCHAR(200) NOT NULL, 
	remarks VARCHAR(20000) NOT NULL, 
	CONSTRAINT mood_in_range CHECK (mood BETWEEN 1 AND 5), 
	CONSTRAINT wish_in_range CHECK (wish BETWEEN 1 AND 5), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);
CREATE TABLE draft (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	follow_up_id INTEGER, 
	kind VARCHAR(32) NOT NULL, 
	text VARCHAR(20000) NOT NULL, 
	updated_on DATE NOT NULL, 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(follow_up_id) REFERENCES follow_up (id) ON DELETE SET NULL
);
CREATE TABLE employer_name (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR(200) NOT NULL, 
	employer VARCHAR(200) NOT NULL, 
	spelled VARCHAR(200) NOT NULL, 
	UNIQUE (name)
);
CREATE TABLE follow_up (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	interview_id INTEGER, 
	rule VARCHAR(8) NOT NULL, 
	anchor VARCHAR(64) NOT NULL, 
	person VARCHAR(500) NOT NULL, 
	nth INTEGER NOT NULL, 
	"of" INTEGER NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	label VARCHAR(200) NOT NULL, 
	reason VARCHAR(500) NOT NULL, 
	not_before DATETIME, 
	due_on DATE NOT NULL, 
	due_at DATETIME, 
	late_until DATETIME, 
	lapses_at DATETIME, 
	snoozed_to DATE, 
	state VARCHAR NOT NULL, 
	done_on DATE, planned_on DATE, late_from DATETIME, names_day DATE, 
	CONSTRAINT state_known CHECK (state IN ('open', 'done', 'skipped')), 
	CONSTRAINT nth_of CHECK (nth BETWEEN 1 AND of), 
	CONSTRAINT once UNIQUE (application_id, rule, anchor, person, nth), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);
INSERT INTO "follow_up" VALUES(1,1,NULL,'R1','application','',1,2,'inquire','follow up on your application','applied Mon 2 Nov',NULL,'2026-11-20',NULL,NULL,'2026-12-01 23:00:00.000000',NULL,'open',NULL,'2026-11-20',NULL,NULL);
INSERT INTO "follow_up" VALUES(2,2,NULL,'R12','offer:2026-11-20','',1,1,'acknowledge','thank them for the offer and ask when they need your answer','offer received Fri 20 Nov',NULL,'2026-11-23',NULL,NULL,NULL,NULL,'open',NULL,'2026-11-20',NULL,NULL);
INSERT INTO "follow_up" VALUES(3,2,NULL,'R15','soft:2026-11-20','',1,1,'decide_soft','decide on the offer, or agree on a date','offer received Fri 20 Nov, no deadline given',NULL,'2026-11-27',NULL,NULL,NULL,NULL,'open',NULL,'2026-11-20',NULL,NULL);
CREATE TABLE goal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	CONSTRAINT kind_known CHECK (kind IN ('applications', 'follow_ups', 'interviews', 'contacts')), 
	CONSTRAINT number_in_range CHECK (number BETWEEN 0 AND 999), 
	CONSTRAINT set_once UNIQUE (kind, from_on)
);
CREATE TABLE interview (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	logged_on DATE NOT NULL, 
	invited_on DATE, 
	invited_at DATETIME, 
	answered_on DATE, 
	starts_at DATETIME, 
	minutes INTEGER NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	place VARCHAR(2000) NOT NULL, 
	people VARCHAR(500) NOT NULL, 
	formats VARCHAR NOT NULL, round INTEGER DEFAULT 1 NOT NULL CONSTRAINT round_counted CHECK (round BETWEEN 1 AND 1000), moved_times INTEGER DEFAULT 0 NOT NULL CONSTRAINT moved_counted CHECK (moved_times >= 0), offered_slots_on DATE, kept BOOLEAN, debriefed_on DATE, debrief_left BOOLEAN DEFAULT 0 NOT NULL, called_off_by VARCHAR DEFAULT '' NOT NULL CONSTRAINT called_off_by_known CHECK (called_off_by IN ('', 'them', 'you')), timed_on DATE, called_off_on DATE, final BOOLEAN DEFAULT 0 NOT NULL, calendar_uid VARCHAR(255) DEFAULT '' NOT NULL, calendar_sequence INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT stage_known CHECK (stage IN ('first', 'second')), 
	CONSTRAINT status_known CHECK (status IN ('invited', 'confirmed', 'cancelled')), 
	CONSTRAINT minutes_in_a_day CHECK (minutes BETWEEN 1 AND 1440), 
	CONSTRAINT confirmed_timed CHECK (status <> 'confirmed' OR starts_at IS NOT NULL), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE TABLE interviewer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	interview_id INTEGER NOT NULL, 
	contact_id INTEGER NOT NULL, 
	point VARCHAR(500) NOT NULL, 
	CONSTRAINT there_once UNIQUE (interview_id, contact_id), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE, 
	FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE CASCADE
);
CREATE TABLE mail (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR(40) NOT NULL, 
	state VARCHAR NOT NULL, 
	came_on DATE NOT NULL, 
	sent_at DATETIME NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	address VARCHAR(320) NOT NULL, 
	subject VARCHAR(300) NOT NULL, 
	text VARCHAR(20000) NOT NULL, 
	event VARCHAR(8000) NOT NULL, 
	bulk BOOLEAN NOT NULL, 
	automatic BOOLEAN NOT NULL, 
	CONSTRAINT state_known CHECK (state IN ('waiting', 'taken', 'dropped')), 
	UNIQUE ("key")
);
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	interview_id INTEGER, 
	follow_up_id INTEGER, 
	direction VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	sent_on DATE NOT NULL, 
	text VARCHAR(4000) NOT NULL, 
	CONSTRAINT direction_known CHECK (direction IN ('in', 'out')), 
	CONSTRAINT kind_known CHECK (kind IN ('reply', 'automatic', 'invitation', 'date_given', 'offer', 'rejection', 'application', 'answer', 'nudge', 'thank_you', 'acknowledgement', 'other')), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL, 
	FOREIGN KEY(follow_up_id) REFERENCES follow_up (id) ON DELETE SET NULL
);
CREATE TABLE note (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	noted_on DATE NOT NULL, 
	text VARCHAR(20000) NOT NULL, 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE TABLE point (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	interview_id INTEGER, 
	kind VARCHAR NOT NULL, 
	text VARCHAR(500) NOT NULL, 
	detail VARCHAR(4000) NOT NULL, 
	felt BOOLEAN NOT NULL, 
	state VARCHAR NOT NULL, 
	noted_on DATE NOT NULL, 
	due_on DATE, 
	link VARCHAR(2000) NOT NULL, 
	answers_id INTEGER, settled_on DATE, 
	CONSTRAINT kind_known CHECK (kind IN ('news', 'project', 'culture', 'concern', 'research', 'networking', 'skill', 'asked', 'topic', 'achievement', 'question', 'story', 'requirement', 'my_promise', 'their_promise', 'component', 'condition', 'counter')), 
	CONSTRAINT state_known CHECK (state IN ('open', 'addressed', 'done')), 
	CONSTRAINT said CHECK (text <> ''), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL, 
	FOREIGN KEY(answers_id) REFERENCES point (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE posting (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	company VARCHAR(200) NOT NULL, 
	role VARCHAR(200) NOT NULL, 
	location VARCHAR(200) NOT NULL, 
	url VARCHAR(2000) NOT NULL, 
	source VARCHAR(100) NOT NULL, 
	salary VARCHAR(200) NOT NULL, 
	tags VARCHAR NOT NULL, 
	posted_on DATE, 
	closing_on DATE, 
	posting_text VARCHAR(40000) NOT NULL, 
	requirements VARCHAR NOT NULL, 
	taken_on DATE NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT named CHECK (company <> '' AND role <> '')
);
CREATE TABLE reminder (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	text VARCHAR(200) NOT NULL, 
	begins_on DATE, 
	due_on DATE, 
	every VARCHAR(16) NOT NULL, 
	snoozed_to DATE, 
	state VARCHAR NOT NULL, 
	done_on DATE, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT state_known CHECK (state IN ('open', 'done')), 
	CONSTRAINT every_known CHECK (every IN ('', 'day', 'week', 'two_weeks', 'month')), 
	CONSTRAINT said CHECK (text <> ''), 
	CONSTRAINT day_whole CHECK ((begins_on IS NULL) = (due_on IS NULL)), 
	CONSTRAINT every_from_a_day CHECK (every = '' OR due_on IS NOT NULL)
);
CREATE TABLE row_image (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	change_id INTEGER NOT NULL, 
	application_id INTEGER, 
	table_name VARCHAR(32) NOT NULL, 
	row_id INTEGER NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	FOREIGN KEY(change_id) REFERENCES change (id) ON DELETE CASCADE
);
INSERT INTO "row_image" VALUES(1,1,1,'application',1,NULL,'{"company":"Globex","role":"SRE","stage_since":"2026-11-02","applied_on":"2026-11-02","expected_set_on":null,"employer":"globex","created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-20T08:00:00Z","id":1,"version":1,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true,"waiting":"no reply yet; quiet from Wed 2 Dec, may be closed from Fri 1 Jan","imported_on":null,"reference_check_set_on":null,"offer_deadline_asked_on":null,"starts_work_on":null}');
INSERT INTO "row_image" VALUES(2,1,1,'stage_move',1,NULL,'{"application_id":1,"to_stage":"applied","moved_on":"2026-11-02","id":1,"from_stage":null}');
INSERT INTO "row_image" VALUES(3,1,1,'follow_up',1,NULL,'{"application_id":1,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"follow up on your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-20","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","planned_on":"2026-11-20","late_from":null,"names_day":null,"id":1,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(4,2,2,'application',2,NULL,'{"id":2,"version":2,"company":"Acme","role":"Cook","stage":"offer","stage_since":"2026-11-20","applied_on":"2026-11-03","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_set_on":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":"2026-11-20","offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":null,"close_suggested_on":null,"closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true,"employer":"acme","waiting":"they are waiting for your answer","imported_on":"2026-11-20","reference_check_set_on":null,"offer_deadline_asked_on":null,"starts_work_on":null,"created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-20T08:00:00Z"}');
INSERT INTO "row_image" VALUES(5,2,3,'application',3,NULL,'{"id":3,"version":2,"company":"Hooli","role":"Baker","stage":"applied","stage_since":"2026-11-03","applied_on":"2026-11-03","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_set_on":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":"rejected","closed_on":"2026-11-20","reason":"","lesson_keep":"","lesson_change":"","dormant_on":null,"close_suggested_on":null,"closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true,"employer":"hooli","waiting":"","imported_on":"2026-11-20","reference_check_set_on":null,"offer_deadline_asked_on":null,"starts_work_on":null,"created_at":"2026-11-20T08:00:00Z","updated_at":"2026-11-20T08:00:00Z"}');
INSERT INTO "row_image" VALUES(6,2,2,'stage_move',2,NULL,'{"id":2,"application_id":2,"from_stage":null,"to_stage":"applied","moved_on":"2026-11-03"}');
INSERT INTO "row_image" VALUES(7,2,2,'stage_move',3,NULL,'{"id":3,"application_id":2,"from_stage":"applied","to_stage":"offer","moved_on":"2026-11-20"}');
INSERT INTO "row_image" VALUES(8,2,3,'stage_move',4,NULL,'{"id":4,"application_id":3,"from_stage":null,"to_stage":"applied","moved_on":"2026-11-03"}');
INSERT INTO "row_image" VALUES(9,2,2,'follow_up',2,NULL,'{"id":2,"application_id":2,"interview_id":null,"rule":"R12","anchor":"offer:2026-11-20","person":"","nth":1,"of":1,"action":"acknowledge","label":"thank them for the offer and ask when they need your answer","reason":"offer received Fri 20 Nov","not_before":null,"due_on":"2026-11-23","due_at":null,"late_until":null,"lapses_at":null,"snoozed_to":null,"state":"open","done_on":null,"planned_on":"2026-11-20","late_from":null,"names_day":null}');
INSERT INTO "row_image" VALUES(10,2,2,'follow_up',3,NULL,'{"id":3,"application_id":2,"interview_id":null,"rule":"R15","anchor":"soft:2026-11-20","person":"","nth":1,"of":1,"action":"decide_soft","label":"decide on the offer, or agree on a date","reason":"offer received Fri 20 Nov, no deadline given","not_before":null,"due_on":"2026-11-27","due_at":null,"late_until":null,"lapses_at":null,"snoozed_to":null,"state":"open","done_on":null,"planned_on":"2026-11-20","late_from":null,"names_day":null}');
INSERT INTO "row_image" VALUES(11,3,1,'stage_move',5,NULL,'{"application_id":1,"from_stage":"applied","to_stage":"first","moved_on":"2026-11-20","id":5}');
INSERT INTO "row_image" VALUES(12,3,1,'application',1,'{"version":1,"stage":"applied","stage_since":"2026-11-02","waiting":"no reply yet; quiet from Wed 2 Dec, may be closed from Fri 1 Jan","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01"}','{"version":3,"stage":"first","stage_since":"2026-11-20","waiting":"no reply yet; quiet from Fri 18 Dec, may be closed from Tue 19 Jan","dormant_on":"2026-12-18","close_suggested_on":"2027-01-19"}');
INSERT INTO "row_image" VALUES(13,3,1,'follow_up',4,NULL,'{"application_id":1,"interview_id":null,"rule":"R16","anchor":"offer-of:2","person":"","nth":1,"of":1,"action":"tell_date","label":"tell them you have another offer","reason":"offer from Acme Fri 20 Nov","not_before":null,"due_on":"2026-11-23","due_at":null,"late_until":null,"lapses_at":"2026-12-03T23:00:00Z","planned_on":"2026-11-20","late_from":null,"names_day":null,"id":4,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(14,3,1,'follow_up',5,NULL,'{"application_id":1,"interview_id":null,"rule":"R22","anchor":"stage:first:2026-11-20","person":"","nth":1,"of":2,"action":"ask_time","label":"ask when the interview will take place","reason":"in first since Fri 20 Nov, no interview agreed","not_before":null,"due_on":"2026-11-25","due_at":null,"late_until":null,"lapses_at":"2026-12-17T23:00:00Z","planned_on":"2026-11-20","late_from":null,"names_day":null,"id":5,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(15,3,1,'follow_up',1,'{"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-01T23:00:00Z","action":"inquire","snoozed_to":null,"id":1,"label":"follow up on your application","state":"open","interview_id":null,"reason":"applied Mon 2 Nov","done_on":null,"rule":"R1","application_id":1,"not_before":null,"planned_on":"2026-11-20","anchor":"application","due_on":"2026-11-20","late_from":null,"person":"","due_at":null,"names_day":null}',NULL);
CREATE TABLE score (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	criterion_id INTEGER NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT scored_once UNIQUE (application_id, criterion_id), 
	CONSTRAINT value_in_range CHECK (value BETWEEN 0 AND 10), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(criterion_id) REFERENCES criterion (id) ON DELETE CASCADE
);
CREATE TABLE setting (
	id INTEGER NOT NULL, 
	name VARCHAR(64) NOT NULL, 
	value VARCHAR(200) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
CREATE TABLE stage_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	from_stage VARCHAR, 
	to_stage VARCHAR NOT NULL, 
	moved_on DATE NOT NULL, 
	CONSTRAINT from_stage_known CHECK (from_stage IS NULL OR from_stage IN ('applied', 'first', 'second', 'offer')), 
	CONSTRAINT to_stage_known CHECK (to_stage IN ('applied', 'first', 'second', 'offer')), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
INSERT INTO "stage_move" VALUES(1,1,NULL,'applied','2026-11-02');
INSERT INTO "stage_move" VALUES(2,2,NULL,'applied','2026-11-03');
INSERT INTO "stage_move" VALUES(3,2,'applied','offer','2026-11-20');
INSERT INTO "stage_move" VALUES(4,3,NULL,'applied','2026-11-03');
CREATE TABLE timeline_entry (
	application_id INTEGER NOT NULL, 
	change_id INTEGER NOT NULL, 
	PRIMARY KEY (application_id, change_id)
)
 WITHOUT ROWID

;
CREATE TABLE tip_tick (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	tip VARCHAR(8) NOT NULL, 
	ticked_on DATE NOT NULL, 
	CONSTRAINT ticked_once UNIQUE (application_id, tip), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE INDEX ix_interview_application_id ON interview (application_id);
CREATE INDEX ix_interview_starts_at ON interview (starts_at);
CREATE INDEX ix_follow_up_application ON follow_up (application_id, state);
CREATE INDEX ix_follow_up_interview_id ON follow_up (interview_id);
CREATE INDEX ix_follow_up_snoozed ON follow_up (state, snoozed_to);
CREATE INDEX ix_stage_move_application_id ON stage_move (application_id);
CREATE INDEX ix_message_application_id ON message (application_id);
CREATE INDEX ix_note_application_id ON note (application_id);
CREATE INDEX ix_change_state ON change (state, id);
CREATE INDEX ix_row_image_change_id ON row_image (change_id);
CREATE INDEX ix_row_image_application_id ON row_image (application_id);
CREATE INDEX ix_interviewer_application_id ON interviewer (application_id);
CREATE INDEX ix_interviewer_contact_id ON interviewer (contact_id);
CREATE INDEX ix_debrief_application_id ON debrief (application_id);
CREATE UNIQUE INDEX ix_debrief_interview_id ON debrief (interview_id);
CREATE INDEX ix_point_application_id ON point (application_id);
CREATE INDEX ix_point_interview_id ON point (interview_id);
CREATE INDEX ix_point_answers_id ON point (answers_id);
CREATE INDEX ix_draft_application_id ON draft (application_id);
CREATE UNIQUE INDEX ix_draft_follow_up_id ON draft (follow_up_id);
CREATE INDEX ix_score_criterion_id ON score (criterion_id);
CREATE INDEX ix_message_interview_id ON message (interview_id);
CREATE INDEX ix_message_follow_up_id ON message (follow_up_id);
CREATE INDEX ix_follow_up_due ON follow_up (state, due_on, lapses_at, due_at);
CREATE INDEX ix_assignment_application_id ON assignment (application_id);
CREATE INDEX ix_contact_application_id ON contact (application_id);
CREATE INDEX ix_application_company ON application (company);
CREATE INDEX ix_application_board ON application (outcome, stage);
CREATE INDEX ix_application_employer ON application (employer);
CREATE VIEW board_card AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position,
       employer, waiting, imported_on, starts_work_on
FROM application;
CREATE VIEW open_follow_up AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to, f.person,
       f.late_from, f.planned_on, a.imported_on, a.employer
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.state = 'open';
CREATE INDEX ix_posting_closing_on ON posting (closing_on);
CREATE INDEX ix_reminder_due ON reminder (state, due_on);
CREATE INDEX ix_application_applied_on ON application (applied_on);
CREATE INDEX ix_follow_up_done_on ON follow_up (done_on);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('contact',0);
INSERT INTO "sqlite_sequence" VALUES('application',3);
INSERT INTO "sqlite_sequence" VALUES('change',4);
INSERT INTO "sqlite_sequence" VALUES('stage_move',5);
INSERT INTO "sqlite_sequence" VALUES('follow_up',5);
INSERT INTO "sqlite_sequence" VALUES('row_image',15);
COMMIT;
