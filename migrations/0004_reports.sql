CREATE TABLE `reports_entered` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`number` integer NOT NULL,
	`measure` text NOT NULL,
	`definition` text NOT NULL,
	`responsible` text NOT NULL,
	`statement` text,
	`evidence` text,
	`file_name` text,
	`file_type` text,
	`file_size` integer,
	`supersedes` text,
	`reason` text,
	`by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_entered_first` ON `reports_entered` (`key`,`from_day`,`to_day`) WHERE supersedes is null;--> statement-breakpoint
CREATE UNIQUE INDEX `reports_entered_supersedes` ON `reports_entered` (`supersedes`);--> statement-breakpoint
CREATE INDEX `reports_entered_period` ON `reports_entered` (`from_day`,`to_day`,`key`);--> statement-breakpoint
CREATE INDEX `reports_entered_key` ON `reports_entered` (`key`,`id`);--> statement-breakpoint
CREATE TABLE `reports_frozen` (
	`report` text NOT NULL,
	`n` integer NOT NULL,
	`key` text NOT NULL,
	`figure` text NOT NULL,
	`source` text NOT NULL,
	`title` text NOT NULL,
	`number` text NOT NULL,
	`value` integer NOT NULL,
	`whole` integer,
	`measure` text NOT NULL,
	`definition` text NOT NULL,
	`scope` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`requirement` text,
	`origin` text NOT NULL,
	`at` integer NOT NULL,
	`position` integer,
	`rows` integer NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`report`, `n`),
	FOREIGN KEY (`report`) REFERENCES `reports_report`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `reports_report` (
	`id` text PRIMARY KEY NOT NULL,
	`template` text NOT NULL,
	`year` integer NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`reviewed_by` text,
	`signed_by` text,
	`signed_on` text,
	`signed` text,
	`checked` text,
	`job` text,
	`problem` text,
	`published_at` integer,
	`digest` text,
	`withdrawn_at` integer,
	`withdrawal` text
);
--> statement-breakpoint
CREATE INDEX `reports_report_created` ON `reports_report` (`created_at`);--> statement-breakpoint
CREATE INDEX `reports_report_public` ON `reports_report` (`year`,`published_at`);--> statement-breakpoint
CREATE TABLE `reports_step` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`report` text NOT NULL,
	`version` integer NOT NULL,
	`step` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	`words` text,
	FOREIGN KEY (`report`) REFERENCES `reports_report`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reports_step_report` ON `reports_step` (`report`,`seq`);--> statement-breakpoint
CREATE TABLE `reports_version` (
	`report` text NOT NULL,
	`n` integer NOT NULL,
	`title` text NOT NULL,
	`addressee` text NOT NULL,
	`signer` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`study` text,
	`exam` text,
	`blocks` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`report`, `n`),
	FOREIGN KEY (`report`) REFERENCES `reports_report`(`id`) ON UPDATE no action ON DELETE no action
);
