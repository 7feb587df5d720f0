PRAGMA application_id = 1919837299;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
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
INSERT INTO "application" VALUES(1,12,'Globex','Staff Engineer','first','2026-11-23','2026-11-23',NULL,'','','','','["remote"]','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-21','2027-01-22','2026-11-23 08:00:00.000000','2026-11-23 09:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1,'globex','no reply yet; quiet from Mon 21 Dec, may be closed from Fri 22 Jan',NULL,NULL,NULL,NULL);
INSERT INTO "application" VALUES(2,2,'Hooli','SRE','applied','2026-11-23','2026-11-23',NULL,'','','','','[]','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-23','2027-01-22','2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1,'hooli','no reply yet; quiet from Wed 23 Dec, may be closed from Fri 22 Jan',NULL,NULL,NULL,NULL);
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
	target_id INTEGER, 
	CONSTRAINT state_known CHECK (state IN ('done', 'undone', 'dropped', 'step'))
);
INSERT INTO "change" VALUES(1,'2026-11-23 08:00:00.000000','2026-11-23','add','added','done',NULL);
INSERT INTO "change" VALUES(2,'2026-11-23 08:00:00.000000','2026-11-23','add','added','done',NULL);
INSERT INTO "change" VALUES(3,'2026-11-23 08:00:00.000000','2026-11-23','goal','goal: 5 applications a week','done',NULL);
INSERT INTO "change" VALUES(4,'2026-11-23 08:00:00.000000','2026-11-23','reminder','reminder for Wed 25 Nov: Update the CV','done',NULL);
INSERT INTO "change" VALUES(5,'2026-11-23 08:00:00.000000','2026-11-23','reminder','reminder: Ask Ana for a reference','done',NULL);
INSERT INTO "change" VALUES(6,'2026-11-23 08:00:00.000000','2026-11-23','reminder','reminder for Mon 23 Nov, every week: Look through the postings','done',NULL);
INSERT INTO "change" VALUES(7,'2026-11-23 09:00:00.000000','2026-11-23','reminder','done: Look through the postings; next Mon 30 Nov','done',NULL);
INSERT INTO "change" VALUES(8,'2026-11-23 09:00:00.000000','2026-11-23','reminder','snoozed to Fri 27 Nov: Update the CV','done',NULL);
INSERT INTO "change" VALUES(9,'2026-11-23 09:00:00.000000','2026-11-23','goal','goal: 2 contacts a week','done',NULL);
INSERT INTO "change" VALUES(10,'2026-11-23 09:00:00.000000','2026-11-23','move','moved from applied to first','done',NULL);
INSERT INTO "change" VALUES(11,'2026-11-23 09:00:00.000000','2026-11-23','note','noted','undone',NULL);
INSERT INTO "change" VALUES(12,'2026-11-23 09:00:00.000000','2026-11-23','undo','undo: noted','step',11);
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
INSERT INTO "follow_up" VALUES(2,2,NULL,'R1','application','',1,2,'inquire','follow up on your application','applied Mon 23 Nov',NULL,'2026-12-03',NULL,NULL,'2026-12-22 23:00:00.000000',NULL,'open',NULL,'2026-11-23',NULL,NULL);
INSERT INTO "follow_up" VALUES(3,1,NULL,'R22','stage:first:2026-11-23','',1,2,'ask_time','ask when the interview will take place','in first since Mon 23 Nov, no interview agreed',NULL,'2026-11-25',NULL,NULL,'2026-12-20 23:00:00.000000',NULL,'open',NULL,'2026-11-23',NULL,NULL);
CREATE TABLE goal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	CONSTRAINT kind_known CHECK (kind IN ('applications', 'follow_ups', 'interviews', 'contacts')), 
	CONSTRAINT number_in_range CHECK (number BETWEEN 0 AND 999), 
	CONSTRAINT set_once UNIQUE (kind, from_on)
);
INSERT INTO "goal" VALUES(1,'applications',5,'2026-11-23');
INSERT INTO "goal" VALUES(2,'contacts',2,'2026-11-23');
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
INSERT INTO "note" VALUES(1,1,'2026-11-23','They called.');
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
INSERT INTO "reminder" VALUES(1,'Update the CV','2026-11-25','2026-11-25','','2026-11-27','open',NULL,'2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000');
INSERT INTO "reminder" VALUES(2,'Ask Ana for a reference',NULL,NULL,'',NULL,'open',NULL,'2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000');
INSERT INTO "reminder" VALUES(3,'Look through the postings','2026-11-23','2026-11-30','week',NULL,'open','2026-11-23','2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000');
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
INSERT INTO "row_image" VALUES(1,1,1,'application',1,NULL,'{"company":"Globex","role":"Staff Engineer","stage_since":"2026-11-23","applied_on":"2026-11-23","tags":"[\"remote\"]","expected_set_on":null,"employer":"globex","created_at":"2026-11-23T08:00:00Z","updated_at":"2026-11-23T08:00:00Z","id":1,"version":1,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-23","close_suggested_on":"2027-01-22","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true,"waiting":"no reply yet; quiet from Wed 23 Dec, may be closed from Fri 22 Jan","imported_on":null,"reference_check_set_on":null,"offer_deadline_asked_on":null,"starts_work_on":null}');
INSERT INTO "row_image" VALUES(2,1,1,'stage_move',1,NULL,'{"application_id":1,"to_stage":"applied","moved_on":"2026-11-23","id":1,"from_stage":null}');
INSERT INTO "row_image" VALUES(3,1,1,'note',1,NULL,'{"application_id":1,"noted_on":"2026-11-23","text":"They called.","id":1}');
INSERT INTO "row_image" VALUES(4,1,1,'follow_up',1,NULL,'{"application_id":1,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"follow up on your application","reason":"applied Mon 23 Nov","not_before":null,"due_on":"2026-12-03","due_at":null,"late_until":null,"lapses_at":"2026-12-22T23:00:00Z","planned_on":"2026-11-23","late_from":null,"names_day":null,"id":1,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(5,2,2,'application',2,NULL,'{"company":"Hooli","role":"SRE","stage_since":"2026-11-23","applied_on":"2026-11-23","expected_set_on":null,"employer":"hooli","created_at":"2026-11-23T08:00:00Z","updated_at":"2026-11-23T08:00:00Z","id":2,"version":2,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-23","close_suggested_on":"2027-01-22","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true,"waiting":"no reply yet; quiet from Wed 23 Dec, may be closed from Fri 22 Jan","imported_on":null,"reference_check_set_on":null,"offer_deadline_asked_on":null,"starts_work_on":null}');
INSERT INTO "row_image" VALUES(6,2,2,'stage_move',2,NULL,'{"application_id":2,"to_stage":"applied","moved_on":"2026-11-23","id":2,"from_stage":null}');
INSERT INTO "row_image" VALUES(7,2,2,'follow_up',2,NULL,'{"application_id":2,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"follow up on your application","reason":"applied Mon 23 Nov","not_before":null,"due_on":"2026-12-03","due_at":null,"late_until":null,"lapses_at":"2026-12-22T23:00:00Z","planned_on":"2026-11-23","late_from":null,"names_day":null,"id":2,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(8,3,NULL,'goal',1,NULL,'{"kind":"applications","number":5,"from_on":"2026-11-23","id":1}');
INSERT INTO "row_image" VALUES(9,4,NULL,'reminder',1,NULL,'{"text":"Update the CV","begins_on":"2026-11-25","due_on":"2026-11-25","every":"","created_at":"2026-11-23T08:00:00Z","updated_at":"2026-11-23T08:00:00Z","id":1,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(10,5,NULL,'reminder',2,NULL,'{"text":"Ask Ana for a reference","begins_on":null,"due_on":null,"every":"","created_at":"2026-11-23T08:00:00Z","updated_at":"2026-11-23T08:00:00Z","id":2,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(11,6,NULL,'reminder',3,NULL,'{"text":"Look through the postings","begins_on":"2026-11-23","due_on":"2026-11-23","every":"week","created_at":"2026-11-23T08:00:00Z","updated_at":"2026-11-23T08:00:00Z","id":3,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(12,7,NULL,'reminder',3,'{"due_on":"2026-11-23","done_on":null}','{"due_on":"2026-11-30","done_on":"2026-11-23"}');
INSERT INTO "row_image" VALUES(13,8,NULL,'reminder',1,'{"snoozed_to":null}','{"snoozed_to":"2026-11-27"}');
INSERT INTO "row_image" VALUES(14,9,NULL,'goal',2,NULL,'{"kind":"contacts","number":2,"from_on":"2026-11-23","id":2}');
INSERT INTO "row_image" VALUES(15,10,1,'stage_move',3,NULL,'{"application_id":1,"from_stage":"applied","to_stage":"first","moved_on":"2026-11-23","id":3}');
INSERT INTO "row_image" VALUES(16,10,1,'application',1,'{"version":1,"updated_at":"2026-11-23T08:00:00Z","stage":"applied","waiting":"no reply yet; quiet from Wed 23 Dec, may be closed from Fri 22 Jan","dormant_on":"2026-12-23"}','{"version":10,"updated_at":"2026-11-23T09:00:00Z","stage":"first","waiting":"no reply yet; quiet from Mon 21 Dec, may be closed from Fri 22 Jan","dormant_on":"2026-12-21"}');
INSERT INTO "row_image" VALUES(17,10,1,'follow_up',3,NULL,'{"application_id":1,"interview_id":null,"rule":"R22","anchor":"stage:first:2026-11-23","person":"","nth":1,"of":2,"action":"ask_time","label":"ask when the interview will take place","reason":"in first since Mon 23 Nov, no interview agreed","not_before":null,"due_on":"2026-11-25","due_at":null,"late_until":null,"lapses_at":"2026-12-20T23:00:00Z","planned_on":"2026-11-23","late_from":null,"names_day":null,"id":3,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(18,10,1,'follow_up',1,'{"person":"","due_at":null,"names_day":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-22T23:00:00Z","action":"inquire","snoozed_to":null,"id":1,"label":"follow up on your application","state":"open","interview_id":null,"reason":"applied Mon 23 Nov","done_on":null,"application_id":1,"rule":"R1","not_before":null,"planned_on":"2026-11-23","anchor":"application","due_on":"2026-12-03","late_from":null}',NULL);
INSERT INTO "row_image" VALUES(19,11,1,'note',2,NULL,'{"application_id":1,"noted_on":"2026-11-23","text":"Was kind.","id":2}');
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
INSERT INTO "stage_move" VALUES(1,1,NULL,'applied','2026-11-23');
INSERT INTO "stage_move" VALUES(2,2,NULL,'applied','2026-11-23');
INSERT INTO "stage_move" VALUES(3,1,'applied','first','2026-11-23');
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
INSERT INTO "sqlite_sequence" VALUES('application',2);
INSERT INTO "sqlite_sequence" VALUES('change',12);
INSERT INTO "sqlite_sequence" VALUES('stage_move',3);
INSERT INTO "sqlite_sequence" VALUES('note',2);
INSERT INTO "sqlite_sequence" VALUES('follow_up',3);
INSERT INTO "sqlite_sequence" VALUES('row_image',19);
INSERT INTO "sqlite_sequence" VALUES('goal',2);
INSERT INTO "sqlite_sequence" VALUES('reminder',3);
COMMIT;
