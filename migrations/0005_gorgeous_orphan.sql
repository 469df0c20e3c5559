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
	`record` text
);
--> statement-breakpoint
CREATE INDEX `requirements_excuse_state` ON `requirements_excuse` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_unit` ON `requirements_excuse` (`unit`,`id`);--> statement-breakpoint
CREATE INDEX `requirements_excuse_requirement` ON `requirements_excuse` (`requirement`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `requirements_excuse_standing` ON `requirements_excuse` (`requirement`,`person`) WHERE state in ('asked', 'approved');