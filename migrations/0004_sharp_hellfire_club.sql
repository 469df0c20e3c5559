DROP INDEX `requirements_follows`;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `job` text;--> statement-breakpoint
CREATE UNIQUE INDEX `requirements_follows` ON `requirements_requirement` (`follows`);