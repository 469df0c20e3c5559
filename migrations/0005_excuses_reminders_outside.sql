CREATE TABLE `outside_import` (
	`id` text PRIMARY KEY NOT NULL,
	`by` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`sheet` text,
	`header` integer NOT NULL,
	`columns` text NOT NULL,
	`titles` text NOT NULL,
	`day` text,
	`answers` text NOT NULL,
	`whats` text NOT NULL,
	`counts` text,
	`evidence` text NOT NULL,
	`evidence_name` text NOT NULL,
	`evidence_type` text NOT NULL,
	`evidence_size` integer NOT NULL,
	`job` text,
	`good_rows` integer DEFAULT false NOT NULL,
	`cursor` integer DEFAULT 0 NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL,
	`committed_at` integer,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `outside_import_by` ON `outside_import` (`by`,`created_at`);--> statement-breakpoint
CREATE INDEX `outside_import_created` ON `outside_import` (`created_at`);--> statement-breakpoint
CREATE INDEX `outside_import_evidence` ON `outside_import` (`evidence`);--> statement-breakpoint
CREATE TABLE `outside_row` (
	`import` text NOT NULL,
	`n` integer NOT NULL,
	`outcome` text NOT NULL,
	`label` text NOT NULL,
	`problem` text,
	`cells` text,
	`plan` text,
	PRIMARY KEY(`import`, `n`)
);
--> statement-breakpoint
CREATE INDEX `outside_row_outcome` ON `outside_row` (`import`,`outcome`,`n`);--> statement-breakpoint
CREATE TABLE `requirements_excuse` (
	`id` text PRIMARY KEY NOT NULL,
	`requirement` text NOT NULL,
	`person` text NOT NULL,
	`unit` text NOT NULL,
	`what` text NOT NULL,
	`of_what` text NOT NULL,
	`kind` text NOT NULL,
	`from_day` text NOT NULL,
	`until_day` text,
	`due_day` text,
	`note` text NOT NULL,
	`attachment` text,
	`attachment_name` text,
	`attachment_type` text,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`reason` text,
	`withdrawn_by` text,
	`withdrawn_at` integer,
	`withdrawn_reason` text,
	`leaves` integer DEFAULT false NOT NULL,
	`batch` text,
	`record` text
);
--> statement-breakpoint
CREATE INDEX `requirements_excuse_state` ON `requirements_excuse` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_unit` ON `requirements_excuse` (`unit`,`id`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_requirement` ON `requirements_excuse` (`requirement`,`id`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_record` ON `requirements_excuse` (`record`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_batch` ON `requirements_excuse` (`batch`);--> statement-breakpoint
CREATE UNIQUE INDEX `requirements_excuse_standing` ON `requirements_excuse` (`requirement`,`person`) WHERE state in ('asked', 'approved');--> statement-breakpoint
CREATE TABLE `requirements_reminder` (
	`id` text PRIMARY KEY NOT NULL,
	`use` text NOT NULL,
	`requirement` text NOT NULL,
	`person` text NOT NULL,
	`unit` text NOT NULL,
	`how` text NOT NULL,
	`by_person` text NOT NULL,
	`at` integer NOT NULL,
	`day` text NOT NULL,
	`seen_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `requirements_reminder_use` ON `requirements_reminder` (`use`,`requirement`,`person`);--> statement-breakpoint
CREATE INDEX `requirements_reminder_person` ON `requirements_reminder` (`person`,`requirement`,`day`);--> statement-breakpoint
CREATE INDEX `requirements_reminder_requirement` ON `requirements_reminder` (`requirement`,`id`);--> statement-breakpoint
DROP INDEX `requirements_follows`;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `job` text;--> statement-breakpoint
CREATE UNIQUE INDEX `requirements_follows` ON `requirements_requirement` (`follows`);--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `origin` text DEFAULT 'own' NOT NULL;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `year` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `organiser` text;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `total` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `pass` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `excellent` integer;