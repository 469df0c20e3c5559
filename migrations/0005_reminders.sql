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
CREATE INDEX `requirements_reminder_requirement` ON `requirements_reminder` (`requirement`,`id`);