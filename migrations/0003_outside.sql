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
ALTER TABLE `exams_exam` ADD `origin` text DEFAULT 'own' NOT NULL;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `year` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `organiser` text;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `total` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `pass` integer;--> statement-breakpoint
ALTER TABLE `exams_exam` ADD `excellent` integer;