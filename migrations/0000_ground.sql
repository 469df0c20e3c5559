CREATE TABLE `kernel_audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text,
	`command` text NOT NULL,
	`object_kind` text,
	`object_id` text,
	`unit` text,
	`address` text,
	`request` text NOT NULL,
	`before` text,
	`after` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `kernel_audit_at` ON `kernel_audit` (`at`);--> statement-breakpoint
CREATE INDEX `kernel_audit_actor` ON `kernel_audit` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `kernel_audit_command` ON `kernel_audit` (`command`,`at`);--> statement-breakpoint
CREATE INDEX `kernel_audit_request` ON `kernel_audit` (`request`);--> statement-breakpoint
CREATE INDEX `kernel_audit_object` ON `kernel_audit` (`object_kind`,`object_id`,`at`);--> statement-breakpoint
CREATE INDEX `kernel_audit_unit` ON `kernel_audit` (`unit`,`at`);--> statement-breakpoint
CREATE INDEX `kernel_audit_address` ON `kernel_audit` (`address`,`at`);--> statement-breakpoint
CREATE TABLE `kernel_account` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `kernel_user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kernel_account_user` ON `kernel_account` (`user_id`);--> statement-breakpoint
CREATE TABLE `kernel_session` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL,
	`strength` text DEFAULT 'password' NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `kernel_user`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_session_token_unique` ON `kernel_session` (`token`);--> statement-breakpoint
CREATE INDEX `kernel_session_user` ON `kernel_session` (`user_id`);--> statement-breakpoint
CREATE TABLE `kernel_user` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`username` text,
	`display_username` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_user_email_unique` ON `kernel_user` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_user_username_unique` ON `kernel_user` (`username`);--> statement-breakpoint
CREATE TABLE `kernel_verification` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer,
	`updated_at` integer
);
--> statement-breakpoint
CREATE INDEX `kernel_verification_identifier` ON `kernel_verification` (`identifier`);--> statement-breakpoint
CREATE TABLE `kernel_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`unit` text,
	`kinds` text,
	`from_day` text NOT NULL,
	`until_day` text,
	`reason` text NOT NULL,
	`granted_by` text,
	FOREIGN KEY (`person`) REFERENCES `kernel_person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `kernel_unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kernel_grant_person` ON `kernel_grant` (`person`);--> statement-breakpoint
CREATE TABLE `kernel_person` (
	`id` text PRIMARY KEY NOT NULL,
	`login` text NOT NULL,
	`name` text NOT NULL,
	`employee_no` text,
	`phone` text,
	`phone_tail` text,
	`email` text,
	`category` text,
	`id_number` text,
	`id_number_key` integer,
	`id_number_match` text,
	`unconfirmed` integer DEFAULT false NOT NULL,
	`notice_shown` integer,
	`erased_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_person_login` ON `kernel_person` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_person_employee_no` ON `kernel_person` (`employee_no`);--> statement-breakpoint
CREATE INDEX `kernel_person_name` ON `kernel_person` (`name`,`id`);--> statement-breakpoint
CREATE INDEX `kernel_person_phone` ON `kernel_person` (`phone`);--> statement-breakpoint
CREATE INDEX `kernel_person_phone_tail` ON `kernel_person` (`phone_tail`);--> statement-breakpoint
CREATE INDEX `kernel_person_id_number` ON `kernel_person` (`id_number_match`);--> statement-breakpoint
CREATE INDEX `kernel_person_unconfirmed` ON `kernel_person` (`id`) WHERE unconfirmed = 1;--> statement-breakpoint
CREATE TABLE `kernel_position` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`unit` text NOT NULL,
	`nature` text NOT NULL,
	`post` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	`main` integer DEFAULT false NOT NULL,
	`unconfirmed` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `kernel_person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit`) REFERENCES `kernel_unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kernel_position_person` ON `kernel_position` (`person`,`from_day`);--> statement-breakpoint
CREATE INDEX `kernel_position_unit` ON `kernel_position` (`unit`,`until_day`,`person`);--> statement-breakpoint
CREATE INDEX `kernel_position_post` ON `kernel_position` (`post`,`unit`);--> statement-breakpoint
CREATE INDEX `kernel_position_unconfirmed` ON `kernel_position` (`person`) WHERE unconfirmed = 1;--> statement-breakpoint
CREATE TABLE `kernel_roster_mark` (
	`person` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	PRIMARY KEY(`person`, `from_day`),
	FOREIGN KEY (`person`) REFERENCES `kernel_person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `kernel_unit_closure` (
	`ancestor` text NOT NULL,
	`descendant` text NOT NULL,
	`depth` integer NOT NULL,
	PRIMARY KEY(`ancestor`, `descendant`),
	FOREIGN KEY (`ancestor`) REFERENCES `kernel_unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`descendant`) REFERENCES `kernel_unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `kernel_unit_closure_up` ON `kernel_unit_closure` (`descendant`,`depth`);--> statement-breakpoint
CREATE TABLE `kernel_unit_status` (
	`unit` text NOT NULL,
	`from_day` text NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`unit`, `from_day`),
	FOREIGN KEY (`unit`) REFERENCES `kernel_unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `kernel_unit` (
	`id` text PRIMARY KEY NOT NULL,
	`parent` text,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`code` text,
	`status` text NOT NULL,
	`permit` text,
	`permit_until` text,
	`authority` text,
	`supervisor` text,
	`academic` integer,
	`profit` integer,
	`founded_on` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `kernel_unit_kind_name` ON `kernel_unit` (`kind`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `kernel_unit_name` ON `kernel_unit` (`name`,`id`);--> statement-breakpoint
CREATE INDEX `kernel_unit_code` ON `kernel_unit` (`code`);--> statement-breakpoint
CREATE INDEX `kernel_unit_parent` ON `kernel_unit` (`parent`);--> statement-breakpoint
CREATE TABLE `kernel_job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`actor` text,
	`input` text NOT NULL,
	`cursor` text,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`result` text,
	`problem` text,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `kernel_job_waiting` ON `kernel_job` (`state`,`lease_until`);--> statement-breakpoint
CREATE INDEX `kernel_job_actor` ON `kernel_job` (`actor`,`created_at`);--> statement-breakpoint
CREATE TABLE `kernel_setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `kernel_assignment` (
	`id` text PRIMARY KEY NOT NULL,
	`requirement` text NOT NULL,
	`kind` text NOT NULL,
	`object` text NOT NULL,
	`verb` text NOT NULL,
	`person` text NOT NULL,
	`unit` text NOT NULL,
	`position` text,
	`from_day` text NOT NULL,
	`due_day` text NOT NULL,
	`ended_at` integer,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_assignment_once` ON `kernel_assignment` (`requirement`,`person`,`unit`,`from_day`);--> statement-breakpoint
CREATE INDEX `kernel_assignment_person` ON `kernel_assignment` (`person`,`ended_at`,`kind`,`object`);--> statement-breakpoint
CREATE INDEX `kernel_assignment_object` ON `kernel_assignment` (`kind`,`object`,`ended_at`,`person`);--> statement-breakpoint
CREATE INDEX `kernel_assignment_due` ON `kernel_assignment` (`kind`,`due_day`,`ended_at`,`object`,`unit`,`done_at`);--> statement-breakpoint
CREATE INDEX `kernel_assignment_unit` ON `kernel_assignment` (`unit`,`ended_at`,`due_day`);--> statement-breakpoint
CREATE INDEX `kernel_assignment_requirement` ON `kernel_assignment` (`requirement`,`ended_at`,`unit`,`person`);--> statement-breakpoint
CREATE TABLE `kernel_due` (
	`requirement` text NOT NULL,
	`unit` text NOT NULL,
	`whole` integer NOT NULL,
	`part` integer NOT NULL,
	PRIMARY KEY(`requirement`, `unit`)
);
--> statement-breakpoint
CREATE INDEX `kernel_due_open` ON `kernel_due` (`requirement`,`unit`) WHERE whole > part and unit <> '';--> statement-breakpoint
CREATE TABLE `kernel_record` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`verb` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` text NOT NULL,
	`person` text,
	`unit` text,
	`position` text,
	`at` integer NOT NULL,
	`day` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`score` integer,
	`seconds` integer,
	`source` text DEFAULT 'own' NOT NULL,
	`evidence` text,
	`once` text NOT NULL,
	`corrects` text,
	`void` integer DEFAULT false NOT NULL,
	`salt` text NOT NULL,
	`leaf` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_record_id` ON `kernel_record` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_record_once` ON `kernel_record` (`once`);--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_record_corrects` ON `kernel_record` (`corrects`);--> statement-breakpoint
CREATE INDEX `kernel_record_person` ON `kernel_record` (`person`,`verb`,`object_kind`,`object_id`,`day`);--> statement-breakpoint
CREATE INDEX `kernel_record_verb_day` ON `kernel_record` (`verb`,`day`,`unit`,`person`,`object_kind`,`object_id`);--> statement-breakpoint
CREATE INDEX `kernel_record_unit` ON `kernel_record` (`unit`,`seq`);--> statement-breakpoint
CREATE INDEX `kernel_record_object` ON `kernel_record` (`object_kind`,`object_id`,`day`,`verb`,`person`);--> statement-breakpoint
CREATE INDEX `kernel_record_day` ON `kernel_record` (`day`,`seq`);--> statement-breakpoint
CREATE TABLE `kernel_tally` (
	`verb` text NOT NULL,
	`day` text NOT NULL,
	`unit` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`verb`, `day`, `unit`, `object_kind`, `object_id`)
);
--> statement-breakpoint
CREATE TABLE `bank_citation` (
	`question` text NOT NULL,
	`article` text NOT NULL,
	`citation` text NOT NULL,
	PRIMARY KEY(`question`, `citation`)
);
--> statement-breakpoint
CREATE INDEX `bank_citation_article` ON `bank_citation` (`article`,`question`);--> statement-breakpoint
CREATE TABLE `bank_question` (
	`id` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`owner` text NOT NULL,
	`course` text,
	`lesson` text,
	`use` text NOT NULL,
	`topic` text NOT NULL,
	`type` text NOT NULL,
	`difficulty` integer NOT NULL,
	`copy_of` text,
	`retired_at` integer,
	`flagged` text,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `bank_question_pool` ON `bank_question` (`use`,`topic`,`type`,`retired_at`,`flagged`,`difficulty`,`id`,`version`);--> statement-breakpoint
CREATE INDEX `bank_question_topic` ON `bank_question` (`topic`,`type`,`id`);--> statement-breakpoint
CREATE INDEX `bank_question_course` ON `bank_question` (`course`,`id`);--> statement-breakpoint
CREATE TABLE `bank_topic` (
	`id` text PRIMARY KEY NOT NULL,
	`course` text,
	`course_title` text NOT NULL,
	`title` text NOT NULL,
	`place` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `bank_version` (
	`question` text NOT NULL,
	`version` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`question`, `version`)
);
--> statement-breakpoint
CREATE TABLE `certificates_certificate` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`once` text NOT NULL,
	`type` text NOT NULL,
	`year` integer NOT NULL,
	`person` text NOT NULL,
	`holder_name` text NOT NULL,
	`unit` text,
	`unit_name` text NOT NULL,
	`issuer_name` text NOT NULL,
	`basis_kind` text NOT NULL,
	`basis_id` text NOT NULL,
	`group_id` text,
	`title` text NOT NULL,
	`grade` text,
	`score` integer,
	`hours` integer,
	`issued_at` integer NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`reason` text,
	`replaces` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_number` ON `certificates_certificate` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `certificates_once` ON `certificates_certificate` (`once`);--> statement-breakpoint
CREATE INDEX `certificates_person` ON `certificates_certificate` (`person`,`issued_at`);--> statement-breakpoint
CREATE INDEX `certificates_unit` ON `certificates_certificate` (`unit`,`number`);--> statement-breakpoint
CREATE INDEX `certificates_group` ON `certificates_certificate` (`group_id`,`number`);--> statement-breakpoint
CREATE INDEX `certificates_replaces` ON `certificates_certificate` (`replaces`);--> statement-breakpoint
CREATE INDEX `certificates_basis` ON `certificates_certificate` (`basis_kind`,`basis_id`);--> statement-breakpoint
CREATE TABLE `courses_answer` (
	`progress` text NOT NULL,
	`question` text NOT NULL,
	`lesson` text NOT NULL,
	`tries` integer NOT NULL,
	`value` text NOT NULL,
	`right` integer NOT NULL,
	`answered_at` integer NOT NULL,
	`right_at` integer,
	PRIMARY KEY(`progress`, `question`)
);
--> statement-breakpoint
CREATE TABLE `courses_beat` (
	`person` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `courses_citation` (
	`course` text NOT NULL,
	`kind` text NOT NULL,
	`part` text NOT NULL,
	`article` text NOT NULL,
	PRIMARY KEY(`course`, `kind`, `part`, `article`)
);
--> statement-breakpoint
CREATE INDEX `courses_citation_article` ON `courses_citation` (`article`);--> statement-breakpoint
CREATE TABLE `courses_course` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`place` integer NOT NULL,
	`started` integer DEFAULT 0 NOT NULL,
	`completed` integer DEFAULT 0 NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE TABLE `courses_flag` (
	`course` text NOT NULL,
	`kind` text NOT NULL,
	`part` text NOT NULL,
	`article` text NOT NULL,
	`flagged_at` integer NOT NULL,
	`cleared_at` integer,
	`cleared_by` text,
	`note` text,
	PRIMARY KEY(`course`, `kind`, `part`, `article`)
);
--> statement-breakpoint
CREATE INDEX `courses_flag_open` ON `courses_flag` (`cleared_at`,`flagged_at`);--> statement-breakpoint
CREATE TABLE `courses_part` (
	`course` text NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`course`, `hash`, `kind`, `id`)
);
--> statement-breakpoint
CREATE TABLE `courses_progress` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`course` text NOT NULL,
	`hash` text NOT NULL,
	`round` integer NOT NULL,
	`started_at` integer NOT NULL,
	`touched_at` integer NOT NULL,
	`place_kind` text NOT NULL,
	`place` text NOT NULL,
	`seconds` integer DEFAULT 0 NOT NULL,
	`completed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `courses_progress_round` ON `courses_progress` (`person`,`course`,`round`);--> statement-breakpoint
CREATE INDEX `courses_progress_version` ON `courses_progress` (`course`,`hash`);--> statement-breakpoint
CREATE INDEX `courses_progress_person` ON `courses_progress` (`person`,`completed_at`,`touched_at`);--> statement-breakpoint
CREATE TABLE `courses_study` (
	`progress` text NOT NULL,
	`lesson` text NOT NULL,
	`opened_at` integer NOT NULL,
	`read_at` integer,
	`done_at` integer,
	`seconds` integer DEFAULT 0 NOT NULL,
	`anchor` text,
	PRIMARY KEY(`progress`, `lesson`)
);
--> statement-breakpoint
CREATE TABLE `courses_version` (
	`course` text NOT NULL,
	`hash` text NOT NULL,
	`title` text NOT NULL,
	`audience` text NOT NULL,
	`summary` text NOT NULL,
	`hours` real NOT NULL,
	`outline` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`course`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `courses_walk` (
	`id` text PRIMARY KEY NOT NULL,
	`progress` text NOT NULL,
	`story` text NOT NULL,
	`path` text NOT NULL,
	`started_at` integer NOT NULL,
	`stepped_at` integer NOT NULL,
	`ending` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `courses_walk_story` ON `courses_walk` (`progress`,`story`,`started_at`);--> statement-breakpoint
CREATE TABLE `exams_accommodation` (
	`exam` text NOT NULL,
	`person` text NOT NULL,
	`percent` integer NOT NULL,
	`break_minutes` integer NOT NULL,
	`large` integer NOT NULL,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`exam`, `person`)
);
--> statement-breakpoint
CREATE TABLE `exams_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`sitting` text NOT NULL,
	`person` text NOT NULL,
	`unit` text,
	`room` text NOT NULL,
	`n` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`submitted_at` integer,
	`ended` text,
	`score` integer,
	`passed` integer,
	`excellent` integer,
	`certificate` text
);
--> statement-breakpoint
CREATE INDEX `exams_attempt_person` ON `exams_attempt` (`person`,`exam`,`started_at`);--> statement-breakpoint
CREATE INDEX `exams_attempt_sitting` ON `exams_attempt` (`sitting`,`person`,`n`);--> statement-breakpoint
CREATE INDEX `exams_attempt_exam` ON `exams_attempt` (`exam`,`person`,`started_at`);--> statement-breakpoint
CREATE TABLE `exams_exam` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`notice` text NOT NULL,
	`state` text NOT NULL,
	`unit` text,
	`created_by` text NOT NULL,
	`certificate` integer NOT NULL,
	`blueprint` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE INDEX `exams_exam_created` ON `exams_exam` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `exams_flush` (
	`room` text NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`room`, `n`)
);
--> statement-breakpoint
CREATE TABLE `exams_pool` (
	`sitting` text PRIMARY KEY NOT NULL,
	`lines` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exams_sitting` (
	`id` text PRIMARY KEY NOT NULL,
	`exam` text NOT NULL,
	`title` text NOT NULL,
	`opens_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`minutes` integer NOT NULL,
	`tries` integer NOT NULL,
	`pass` integer NOT NULL,
	`excellent` integer,
	`counts` text NOT NULL,
	`who` text NOT NULL,
	`after` text NOT NULL,
	`pledge` integer NOT NULL,
	`shuffle` integer NOT NULL,
	`per_page` integer NOT NULL,
	`review` text NOT NULL,
	`shards` integer,
	`due` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE INDEX `exams_sitting_exam` ON `exams_sitting` (`exam`,`opens_at`,`id`);--> statement-breakpoint
CREATE INDEX `exams_sitting_closes` ON `exams_sitting` (`closes_at`,`id`);--> statement-breakpoint
CREATE TABLE `exams_withdrawn` (
	`sitting` text NOT NULL,
	`question` text NOT NULL,
	PRIMARY KEY(`sitting`, `question`)
);
--> statement-breakpoint
CREATE INDEX `exams_withdrawn_question` ON `exams_withdrawn` (`question`);--> statement-breakpoint
CREATE TABLE `people_address_failure` (
	`address` text NOT NULL,
	`account` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`address`, `account`)
);
--> statement-breakpoint
CREATE INDEX `people_address_failure_at` ON `people_address_failure` (`address`,`at`);--> statement-breakpoint
CREATE INDEX `people_address_failure_old` ON `people_address_failure` (`at`);--> statement-breakpoint
CREATE TABLE `people_code` (
	`mac` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_with` text
);
--> statement-breakpoint
CREATE INDEX `people_code_person` ON `people_code` (`person`,`created_at`);--> statement-breakpoint
CREATE INDEX `people_code_expires` ON `people_code` (`expires_at`);--> statement-breakpoint
CREATE TABLE `people_display` (
	`person` text PRIMARY KEY NOT NULL,
	`care` integer NOT NULL,
	`language` text
);
--> statement-breakpoint
CREATE TABLE `people_import_row` (
	`import` text NOT NULL,
	`n` integer NOT NULL,
	`outcome` text NOT NULL,
	`label` text NOT NULL,
	`problem` text,
	`cells` text,
	`plan` text,
	PRIMARY KEY(`import`, `n`),
	FOREIGN KEY (`import`) REFERENCES `people_import`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `people_import_row_outcome` ON `people_import_row` (`import`,`outcome`,`n`);--> statement-breakpoint
CREATE TABLE `people_import` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`by` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`sheet` text,
	`header` integer DEFAULT 0 NOT NULL,
	`columns` text NOT NULL,
	`titles` text NOT NULL,
	`fallback` text,
	`answers` text NOT NULL,
	`counts` text,
	`job` text,
	`good_rows` integer DEFAULT false NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL,
	`committed_at` integer,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `people_import_by` ON `people_import` (`by`,`created_at`);--> statement-breakpoint
CREATE INDEX `people_import_created` ON `people_import` (`created_at`);--> statement-breakpoint
CREATE INDEX `people_import_committed` ON `people_import` (`committed_at`);--> statement-breakpoint
CREATE TABLE `people_try` (
	`account` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `people_try_last` ON `people_try` (`last_at`);--> statement-breakpoint
CREATE TABLE `requirements_requirement` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`object` text NOT NULL,
	`object_title` text NOT NULL,
	`kinds` text,
	`posts` text,
	`roster` integer NOT NULL,
	`from_day` text NOT NULL,
	`due_day` text NOT NULL,
	`state` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `requirements_state` ON `requirements_requirement` (`state`,`due_day`,`id`);--> statement-breakpoint
CREATE TABLE `statutes_article` (
	`statute` text NOT NULL,
	`version` text NOT NULL,
	`number` integer NOT NULL,
	`sub` integer NOT NULL,
	`label` text NOT NULL,
	`chapter` integer,
	`section` text,
	`text` text NOT NULL,
	PRIMARY KEY(`statute`, `version`, `number`, `sub`)
);
--> statement-breakpoint
CREATE TABLE `statutes_version` (
	`statute` text NOT NULL,
	`version` text NOT NULL,
	`title` text NOT NULL,
	`short_title` text NOT NULL,
	`category` text NOT NULL,
	`issuer` text NOT NULL,
	`effective` text,
	`effective_source` text,
	`whole` integer NOT NULL,
	`history` text NOT NULL,
	`preamble` text,
	`annex` text,
	`chapters` text NOT NULL,
	`digest` text NOT NULL,
	`imported_at` integer NOT NULL,
	PRIMARY KEY(`statute`, `version`)
);
