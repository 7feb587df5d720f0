PRAGMA application_id = 1919837299;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE application (
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
	contact_name VARCHAR(200) NOT NULL, 
	contact_email VARCHAR(320) NOT NULL, 
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
	updated_at DATETIME NOT NULL, offer_kind VARCHAR DEFAULT '' NOT NULL CONSTRAINT offer_kind_known CHECK (offer_kind IN ('', 'verbal', 'written')), closed_at DATETIME, preset VARCHAR(32) DEFAULT '' NOT NULL, offer_letter_on DATE, offer_signed_on DATE, extension_asked_on DATE, reference_check_on DATE, counter_sent_on DATE, feedback_asked BOOLEAN DEFAULT 0 NOT NULL, thanked_rejection_on DATE, stay_in_touch BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT stage_known CHECK (stage IN ('applied', 'first', 'second', 'offer')), 
	CONSTRAINT outcome_known CHECK (outcome IN ('accepted', 'declined', 'rejected', 'withdrawn', 'no-response', 'cancelled')), 
	CONSTRAINT named CHECK (company <> '' AND role <> ''), 
	CONSTRAINT closed_whole CHECK ((outcome IS NULL) = (closed_on IS NULL)), 
	CONSTRAINT stage_after_application CHECK (stage_since >= applied_on)
);
INSERT INTO "application" VALUES(1,21,'Globex GmbH','Engineer','second','2026-11-09','2026-11-02',NULL,'','','','','[]','Ana Ruiz','ana.ruiz@globex.example','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-22','2027-01-23','2026-11-02 08:00:00.000000','2026-11-10 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
INSERT INTO "application" VALUES(2,14,'Hooli','SRE','offer','2026-11-09','2026-11-02',NULL,'','','','','[]','','jobs@hooli.example','','','','',0,NULL,NULL,'',NULL,NULL,'','','','','2026-11-09','2026-11-09 08:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL,'','','',NULL,NULL,'2026-11-02 08:00:00.000000','2026-11-09 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
INSERT INTO "application" VALUES(3,20,'Initech','Dev','applied','2026-11-02','2026-11-02',NULL,'','','','','[]','Milton','m@initech.example','','','','',0,NULL,NULL,'','2026-11-20','2026-11-09','','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-11','2027-01-19','2026-11-02 08:00:00.000000','2026-11-09 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
INSERT INTO "application" VALUES(4,23,'Stark','Ops','applied','2026-11-02','2026-11-02',NULL,'','','','','[]','Eve','eve@stark.example','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-12-02','2027-01-01','2026-11-02 08:00:00.000000','2026-11-10 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
INSERT INTO "application" VALUES(6,6,'Daily Planet','Reporter','applied','2026-10-01','2026-10-01',NULL,'','','','','[]','Perry','p@planet.example','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-10-31','2026-11-30','2026-11-02 08:00:00.000000','2026-11-02 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
INSERT INTO "application" VALUES(7,6,'Acme','Tester','applied','2026-10-02','2026-10-02',NULL,'','','','','[]','','','','','','',0,NULL,NULL,'',NULL,NULL,'','','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','','','2026-11-01','2026-12-01','2026-11-02 08:00:00.000000','2026-11-02 08:00:00.000000','',NULL,'',NULL,NULL,NULL,NULL,NULL,0,NULL,1);
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
INSERT INTO "change" VALUES(1,'2026-11-02 08:00:00.000000','2026-11-02','add','added','done',NULL);
INSERT INTO "change" VALUES(2,'2026-11-02 08:00:00.000000','2026-11-02','add','added','done',NULL);
INSERT INTO "change" VALUES(3,'2026-11-02 08:00:00.000000','2026-11-02','add','added','done',NULL);
INSERT INTO "change" VALUES(4,'2026-11-02 08:00:00.000000','2026-11-02','add','added','done',NULL);
INSERT INTO "change" VALUES(5,'2026-11-02 08:00:00.000000','2026-11-02','add','added','done',NULL);
INSERT INTO "change" VALUES(6,'2026-11-02 08:00:00.000000','2026-11-02','import','imported 2 from a file','done',NULL);
INSERT INTO "change" VALUES(7,'2026-11-05 08:00:00.000000','2026-11-05','contact','contact: Bill','done',NULL);
INSERT INTO "change" VALUES(8,'2026-11-05 08:00:00.000000','2026-11-05','edit','edited contact, e-mail','done',NULL);
INSERT INTO "change" VALUES(9,'2026-11-05 08:00:00.000000','2026-11-05','interview','first interview Fri 6 Nov 10:00','done',NULL);
INSERT INTO "change" VALUES(10,'2026-11-09 08:00:00.000000','2026-11-09','interview','first interview Thu 12 Nov 10:00','done',NULL);
INSERT INTO "change" VALUES(11,'2026-11-09 08:00:00.000000','2026-11-09','interview','second interview Tue 17 Nov 10:00','done',NULL);
INSERT INTO "change" VALUES(12,'2026-11-09 08:00:00.000000','2026-11-09','interview','second interview Tue 24 Nov 10:00','done',NULL);
INSERT INTO "change" VALUES(13,'2026-11-09 08:00:00.000000','2026-11-09','interview','interview cancelled','done',NULL);
INSERT INTO "change" VALUES(14,'2026-11-09 08:00:00.000000','2026-11-09','move','moved from applied to offer','done',NULL);
INSERT INTO "change" VALUES(15,'2026-11-09 08:00:00.000000','2026-11-09','contact','contact: Dee','done',NULL);
INSERT INTO "change" VALUES(16,'2026-11-09 08:00:00.000000','2026-11-09','contact','contact: Eve','done',NULL);
INSERT INTO "change" VALUES(17,'2026-11-09 08:00:00.000000','2026-11-09','contact','contact removed: Eve','done',NULL);
INSERT INTO "change" VALUES(18,'2026-11-09 08:00:00.000000','2026-11-09','edit','edited contact, e-mail','done',NULL);
INSERT INTO "change" VALUES(19,'2026-11-09 08:00:00.000000','2026-11-09','delete','deleted Wayne — Analyst','done',NULL);
INSERT INTO "change" VALUES(20,'2026-11-09 08:00:00.000000','2026-11-09','reply','they replied: decision by Fri 20 Nov','done',NULL);
INSERT INTO "change" VALUES(21,'2026-11-10 08:00:00.000000','2026-11-10','edit','edited e-mail','done',NULL);
INSERT INTO "change" VALUES(22,'2026-11-10 08:00:00.000000','2026-11-10','edit','edited contact','undone',NULL);
INSERT INTO "change" VALUES(23,'2026-11-10 08:00:00.000000','2026-11-10','undo','undo: edited contact','step',22);
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	title VARCHAR(200) NOT NULL, 
	email VARCHAR(320) NOT NULL, 
	phone VARCHAR(60) NOT NULL, 
	link VARCHAR(2000) NOT NULL, 
	relation VARCHAR NOT NULL, 
	common_ground VARCHAR(1000) NOT NULL, 
	background VARCHAR(2000) NOT NULL, 
	CONSTRAINT relation_known CHECK (relation IN ('recruiter', 'manager', 'interviewer', 'employee', 'reference', 'alumni', 'other')), 
	CONSTRAINT named CHECK (name <> ''), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
INSERT INTO "contact" VALUES(1,3,'Bill','','','','','manager','','');
INSERT INTO "contact" VALUES(2,1,'ana ruiz','','ana@globex.example','','','interviewer','','');
INSERT INTO "contact" VALUES(3,1,'Bo','','','','','interviewer','','');
INSERT INTO "contact" VALUES(4,1,'Cy','','','','','interviewer','','');
INSERT INTO "contact" VALUES(5,4,'Dee','','','','','reference','','');
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
	done_on DATE, 
	CONSTRAINT state_known CHECK (state IN ('open', 'done', 'skipped')), 
	CONSTRAINT nth_of CHECK (nth BETWEEN 1 AND of), 
	CONSTRAINT once UNIQUE (application_id, rule, anchor, person, nth), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE CASCADE
);
INSERT INTO "follow_up" VALUES(4,4,NULL,'R1','application','',1,2,'inquire','ask politely about your application','applied Mon 2 Nov',NULL,'2026-11-12',NULL,NULL,'2026-12-01 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(6,6,NULL,'R1','application','',1,2,'inquire','ask politely about your application','applied Thu 1 Oct',NULL,'2026-10-12',NULL,NULL,'2026-10-30 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(7,7,NULL,'R1','application','',1,2,'inquire','ask politely about your application','applied Fri 2 Oct',NULL,'2026-10-12',NULL,NULL,'2026-10-31 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(8,1,1,'R7','interview:1','2',1,1,'thank','thank ana ruiz for the interview','interview Fri 6 Nov 10:00','2026-11-06 11:00:00.000000','2026-11-07','2026-11-07 10:00:00.000000','2026-11-08 10:00:00.000000','2026-11-13 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(9,1,1,'R7','interview:1','3',1,1,'thank','thank Bo for the interview','interview Fri 6 Nov 10:00, no address: send it via the coordinator','2026-11-06 11:00:00.000000','2026-11-07','2026-11-07 10:00:00.000000','2026-11-08 10:00:00.000000','2026-11-13 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(10,1,1,'R5','interview:1','',1,3,'prepare','prepare: research, stories, questions','interview Fri 6 Nov 10:00',NULL,'2026-11-05',NULL,NULL,'2026-11-06 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(11,1,1,'R5','interview:1','',2,3,'logistics','check link or route, names and papers','interview Fri 6 Nov 10:00',NULL,'2026-11-05',NULL,NULL,'2026-11-06 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(12,1,1,'R5','interview:1','',3,3,'go','get ready for the interview','interview Fri 6 Nov 10:00',NULL,'2026-11-06','2026-11-06 07:00:00.000000',NULL,'2026-11-06 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(13,1,1,'R6','interview:1','',1,1,'debrief','write the debrief: questions, doubts, promises, next step','interview Fri 6 Nov 10:00','2026-11-06 10:00:00.000000','2026-11-06','2026-11-06 12:00:00.000000','2026-11-06 23:00:00.000000','2026-11-13 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(15,1,2,'R7','interview:2','4',1,1,'thank','thank Cy for the interview','interview Thu 12 Nov 10:00, no address: send it via the coordinator','2026-11-12 11:00:00.000000','2026-11-13','2026-11-13 10:00:00.000000','2026-11-14 10:00:00.000000','2026-11-19 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(16,1,2,'R5','interview:2','',1,3,'prepare','prepare: research, stories, questions','interview Thu 12 Nov 10:00',NULL,'2026-11-09',NULL,NULL,'2026-11-12 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(17,1,2,'R5','interview:2','',2,3,'logistics','check link or route, names and papers','interview Thu 12 Nov 10:00',NULL,'2026-11-11',NULL,NULL,'2026-11-12 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(18,1,2,'R5','interview:2','',3,3,'go','get ready for the interview','interview Thu 12 Nov 10:00',NULL,'2026-11-12','2026-11-12 07:00:00.000000',NULL,'2026-11-12 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(19,1,2,'R6','interview:2','',1,1,'debrief','write the debrief: questions, doubts, promises, next step','interview Thu 12 Nov 10:00','2026-11-12 10:00:00.000000','2026-11-12','2026-11-12 12:00:00.000000','2026-11-12 23:00:00.000000','2026-11-19 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(27,1,4,'R7','interview:4','',1,1,'thank','thank each interviewer','interview Tue 24 Nov 10:00','2026-11-24 11:00:00.000000','2026-11-25','2026-11-25 10:00:00.000000','2026-11-26 10:00:00.000000','2026-12-01 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(28,1,4,'R5','interview:4','',1,3,'prepare','prepare: research, stories, questions','interview Tue 24 Nov 10:00',NULL,'2026-11-21',NULL,NULL,'2026-11-24 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(29,1,4,'R5','interview:4','',2,3,'logistics','check link or route, and reconfirm the time','interview Tue 24 Nov 10:00',NULL,'2026-11-23',NULL,NULL,'2026-11-24 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(30,1,4,'R5','interview:4','',3,3,'go','get ready for the interview','interview Tue 24 Nov 10:00',NULL,'2026-11-24','2026-11-24 07:00:00.000000',NULL,'2026-11-24 09:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(31,1,4,'R6','interview:4','',1,1,'debrief','write the debrief: questions, doubts, promises, next step','interview Tue 24 Nov 10:00','2026-11-24 10:00:00.000000','2026-11-24','2026-11-24 12:00:00.000000','2026-11-24 23:00:00.000000','2026-12-01 10:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(32,1,4,'R8','interview:4','',1,2,'inquire','ask politely how it stands','interview Tue 24 Nov, no date named',NULL,'2026-12-01',NULL,NULL,'2026-12-21 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(33,2,NULL,'R12','offer:2026-11-09','',1,1,'acknowledge','thank them for the offer, without saying yes yet','offer received Mon 9 Nov',NULL,'2026-11-10','2026-11-10 08:00:00.000000',NULL,'2026-11-15 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(34,2,NULL,'R15','offer:2026-11-09','',1,2,'ask_deadline','ask by when they need your answer','offer received Mon 9 Nov, no deadline named',NULL,'2026-11-10','2026-11-10 08:00:00.000000',NULL,'2026-11-15 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(35,2,NULL,'R15','offer:2026-11-09','',2,2,'decide_soft','decide on the offer, or agree on a day','offer received Mon 9 Nov, no deadline named',NULL,'2026-11-16',NULL,NULL,NULL,NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(36,1,NULL,'R16','offer-of:2','',1,1,'tell_date','tell them that you have another offer','offer from Hooli Mon 9 Nov',NULL,'2026-11-10',NULL,NULL,'2026-11-22 23:00:00.000000',NULL,'open',NULL);
INSERT INTO "follow_up" VALUES(37,3,NULL,'R9','by:2026-11-20','',1,2,'inquire','ask politely: their date has passed','they said by Fri 20 Nov',NULL,'2026-11-23',NULL,NULL,'2026-12-10 23:00:00.000000',NULL,'open',NULL);
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
	formats VARCHAR NOT NULL, round INTEGER DEFAULT 1 NOT NULL CONSTRAINT round_counted CHECK (round BETWEEN 1 AND 1000), moved_times INTEGER DEFAULT 0 NOT NULL CONSTRAINT moved_counted CHECK (moved_times >= 0), offered_slots_on DATE, kept BOOLEAN, debriefed_on DATE, debrief_left BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT stage_known CHECK (stage IN ('first', 'second')), 
	CONSTRAINT status_known CHECK (status IN ('invited', 'confirmed', 'cancelled')), 
	CONSTRAINT minutes_in_a_day CHECK (minutes BETWEEN 1 AND 1440), 
	CONSTRAINT confirmed_timed CHECK (status <> 'confirmed' OR starts_at IS NOT NULL), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
INSERT INTO "interview" VALUES(1,1,'first','confirmed','2026-11-05',NULL,NULL,NULL,'2026-11-06 09:00:00.000000',60,'Europe/Berlin','','ana ruiz and Bo','[]',1,0,NULL,NULL,NULL,0);
INSERT INTO "interview" VALUES(2,1,'first','confirmed','2026-11-09',NULL,NULL,NULL,'2026-11-12 09:00:00.000000',60,'Europe/Berlin','','Cy','[]',2,0,NULL,NULL,NULL,0);
INSERT INTO "interview" VALUES(3,1,'second','cancelled','2026-11-09',NULL,NULL,NULL,'2026-11-17 09:00:00.000000',60,'Europe/Berlin','','Cy','[]',3,0,NULL,NULL,NULL,0);
INSERT INTO "interview" VALUES(4,1,'second','confirmed','2026-11-09',NULL,NULL,NULL,'2026-11-24 09:00:00.000000',60,'Europe/Berlin','','','[]',4,0,NULL,NULL,NULL,0);
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
INSERT INTO "interviewer" VALUES(1,1,1,2,'');
INSERT INTO "interviewer" VALUES(2,1,1,3,'');
INSERT INTO "interviewer" VALUES(3,1,2,4,'');
INSERT INTO "interviewer" VALUES(4,1,3,4,'');
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
INSERT INTO "message" VALUES(1,3,NULL,NULL,'in','date_given','2026-11-09','');
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
	answers_id INTEGER, 
	CONSTRAINT kind_known CHECK (kind IN ('news', 'project', 'culture', 'concern', 'research', 'networking', 'skill', 'asked', 'topic', 'achievement', 'question', 'story', 'requirement', 'my_promise', 'their_promise', 'component', 'condition', 'counter')), 
	CONSTRAINT state_known CHECK (state IN ('open', 'addressed', 'done')), 
	CONSTRAINT said CHECK (text <> ''), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE, 
	FOREIGN KEY(interview_id) REFERENCES interview (id) ON DELETE SET NULL, 
	FOREIGN KEY(answers_id) REFERENCES point (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
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
INSERT INTO "row_image" VALUES(1,1,1,'application',1,NULL,'{"company":"Globex GmbH","role":"Engineer","stage_since":"2026-11-02","applied_on":"2026-11-02","contact_name":"Ana Ruiz","contact_email":"ana@globex.example","expected_set_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":1,"version":1,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(2,1,1,'stage_move',1,NULL,'{"application_id":1,"to_stage":"applied","moved_on":"2026-11-02","id":1,"from_stage":null}');
INSERT INTO "row_image" VALUES(3,1,1,'follow_up',1,NULL,'{"application_id":1,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-12","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","id":1,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(4,2,2,'application',2,NULL,'{"company":"Hooli","role":"SRE","stage_since":"2026-11-02","applied_on":"2026-11-02","contact_email":"jobs@hooli.example","expected_set_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":2,"version":2,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","contact_name":"","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(5,2,2,'stage_move',2,NULL,'{"application_id":2,"to_stage":"applied","moved_on":"2026-11-02","id":2,"from_stage":null}');
INSERT INTO "row_image" VALUES(6,2,2,'follow_up',2,NULL,'{"application_id":2,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-12","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","id":2,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(7,3,3,'application',3,NULL,'{"company":"Initech","role":"Dev","stage_since":"2026-11-02","applied_on":"2026-11-02","contact_name":"Bill","expected_set_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":3,"version":3,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","contact_email":"","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(8,3,3,'stage_move',3,NULL,'{"application_id":3,"to_stage":"applied","moved_on":"2026-11-02","id":3,"from_stage":null}');
INSERT INTO "row_image" VALUES(9,3,3,'follow_up',3,NULL,'{"application_id":3,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-12","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","id":3,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(10,4,4,'application',4,NULL,'{"company":"Stark","role":"Ops","stage_since":"2026-11-02","applied_on":"2026-11-02","expected_set_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":4,"version":4,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","contact_name":"","contact_email":"","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(11,4,4,'stage_move',4,NULL,'{"application_id":4,"to_stage":"applied","moved_on":"2026-11-02","id":4,"from_stage":null}');
INSERT INTO "row_image" VALUES(12,4,4,'follow_up',4,NULL,'{"application_id":4,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-12","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","id":4,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(13,5,5,'application',5,NULL,'{"company":"Wayne","role":"Analyst","stage_since":"2026-11-02","applied_on":"2026-11-02","contact_name":"Lucius","contact_email":"l@wayne.example","expected_set_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":5,"version":5,"stage":"applied","position":null,"location":"","url":"","source":"","salary":"","tags":"[]","channel":"","cv_version":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_on":null,"offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-12-02","close_suggested_on":"2027-01-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(14,5,5,'stage_move',5,NULL,'{"application_id":5,"to_stage":"applied","moved_on":"2026-11-02","id":5,"from_stage":null}');
INSERT INTO "row_image" VALUES(15,5,5,'follow_up',5,NULL,'{"application_id":5,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Mon 2 Nov","not_before":null,"due_on":"2026-11-12","due_at":null,"late_until":null,"lapses_at":"2026-12-01T23:00:00Z","id":5,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(16,6,6,'application',6,NULL,'{"company":"Daily Planet","role":"Reporter","stage":"applied","stage_since":"2026-10-01","applied_on":"2026-10-01","location":"","url":"","source":"","salary":"","tags":"[]","contact_name":"Perry","contact_email":"p@planet.example","cv_version":"","offered_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":6,"version":6,"position":null,"channel":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_set_on":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-10-31","close_suggested_on":"2026-11-30","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(17,6,7,'application',7,NULL,'{"company":"Acme","role":"Tester","stage":"applied","stage_since":"2026-10-02","applied_on":"2026-10-02","location":"","url":"","source":"","salary":"","tags":"[]","contact_name":"","contact_email":"","cv_version":"","offered_on":null,"created_at":"2026-11-02T08:00:00Z","updated_at":"2026-11-02T08:00:00Z","id":7,"version":6,"position":null,"channel":"","letter_version":"","via_recruiter":"","no_contact":false,"posted_on":null,"closing_on":null,"posting_text":"","expected_by":null,"expected_set_on":null,"expected_text":"","next_step":"","why_role":"","why_company":"","offered_at":null,"offer_acknowledged_on":null,"offer_deadline_on":null,"offer_deadline_at":null,"offer_deadline_set_on":null,"outcome":null,"closed_on":null,"reason":"","lesson_keep":"","lesson_change":"","dormant_on":"2026-11-01","close_suggested_on":"2026-12-01","closed_at":null,"preset":"","offer_kind":"","offer_letter_on":null,"offer_signed_on":null,"extension_asked_on":null,"reference_check_on":null,"counter_sent_on":null,"feedback_asked":false,"thanked_rejection_on":null,"stay_in_touch":true}');
INSERT INTO "row_image" VALUES(18,6,6,'stage_move',6,NULL,'{"application_id":6,"to_stage":"applied","moved_on":"2026-10-01","id":6,"from_stage":null}');
INSERT INTO "row_image" VALUES(19,6,6,'follow_up',6,NULL,'{"application_id":6,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Thu 1 Oct","not_before":null,"due_on":"2026-10-12","due_at":null,"late_until":null,"lapses_at":"2026-10-30T23:00:00Z","id":6,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(20,6,7,'stage_move',7,NULL,'{"application_id":7,"to_stage":"applied","moved_on":"2026-10-02","id":7,"from_stage":null}');
INSERT INTO "row_image" VALUES(21,6,7,'follow_up',7,NULL,'{"application_id":7,"interview_id":null,"rule":"R1","anchor":"application","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely about your application","reason":"applied Fri 2 Oct","not_before":null,"due_on":"2026-10-12","due_at":null,"late_until":null,"lapses_at":"2026-10-31T23:00:00Z","id":7,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(22,7,3,'contact',1,NULL,'{"application_id":3,"name":"Bill","title":"","email":"","phone":"","link":"","relation":"manager","common_ground":"","background":"","id":1}');
INSERT INTO "row_image" VALUES(23,8,3,'application',3,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Initech","id":3,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":3,"role":"Dev","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Bill","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-02T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Initech","id":3,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":8,"role":"Dev","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Milton","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"m@initech.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-05T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(24,9,1,'stage_move',8,NULL,'{"application_id":1,"from_stage":"applied","to_stage":"first","moved_on":"2026-11-05","id":8}');
INSERT INTO "row_image" VALUES(25,9,1,'application',1,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":1,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-02T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-04","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-05","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":9,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"first","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-05","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-05T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(26,9,1,'interview',1,NULL,'{"application_id":1,"stage":"first","status":"confirmed","logged_on":"2026-11-05","starts_at":"2026-11-06T09:00:00Z","round":1,"id":1,"invited_on":null,"invited_at":null,"answered_on":null,"minutes":60,"zone":"Europe/Berlin","place":"","people":"ana ruiz and Bo","formats":"[]","offered_slots_on":null,"kept":null,"moved_times":0,"debriefed_on":null,"debrief_left":false}');
INSERT INTO "row_image" VALUES(27,9,1,'contact',2,NULL,'{"application_id":1,"name":"ana ruiz","email":"ana@globex.example","id":2,"title":"","phone":"","link":"","relation":"interviewer","common_ground":"","background":""}');
INSERT INTO "row_image" VALUES(28,9,1,'contact',3,NULL,'{"application_id":1,"name":"Bo","email":"","id":3,"title":"","phone":"","link":"","relation":"interviewer","common_ground":"","background":""}');
INSERT INTO "row_image" VALUES(29,9,1,'interviewer',1,NULL,'{"application_id":1,"interview_id":1,"contact_id":2,"id":1,"point":""}');
INSERT INTO "row_image" VALUES(30,9,1,'interviewer',2,NULL,'{"application_id":1,"interview_id":1,"contact_id":3,"id":2,"point":""}');
INSERT INTO "row_image" VALUES(31,9,1,'follow_up',8,NULL,'{"application_id":1,"interview_id":1,"rule":"R7","anchor":"interview:1","person":"2","nth":1,"of":1,"action":"thank","label":"thank ana ruiz for the interview","reason":"interview Fri 6 Nov 10:00","not_before":"2026-11-06T11:00:00Z","due_on":"2026-11-07","due_at":"2026-11-07T10:00:00Z","late_until":"2026-11-08T10:00:00Z","lapses_at":"2026-11-13T10:00:00Z","id":8,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(32,9,1,'follow_up',9,NULL,'{"application_id":1,"interview_id":1,"rule":"R7","anchor":"interview:1","person":"3","nth":1,"of":1,"action":"thank","label":"thank Bo for the interview","reason":"interview Fri 6 Nov 10:00, no address: send it via the coordinator","not_before":"2026-11-06T11:00:00Z","due_on":"2026-11-07","due_at":"2026-11-07T10:00:00Z","late_until":"2026-11-08T10:00:00Z","lapses_at":"2026-11-13T10:00:00Z","id":9,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(33,9,1,'follow_up',10,NULL,'{"application_id":1,"interview_id":1,"rule":"R5","anchor":"interview:1","person":"","nth":1,"of":3,"action":"prepare","label":"prepare: research, stories, questions","reason":"interview Fri 6 Nov 10:00","not_before":null,"due_on":"2026-11-05","due_at":null,"late_until":null,"lapses_at":"2026-11-06T09:00:00Z","id":10,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(34,9,1,'follow_up',11,NULL,'{"application_id":1,"interview_id":1,"rule":"R5","anchor":"interview:1","person":"","nth":2,"of":3,"action":"logistics","label":"check link or route, names and papers","reason":"interview Fri 6 Nov 10:00","not_before":null,"due_on":"2026-11-05","due_at":null,"late_until":null,"lapses_at":"2026-11-06T09:00:00Z","id":11,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(35,9,1,'follow_up',12,NULL,'{"application_id":1,"interview_id":1,"rule":"R5","anchor":"interview:1","person":"","nth":3,"of":3,"action":"go","label":"get ready for the interview","reason":"interview Fri 6 Nov 10:00","not_before":null,"due_on":"2026-11-06","due_at":"2026-11-06T07:00:00Z","late_until":null,"lapses_at":"2026-11-06T09:00:00Z","id":12,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(36,9,1,'follow_up',13,NULL,'{"application_id":1,"interview_id":1,"rule":"R6","anchor":"interview:1","person":"","nth":1,"of":1,"action":"debrief","label":"write the debrief: questions, doubts, promises, next step","reason":"interview Fri 6 Nov 10:00","not_before":"2026-11-06T10:00:00Z","due_on":"2026-11-06","due_at":"2026-11-06T12:00:00Z","late_until":"2026-11-06T23:00:00Z","lapses_at":"2026-11-13T10:00:00Z","id":13,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(37,9,1,'follow_up',14,NULL,'{"application_id":1,"interview_id":1,"rule":"R8","anchor":"interview:1","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely how it stands","reason":"interview Fri 6 Nov, no date named","not_before":null,"due_on":"2026-11-13","due_at":null,"late_until":null,"lapses_at":"2026-12-03T23:00:00Z","id":14,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(38,9,1,'follow_up',1,'{"id":1,"label":"ask politely about your application","state":"open","interview_id":null,"reason":"applied Mon 2 Nov","done_on":null,"rule":"R1","not_before":null,"anchor":"application","due_on":"2026-11-12","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-01T23:00:00Z","application_id":1,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(39,10,1,'interview',2,NULL,'{"application_id":1,"stage":"first","status":"confirmed","logged_on":"2026-11-09","starts_at":"2026-11-12T09:00:00Z","round":2,"id":2,"invited_on":null,"invited_at":null,"answered_on":null,"minutes":60,"zone":"Europe/Berlin","place":"","people":"Cy","formats":"[]","offered_slots_on":null,"kept":null,"moved_times":0,"debriefed_on":null,"debrief_left":false}');
INSERT INTO "row_image" VALUES(40,10,1,'contact',4,NULL,'{"application_id":1,"name":"Cy","email":"","id":4,"title":"","phone":"","link":"","relation":"interviewer","common_ground":"","background":""}');
INSERT INTO "row_image" VALUES(41,10,1,'interviewer',3,NULL,'{"application_id":1,"interview_id":2,"contact_id":4,"id":3,"point":""}');
INSERT INTO "row_image" VALUES(42,10,1,'application',1,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-04","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-05","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":9,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"first","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-05","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-05T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-10","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-11","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":10,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"first","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-05","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(43,10,1,'follow_up',15,NULL,'{"application_id":1,"interview_id":2,"rule":"R7","anchor":"interview:2","person":"4","nth":1,"of":1,"action":"thank","label":"thank Cy for the interview","reason":"interview Thu 12 Nov 10:00, no address: send it via the coordinator","not_before":"2026-11-12T11:00:00Z","due_on":"2026-11-13","due_at":"2026-11-13T10:00:00Z","late_until":"2026-11-14T10:00:00Z","lapses_at":"2026-11-19T10:00:00Z","id":15,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(44,10,1,'follow_up',16,NULL,'{"application_id":1,"interview_id":2,"rule":"R5","anchor":"interview:2","person":"","nth":1,"of":3,"action":"prepare","label":"prepare: research, stories, questions","reason":"interview Thu 12 Nov 10:00","not_before":null,"due_on":"2026-11-09","due_at":null,"late_until":null,"lapses_at":"2026-11-12T09:00:00Z","id":16,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(45,10,1,'follow_up',17,NULL,'{"application_id":1,"interview_id":2,"rule":"R5","anchor":"interview:2","person":"","nth":2,"of":3,"action":"logistics","label":"check link or route, names and papers","reason":"interview Thu 12 Nov 10:00","not_before":null,"due_on":"2026-11-11","due_at":null,"late_until":null,"lapses_at":"2026-11-12T09:00:00Z","id":17,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(46,10,1,'follow_up',18,NULL,'{"application_id":1,"interview_id":2,"rule":"R5","anchor":"interview:2","person":"","nth":3,"of":3,"action":"go","label":"get ready for the interview","reason":"interview Thu 12 Nov 10:00","not_before":null,"due_on":"2026-11-12","due_at":"2026-11-12T07:00:00Z","late_until":null,"lapses_at":"2026-11-12T09:00:00Z","id":18,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(47,10,1,'follow_up',19,NULL,'{"application_id":1,"interview_id":2,"rule":"R6","anchor":"interview:2","person":"","nth":1,"of":1,"action":"debrief","label":"write the debrief: questions, doubts, promises, next step","reason":"interview Thu 12 Nov 10:00","not_before":"2026-11-12T10:00:00Z","due_on":"2026-11-12","due_at":"2026-11-12T12:00:00Z","late_until":"2026-11-12T23:00:00Z","lapses_at":"2026-11-19T10:00:00Z","id":19,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(48,10,1,'follow_up',20,NULL,'{"application_id":1,"interview_id":2,"rule":"R8","anchor":"interview:2","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely how it stands","reason":"interview Thu 12 Nov, no date named","not_before":null,"due_on":"2026-11-19","due_at":null,"late_until":null,"lapses_at":"2026-12-09T23:00:00Z","id":20,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(49,10,1,'follow_up',14,'{"id":14,"label":"ask politely how it stands","state":"open","interview_id":1,"reason":"interview Fri 6 Nov, no date named","done_on":null,"rule":"R8","not_before":null,"anchor":"interview:1","due_on":"2026-11-13","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-03T23:00:00Z","application_id":1,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(50,11,1,'stage_move',9,NULL,'{"application_id":1,"from_stage":"first","to_stage":"second","moved_on":"2026-11-09","id":9}');
INSERT INTO "row_image" VALUES(51,11,1,'application',1,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-10","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-11","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":10,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"first","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-05","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-15","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-16","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":11,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"second","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(52,11,1,'interview',3,NULL,'{"application_id":1,"stage":"second","status":"confirmed","logged_on":"2026-11-09","starts_at":"2026-11-17T09:00:00Z","round":3,"id":3,"invited_on":null,"invited_at":null,"answered_on":null,"minutes":60,"zone":"Europe/Berlin","place":"","people":"Cy","formats":"[]","offered_slots_on":null,"kept":null,"moved_times":0,"debriefed_on":null,"debrief_left":false}');
INSERT INTO "row_image" VALUES(53,11,1,'interviewer',4,NULL,'{"application_id":1,"interview_id":3,"contact_id":4,"id":4,"point":""}');
INSERT INTO "row_image" VALUES(54,11,1,'follow_up',21,NULL,'{"application_id":1,"interview_id":3,"rule":"R7","anchor":"interview:3","person":"4","nth":1,"of":1,"action":"thank","label":"thank Cy for the interview","reason":"interview Tue 17 Nov 10:00, no address: send it via the coordinator","not_before":"2026-11-17T11:00:00Z","due_on":"2026-11-18","due_at":"2026-11-18T10:00:00Z","late_until":"2026-11-19T10:00:00Z","lapses_at":"2026-11-24T10:00:00Z","id":21,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(55,11,1,'follow_up',22,NULL,'{"application_id":1,"interview_id":3,"rule":"R5","anchor":"interview:3","person":"","nth":1,"of":3,"action":"prepare","label":"prepare: research, stories, questions","reason":"interview Tue 17 Nov 10:00","not_before":null,"due_on":"2026-11-14","due_at":null,"late_until":null,"lapses_at":"2026-11-17T09:00:00Z","id":22,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(56,11,1,'follow_up',23,NULL,'{"application_id":1,"interview_id":3,"rule":"R5","anchor":"interview:3","person":"","nth":2,"of":3,"action":"logistics","label":"check link or route, and reconfirm the time","reason":"interview Tue 17 Nov 10:00","not_before":null,"due_on":"2026-11-16","due_at":null,"late_until":null,"lapses_at":"2026-11-17T09:00:00Z","id":23,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(57,11,1,'follow_up',24,NULL,'{"application_id":1,"interview_id":3,"rule":"R5","anchor":"interview:3","person":"","nth":3,"of":3,"action":"go","label":"get ready for the interview","reason":"interview Tue 17 Nov 10:00","not_before":null,"due_on":"2026-11-17","due_at":"2026-11-17T07:00:00Z","late_until":null,"lapses_at":"2026-11-17T09:00:00Z","id":24,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(58,11,1,'follow_up',25,NULL,'{"application_id":1,"interview_id":3,"rule":"R6","anchor":"interview:3","person":"","nth":1,"of":1,"action":"debrief","label":"write the debrief: questions, doubts, promises, next step","reason":"interview Tue 17 Nov 10:00","not_before":"2026-11-17T10:00:00Z","due_on":"2026-11-17","due_at":"2026-11-17T12:00:00Z","late_until":"2026-11-17T23:00:00Z","lapses_at":"2026-11-24T10:00:00Z","id":25,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(59,11,1,'follow_up',26,NULL,'{"application_id":1,"interview_id":3,"rule":"R8","anchor":"interview:3","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely how it stands","reason":"interview Tue 17 Nov, no date named","not_before":null,"due_on":"2026-11-24","due_at":null,"late_until":null,"lapses_at":"2026-12-14T23:00:00Z","id":26,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(60,11,1,'follow_up',20,'{"id":20,"label":"ask politely how it stands","state":"open","interview_id":2,"reason":"interview Thu 12 Nov, no date named","done_on":null,"rule":"R8","not_before":null,"anchor":"interview:2","due_on":"2026-11-19","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-09T23:00:00Z","application_id":1,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(61,12,1,'interview',4,NULL,'{"application_id":1,"stage":"second","status":"confirmed","logged_on":"2026-11-09","starts_at":"2026-11-24T09:00:00Z","round":4,"id":4,"invited_on":null,"invited_at":null,"answered_on":null,"minutes":60,"zone":"Europe/Berlin","place":"","people":"","formats":"[]","offered_slots_on":null,"kept":null,"moved_times":0,"debriefed_on":null,"debrief_left":false}');
INSERT INTO "row_image" VALUES(62,12,1,'application',1,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-15","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-16","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":11,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"second","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-22","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-23","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":12,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"second","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(63,12,1,'follow_up',27,NULL,'{"application_id":1,"interview_id":4,"rule":"R7","anchor":"interview:4","person":"","nth":1,"of":1,"action":"thank","label":"thank each interviewer","reason":"interview Tue 24 Nov 10:00","not_before":"2026-11-24T11:00:00Z","due_on":"2026-11-25","due_at":"2026-11-25T10:00:00Z","late_until":"2026-11-26T10:00:00Z","lapses_at":"2026-12-01T10:00:00Z","id":27,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(64,12,1,'follow_up',28,NULL,'{"application_id":1,"interview_id":4,"rule":"R5","anchor":"interview:4","person":"","nth":1,"of":3,"action":"prepare","label":"prepare: research, stories, questions","reason":"interview Tue 24 Nov 10:00","not_before":null,"due_on":"2026-11-21","due_at":null,"late_until":null,"lapses_at":"2026-11-24T09:00:00Z","id":28,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(65,12,1,'follow_up',29,NULL,'{"application_id":1,"interview_id":4,"rule":"R5","anchor":"interview:4","person":"","nth":2,"of":3,"action":"logistics","label":"check link or route, and reconfirm the time","reason":"interview Tue 24 Nov 10:00","not_before":null,"due_on":"2026-11-23","due_at":null,"late_until":null,"lapses_at":"2026-11-24T09:00:00Z","id":29,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(66,12,1,'follow_up',30,NULL,'{"application_id":1,"interview_id":4,"rule":"R5","anchor":"interview:4","person":"","nth":3,"of":3,"action":"go","label":"get ready for the interview","reason":"interview Tue 24 Nov 10:00","not_before":null,"due_on":"2026-11-24","due_at":"2026-11-24T07:00:00Z","late_until":null,"lapses_at":"2026-11-24T09:00:00Z","id":30,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(67,12,1,'follow_up',31,NULL,'{"application_id":1,"interview_id":4,"rule":"R6","anchor":"interview:4","person":"","nth":1,"of":1,"action":"debrief","label":"write the debrief: questions, doubts, promises, next step","reason":"interview Tue 24 Nov 10:00","not_before":"2026-11-24T10:00:00Z","due_on":"2026-11-24","due_at":"2026-11-24T12:00:00Z","late_until":"2026-11-24T23:00:00Z","lapses_at":"2026-12-01T10:00:00Z","id":31,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(68,12,1,'follow_up',32,NULL,'{"application_id":1,"interview_id":4,"rule":"R8","anchor":"interview:4","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely how it stands","reason":"interview Tue 24 Nov, no date named","not_before":null,"due_on":"2026-12-01","due_at":null,"late_until":null,"lapses_at":"2026-12-21T23:00:00Z","id":32,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(69,12,1,'follow_up',26,'{"id":26,"label":"ask politely how it stands","state":"open","interview_id":3,"reason":"interview Tue 17 Nov, no date named","done_on":null,"rule":"R8","not_before":null,"anchor":"interview:3","due_on":"2026-11-24","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-14T23:00:00Z","application_id":1,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(70,13,1,'interview',3,'{"invited_on":null,"formats":"[]","application_id":1,"invited_at":null,"round":3,"answered_on":null,"offered_slots_on":null,"starts_at":"2026-11-17T09:00:00Z","kept":null,"id":3,"minutes":60,"moved_times":0,"stage":"second","zone":"Europe/Berlin","debriefed_on":null,"status":"confirmed","place":"","debrief_left":false,"logged_on":"2026-11-09","people":"Cy"}','{"invited_on":null,"formats":"[]","application_id":1,"invited_at":null,"round":3,"answered_on":null,"offered_slots_on":null,"starts_at":"2026-11-17T09:00:00Z","kept":null,"id":3,"minutes":60,"moved_times":0,"stage":"second","zone":"Europe/Berlin","debriefed_on":null,"status":"cancelled","place":"","debrief_left":false,"logged_on":"2026-11-09","people":"Cy"}');
INSERT INTO "row_image" VALUES(71,13,1,'follow_up',21,'{"id":21,"label":"thank Cy for the interview","state":"open","interview_id":3,"reason":"interview Tue 17 Nov 10:00, no address: send it via the coordinator","done_on":null,"rule":"R7","not_before":"2026-11-17T11:00:00Z","anchor":"interview:3","due_on":"2026-11-18","person":"4","due_at":"2026-11-18T10:00:00Z","nth":1,"late_until":"2026-11-19T10:00:00Z","of":1,"lapses_at":"2026-11-24T10:00:00Z","application_id":1,"action":"thank","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(72,13,1,'follow_up',22,'{"id":22,"label":"prepare: research, stories, questions","state":"open","interview_id":3,"reason":"interview Tue 17 Nov 10:00","done_on":null,"rule":"R5","not_before":null,"anchor":"interview:3","due_on":"2026-11-14","person":"","due_at":null,"nth":1,"late_until":null,"of":3,"lapses_at":"2026-11-17T09:00:00Z","application_id":1,"action":"prepare","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(73,13,1,'follow_up',23,'{"id":23,"label":"check link or route, and reconfirm the time","state":"open","interview_id":3,"reason":"interview Tue 17 Nov 10:00","done_on":null,"rule":"R5","not_before":null,"anchor":"interview:3","due_on":"2026-11-16","person":"","due_at":null,"nth":2,"late_until":null,"of":3,"lapses_at":"2026-11-17T09:00:00Z","application_id":1,"action":"logistics","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(74,13,1,'follow_up',24,'{"id":24,"label":"get ready for the interview","state":"open","interview_id":3,"reason":"interview Tue 17 Nov 10:00","done_on":null,"rule":"R5","not_before":null,"anchor":"interview:3","due_on":"2026-11-17","person":"","due_at":"2026-11-17T07:00:00Z","nth":3,"late_until":null,"of":3,"lapses_at":"2026-11-17T09:00:00Z","application_id":1,"action":"go","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(75,13,1,'follow_up',25,'{"id":25,"label":"write the debrief: questions, doubts, promises, next step","state":"open","interview_id":3,"reason":"interview Tue 17 Nov 10:00","done_on":null,"rule":"R6","not_before":"2026-11-17T10:00:00Z","anchor":"interview:3","due_on":"2026-11-17","person":"","due_at":"2026-11-17T12:00:00Z","nth":1,"late_until":"2026-11-17T23:00:00Z","of":1,"lapses_at":"2026-11-24T10:00:00Z","application_id":1,"action":"debrief","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(76,14,2,'stage_move',10,NULL,'{"application_id":2,"from_stage":"applied","to_stage":"offer","moved_on":"2026-11-09","id":10}');
INSERT INTO "row_image" VALUES(77,14,2,'application',2,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Hooli","id":2,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":2,"role":"SRE","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"jobs@hooli.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-02T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":null,"reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":null,"counter_sent_on":null,"company":"Hooli","id":2,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":14,"role":"SRE","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"offer","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"jobs@hooli.example","posting_text":"","offered_on":"2026-11-09","lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":"2026-11-09T08:00:00Z","lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(78,14,2,'follow_up',33,NULL,'{"application_id":2,"interview_id":null,"rule":"R12","anchor":"offer:2026-11-09","person":"","nth":1,"of":1,"action":"acknowledge","label":"thank them for the offer, without saying yes yet","reason":"offer received Mon 9 Nov","not_before":null,"due_on":"2026-11-10","due_at":"2026-11-10T08:00:00Z","late_until":null,"lapses_at":"2026-11-15T23:00:00Z","id":33,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(79,14,2,'follow_up',34,NULL,'{"application_id":2,"interview_id":null,"rule":"R15","anchor":"offer:2026-11-09","person":"","nth":1,"of":2,"action":"ask_deadline","label":"ask by when they need your answer","reason":"offer received Mon 9 Nov, no deadline named","not_before":null,"due_on":"2026-11-10","due_at":"2026-11-10T08:00:00Z","late_until":null,"lapses_at":"2026-11-15T23:00:00Z","id":34,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(80,14,2,'follow_up',35,NULL,'{"application_id":2,"interview_id":null,"rule":"R15","anchor":"offer:2026-11-09","person":"","nth":2,"of":2,"action":"decide_soft","label":"decide on the offer, or agree on a day","reason":"offer received Mon 9 Nov, no deadline named","not_before":null,"due_on":"2026-11-16","due_at":null,"late_until":null,"lapses_at":null,"id":35,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(81,14,2,'follow_up',2,'{"id":2,"label":"ask politely about your application","state":"open","interview_id":null,"reason":"applied Mon 2 Nov","done_on":null,"rule":"R1","not_before":null,"anchor":"application","due_on":"2026-11-12","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-01T23:00:00Z","application_id":2,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(82,14,1,'follow_up',36,NULL,'{"application_id":1,"interview_id":null,"rule":"R16","anchor":"offer-of:2","person":"","nth":1,"of":1,"action":"tell_date","label":"tell them that you have another offer","reason":"offer from Hooli Mon 9 Nov","not_before":null,"due_on":"2026-11-10","due_at":null,"late_until":null,"lapses_at":"2026-11-22T23:00:00Z","id":36,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(83,15,4,'contact',5,NULL,'{"application_id":4,"name":"Dee","title":"","email":"","phone":"","link":"","relation":"reference","common_ground":"","background":"","id":5}');
INSERT INTO "row_image" VALUES(84,16,4,'contact',6,NULL,'{"application_id":4,"name":"Eve","title":"","email":"","phone":"","link":"","relation":"interviewer","common_ground":"","background":"","id":6}');
INSERT INTO "row_image" VALUES(85,17,4,'contact',6,'{"title":"","id":6,"phone":"","relation":"interviewer","background":"","application_id":4,"name":"Eve","email":"","link":"","common_ground":""}',NULL);
INSERT INTO "row_image" VALUES(86,18,4,'application',4,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Stark","id":4,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":4,"role":"Ops","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-02T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Stark","id":4,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":18,"role":"Ops","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Eve","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"eve@stark.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(87,19,5,'follow_up',5,'{"id":5,"label":"ask politely about your application","state":"open","interview_id":null,"reason":"applied Mon 2 Nov","done_on":null,"rule":"R1","not_before":null,"anchor":"application","due_on":"2026-11-12","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-01T23:00:00Z","application_id":5,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(88,19,5,'stage_move',5,'{"id":5,"from_stage":null,"moved_on":"2026-11-02","to_stage":"applied","application_id":5}',NULL);
INSERT INTO "row_image" VALUES(89,19,5,'application',5,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Wayne","id":5,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":5,"role":"Analyst","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Lucius","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"l@wayne.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-02T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}',NULL);
INSERT INTO "row_image" VALUES(90,20,3,'application',3,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Initech","id":3,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":8,"role":"Dev","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Milton","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"m@initech.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-05T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":"2026-11-09","offer_acknowledged_on":null,"dormant_on":"2026-12-11","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-19","counter_sent_on":null,"company":"Initech","id":3,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":20,"role":"Dev","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Milton","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"m@initech.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":"2026-11-20","offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(91,20,3,'message',1,NULL,'{"application_id":3,"direction":"in","kind":"date_given","sent_on":"2026-11-09","text":"","id":1,"interview_id":null,"follow_up_id":null}');
INSERT INTO "row_image" VALUES(92,20,3,'follow_up',37,NULL,'{"application_id":3,"interview_id":null,"rule":"R9","anchor":"by:2026-11-20","person":"","nth":1,"of":2,"action":"inquire","label":"ask politely: their date has passed","reason":"they said by Fri 20 Nov","not_before":null,"due_on":"2026-11-23","due_at":null,"late_until":null,"lapses_at":"2026-12-10T23:00:00Z","id":37,"snoozed_to":null,"state":"open","done_on":null}');
INSERT INTO "row_image" VALUES(93,20,3,'follow_up',3,'{"id":3,"label":"ask politely about your application","state":"open","interview_id":null,"reason":"applied Mon 2 Nov","done_on":null,"rule":"R1","not_before":null,"anchor":"application","due_on":"2026-11-12","person":"","due_at":null,"nth":1,"late_until":null,"of":2,"lapses_at":"2026-12-01T23:00:00Z","application_id":3,"action":"inquire","snoozed_to":null}',NULL);
INSERT INTO "row_image" VALUES(94,21,1,'application',1,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-22","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-23","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":12,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"second","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-22","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-23","counter_sent_on":null,"company":"Globex GmbH","id":1,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":21,"role":"Engineer","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"second","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-09","contact_name":"Ana Ruiz","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"ana.ruiz@globex.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-10T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
INSERT INTO "row_image" VALUES(95,22,4,'application',4,'{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Stark","id":4,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":18,"role":"Ops","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Eve","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"eve@stark.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-09T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}','{"location":"","cv_version":"","expected_set_on":null,"offer_acknowledged_on":null,"dormant_on":"2026-12-02","reference_check_on":null,"url":"","letter_version":"","offer_deadline_on":null,"offer_deadline_at":null,"close_suggested_on":"2027-01-01","counter_sent_on":null,"company":"Stark","id":4,"source":"","via_recruiter":"","expected_text":"","offer_deadline_set_on":null,"closed_at":null,"feedback_asked":false,"version":22,"role":"Ops","salary":"","no_contact":false,"next_step":"","outcome":null,"preset":"","thanked_rejection_on":null,"stage":"applied","tags":"[]","posted_on":null,"why_role":"","closed_on":null,"offer_kind":"","stay_in_touch":true,"stage_since":"2026-11-02","contact_name":"Pepper","closing_on":null,"why_company":"","reason":"","offer_letter_on":null,"created_at":"2026-11-02T08:00:00Z","applied_on":"2026-11-02","contact_email":"eve@stark.example","posting_text":"","offered_on":null,"lesson_keep":"","offer_signed_on":null,"updated_at":"2026-11-10T08:00:00Z","position":null,"channel":"","expected_by":null,"offered_at":null,"lesson_change":"","extension_asked_on":null}');
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
INSERT INTO "stage_move" VALUES(2,2,NULL,'applied','2026-11-02');
INSERT INTO "stage_move" VALUES(3,3,NULL,'applied','2026-11-02');
INSERT INTO "stage_move" VALUES(4,4,NULL,'applied','2026-11-02');
INSERT INTO "stage_move" VALUES(6,6,NULL,'applied','2026-10-01');
INSERT INTO "stage_move" VALUES(7,7,NULL,'applied','2026-10-02');
INSERT INTO "stage_move" VALUES(8,1,'applied','first','2026-11-05');
INSERT INTO "stage_move" VALUES(9,1,'first','second','2026-11-09');
INSERT INTO "stage_move" VALUES(10,2,'applied','offer','2026-11-09');
CREATE TABLE tip_tick (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	application_id INTEGER NOT NULL, 
	tip VARCHAR(8) NOT NULL, 
	ticked_on DATE NOT NULL, 
	CONSTRAINT ticked_once UNIQUE (application_id, tip), 
	FOREIGN KEY(application_id) REFERENCES application (id) ON DELETE CASCADE
);
CREATE INDEX ix_application_company ON application (company);
CREATE INDEX ix_application_board ON application (outcome, stage);
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
CREATE VIEW board_card AS
SELECT id, version, company, role, stage, outcome, applied_on, stage_since, closed_on,
       location, url, source, salary, tags, expected_by,
       offer_deadline_on, offer_deadline_at, dormant_on, close_suggested_on, position
FROM application;
CREATE INDEX ix_contact_application_id ON contact (application_id);
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
CREATE VIEW open_follow_up AS
SELECT f.id, f.application_id, a.company, a.role, a.stage, a.outcome, a.dormant_on,
       f.interview_id, f.rule, f.action, f.label,
       coalesce(f.snoozed_to, f.due_on) AS day,
       f.due_on,
       CASE WHEN f.snoozed_to IS NULL THEN f.due_at END AS due_at,
       f.not_before, f.late_until, f.lapses_at, f.reason, f.nth, f.of, f.snoozed_to, f.person
FROM follow_up f JOIN application a ON a.id = f.application_id
WHERE f.state = 'open';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',23);
INSERT INTO "sqlite_sequence" VALUES('application',7);
INSERT INTO "sqlite_sequence" VALUES('stage_move',10);
INSERT INTO "sqlite_sequence" VALUES('follow_up',37);
INSERT INTO "sqlite_sequence" VALUES('row_image',95);
INSERT INTO "sqlite_sequence" VALUES('contact',6);
INSERT INTO "sqlite_sequence" VALUES('interview',4);
INSERT INTO "sqlite_sequence" VALUES('interviewer',4);
INSERT INTO "sqlite_sequence" VALUES('message',1);
COMMIT;
