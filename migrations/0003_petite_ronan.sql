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
CREATE INDEX `reports_entered_key` ON `reports_entered` (`key`,`id`);