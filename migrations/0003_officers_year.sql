-- An assignment says more of exams, of who joined when, and of who is excused; the counts of a requirement are kept by what it
-- asks, and in all of different persons. A requirement may ask a course, or lessons of one, and an exam.
DROP TRIGGER kernel_record_fulfils;--> statement-breakpoint
DROP TRIGGER kernel_record_unfulfils;--> statement-breakpoint
DROP TRIGGER kernel_assignment_new;--> statement-breakpoint
DROP TRIGGER kernel_assignment_changed;--> statement-breakpoint
DROP TRIGGER kernel_assignment_gone;--> statement-breakpoint
DROP INDEX `kernel_assignment_once`;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `since_day` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `sat_at` integer;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `excelled_at` integer;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `excuse` text;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `leaves` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `slot` text GENERATED ALWAYS AS (iif(kind = 'exam', 'exam', 'study')) VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_due` integer GENERATED ALWAYS AS (ended_at is null and leaves = 0) VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_done` integer GENERATED ALWAYS AS (ended_at is null and leaves = 0 and done_at is not null and (kind <> 'exam' or sat_at is not null)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_sat` integer GENERATED ALWAYS AS (ended_at is null and leaves = 0 and sat_at is not null) VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_excelled` integer GENERATED ALWAYS AS (ended_at is null and leaves = 0 and sat_at is not null and done_at is not null and excelled_at is not null) VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_exempt` integer GENERATED ALWAYS AS (ended_at is null and excuse is 'exempt') VIRTUAL;--> statement-breakpoint
ALTER TABLE `kernel_assignment` ADD `is_deferred` integer GENERATED ALWAYS AS (ended_at is null and excuse is 'deferred') VIRTUAL;--> statement-breakpoint
CREATE INDEX `kernel_assignment_open` ON `kernel_assignment` (`requirement`,`unit`,`due_day`,`person`) WHERE ended_at is null and done_at is null and leaves = 0;--> statement-breakpoint
CREATE INDEX `kernel_assignment_excused` ON `kernel_assignment` (`requirement`,`unit`,`person`) WHERE excuse is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `kernel_assignment_once` ON `kernel_assignment` (`requirement`,`person`,`unit`,`kind`);--> statement-breakpoint
DROP TABLE `kernel_due`;--> statement-breakpoint
CREATE TABLE `kernel_due` (
	`requirement` text NOT NULL,
	`unit` text NOT NULL,
	`slot` text NOT NULL,
	`whole` integer DEFAULT 0 NOT NULL,
	`part` integer DEFAULT 0 NOT NULL,
	`sat` integer DEFAULT 0 NOT NULL,
	`excelled` integer DEFAULT 0 NOT NULL,
	`exempt` integer DEFAULT 0 NOT NULL,
	`deferred` integer DEFAULT 0 NOT NULL,
	`extra` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`requirement`, `unit`, `slot`)
);
--> statement-breakpoint
CREATE INDEX `kernel_due_open` ON `kernel_due` (`requirement`,`unit`,`slot`) WHERE whole > part and unit <> '';--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `study_kind` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `study_object` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `study_title` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `exam` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `exam_title` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `statuses` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `unit` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `founded_from` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `founded_to` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `natures` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `categories` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `took_from` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `took_to` text;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `each_unit` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `period` text DEFAULT 'calendar' NOT NULL;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `year` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `due_by` text DEFAULT 'day' NOT NULL;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `days` integer;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `repeats` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `requirements_requirement` ADD `follows` text;--> statement-breakpoint
CREATE INDEX `requirements_follows` ON `requirements_requirement` (`follows`);--> statement-breakpoint
CREATE INDEX `kernel_position_from` ON `kernel_position` (`from_day`);--> statement-breakpoint
CREATE INDEX `kernel_position_until` ON `kernel_position` (`until_day`);--> statement-breakpoint
CREATE INDEX `kernel_roster_mark_from` ON `kernel_roster_mark` (`from_day`);--> statement-breakpoint
CREATE INDEX `kernel_roster_mark_until` ON `kernel_roster_mark` (`until_day`);--> statement-breakpoint
CREATE INDEX `kernel_unit_status_from` ON `kernel_unit_status` (`from_day`);
--> statement-breakpoint
-- by hand: what stood in columns that go, and what the triggers keep from now on.
UPDATE requirements_requirement SET
    study_kind = iif(kind = 'course', kind, NULL), study_object = iif(kind = 'course', object, NULL), study_title = iif(kind = 'course', object_title, NULL),
    exam = iif(kind = 'exam', object, NULL), exam_title = iif(kind = 'exam', object_title, NULL),
    each_unit = (roster = 0), year = substr(from_day, 1, 4);
--> statement-breakpoint
ALTER TABLE `requirements_requirement` DROP COLUMN `kind`;--> statement-breakpoint
ALTER TABLE `requirements_requirement` DROP COLUMN `object`;--> statement-breakpoint
ALTER TABLE `requirements_requirement` DROP COLUMN `object_title`;--> statement-breakpoint
UPDATE kernel_assignment SET since_day = from_day, sat_at = iif(kernel_assignment.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = kernel_assignment.person AND r.verb = 'sat' AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
            AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL), excelled_at = iif(kernel_assignment.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = kernel_assignment.person AND r.verb = 'excelled' AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
            AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL);
--> statement-breakpoint
INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled)
  SELECT requirement, unit, slot, sum(is_due), sum(is_done), sum(is_sat), sum(is_excelled)
    FROM kernel_assignment GROUP BY requirement, unit, slot;
--> statement-breakpoint
INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, extra)
  SELECT requirement, '', slot, sum(due), sum(done), sum(sat), sum(excelled), sum(rows - (rows > 0)) FROM (
    SELECT requirement, slot, max(is_due) AS due, max(is_done) AS done, max(is_sat) AS sat, max(is_excelled) AS excelled, sum(ended_at IS NULL) AS rows
      FROM kernel_assignment GROUP BY requirement, slot, person) GROUP BY requirement, slot;
--> statement-breakpoint
-- An assignment is done from the earliest record that fulfils it and stands; an exam is also sat, and passed as excellent.
CREATE TRIGGER kernel_record_fulfils AFTER INSERT ON kernel_record WHEN NEW.void = 0
BEGIN
  UPDATE kernel_assignment SET
      done_at = iif(NEW.verb = verb, min(coalesce(done_at, NEW.at), NEW.at), done_at),
      sat_at = iif(NEW.verb = 'sat', min(coalesce(sat_at, NEW.at), NEW.at), sat_at),
      excelled_at = iif(NEW.verb = 'excelled', min(coalesce(excelled_at, NEW.at), NEW.at), excelled_at)
    WHERE person = NEW.person AND ended_at IS NULL AND kind = NEW.object_kind AND object = NEW.object_id AND from_day <= NEW.day
      AND (NEW.verb = verb OR kind = 'exam' AND NEW.verb IN ('sat', 'excelled'));
END;
--> statement-breakpoint
-- Lessons are done when each of them is.
CREATE TRIGGER kernel_record_studied AFTER INSERT ON kernel_record WHEN NEW.void = 0 AND NEW.object_kind = 'lesson'
BEGIN
  UPDATE kernel_assignment SET done_at = (
        SELECT iif(count(*) = json_array_length(kernel_assignment.object), max(f.at), NULL) FROM (
          SELECT min(r.at) AS at FROM kernel_record r
            WHERE r.person = kernel_assignment.person AND r.verb = kernel_assignment.verb AND r.object_kind = 'lesson' AND r.object_id IN (SELECT value FROM json_each(kernel_assignment.object))
              AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id) GROUP BY r.object_id) f)
    WHERE person = NEW.person AND ended_at IS NULL AND kind = 'lessons' AND verb = NEW.verb AND from_day <= NEW.day AND instr(object, json_quote(NEW.object_id)) > 0;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_record_unfulfils AFTER INSERT ON kernel_record WHEN NEW.corrects IS NOT NULL
BEGIN
  UPDATE kernel_assignment SET
      done_at = iif(kernel_assignment.kind = 'lessons', (
        SELECT iif(count(*) = json_array_length(kernel_assignment.object), max(f.at), NULL) FROM (
          SELECT min(r.at) AS at FROM kernel_record r
            WHERE r.person = kernel_assignment.person AND r.verb = kernel_assignment.verb AND r.object_kind = 'lesson' AND r.object_id IN (SELECT value FROM json_each(kernel_assignment.object))
              AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id) GROUP BY r.object_id) f), (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = kernel_assignment.person AND r.verb = kernel_assignment.verb AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
            AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id))),
      sat_at = iif(kernel_assignment.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = kernel_assignment.person AND r.verb = 'sat' AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
            AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL),
      excelled_at = iif(kernel_assignment.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = kernel_assignment.person AND r.verb = 'excelled' AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
            AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL)
    WHERE id IN (SELECT a.id FROM kernel_record o JOIN kernel_assignment a ON a.person = o.person AND a.ended_at IS NULL
      AND (a.kind = o.object_kind AND a.object = o.object_id OR o.object_kind = 'lesson' AND a.kind = 'lessons' AND instr(a.object, json_quote(o.object_id)) > 0)
      WHERE o.id = NEW.corrects);
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_new AFTER INSERT ON kernel_assignment
BEGIN
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT NEW.requirement, NEW.unit, NEW.slot, NEW.is_due, NEW.is_done, NEW.is_sat, NEW.is_excelled, NEW.is_exempt, NEW.is_deferred, 0 WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT NEW.requirement, '', NEW.slot, max(NEW.is_due, o.is_due) - o.is_due, max(NEW.is_done, o.is_done) - o.is_done, max(NEW.is_sat, o.is_sat) - o.is_sat, max(NEW.is_excelled, o.is_excelled) - o.is_excelled, max(NEW.is_exempt, o.is_exempt) - o.is_exempt, max(NEW.is_deferred, o.is_deferred) - o.is_deferred, (NEW.ended_at IS NULL) - 0 - max((NEW.ended_at IS NULL), o.open) + max(0, o.open)
      FROM (SELECT coalesce(max(is_due), 0) AS is_due, coalesce(max(is_done), 0) AS is_done, coalesce(max(is_sat), 0) AS is_sat, coalesce(max(is_excelled), 0) AS is_excelled, coalesce(max(is_exempt), 0) AS is_exempt, coalesce(max(is_deferred), 0) AS is_deferred, coalesce(max(ended_at IS NULL), 0) AS open FROM kernel_assignment
        WHERE requirement = NEW.requirement AND person = NEW.person AND slot = NEW.slot AND id <> NEW.id) o WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
  UPDATE kernel_assignment SET
      done_at = iif(NEW.kind = 'lessons', (
        SELECT iif(count(*) = json_array_length(NEW.object), max(f.at), NULL) FROM (
          SELECT min(r.at) AS at FROM kernel_record r
            WHERE r.person = NEW.person AND r.verb = NEW.verb AND r.object_kind = 'lesson' AND r.object_id IN (SELECT value FROM json_each(NEW.object))
              AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id) GROUP BY r.object_id) f), (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = NEW.verb AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id))),
      sat_at = iif(NEW.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = 'sat' AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL),
      excelled_at = iif(NEW.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = 'excelled' AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL)
    WHERE id = NEW.id;
END;
--> statement-breakpoint
-- Who comes back finds what they did in between.
CREATE TRIGGER kernel_assignment_reopened AFTER UPDATE OF ended_at ON kernel_assignment WHEN OLD.ended_at IS NOT NULL AND NEW.ended_at IS NULL
BEGIN
  UPDATE kernel_assignment SET
      done_at = iif(NEW.kind = 'lessons', (
        SELECT iif(count(*) = json_array_length(NEW.object), max(f.at), NULL) FROM (
          SELECT min(r.at) AS at FROM kernel_record r
            WHERE r.person = NEW.person AND r.verb = NEW.verb AND r.object_kind = 'lesson' AND r.object_id IN (SELECT value FROM json_each(NEW.object))
              AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id) GROUP BY r.object_id) f), (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = NEW.verb AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id))),
      sat_at = iif(NEW.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = 'sat' AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL),
      excelled_at = iif(NEW.kind = 'exam', (
        SELECT min(r.at) FROM kernel_record r
          WHERE r.person = NEW.person AND r.verb = 'excelled' AND r.object_kind = NEW.kind AND r.object_id = NEW.object
            AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id)), NULL)
    WHERE id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_changed AFTER UPDATE OF ended_at, done_at, sat_at, excelled_at, leaves, excuse ON kernel_assignment
WHEN (NEW.ended_at IS NULL, NEW.is_due, NEW.is_done, NEW.is_sat, NEW.is_excelled, NEW.is_exempt, NEW.is_deferred) <> (OLD.ended_at IS NULL, OLD.is_due, OLD.is_done, OLD.is_sat, OLD.is_excelled, OLD.is_exempt, OLD.is_deferred)
BEGIN
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT NEW.requirement, NEW.unit, NEW.slot, NEW.is_due - OLD.is_due, NEW.is_done - OLD.is_done, NEW.is_sat - OLD.is_sat, NEW.is_excelled - OLD.is_excelled, NEW.is_exempt - OLD.is_exempt, NEW.is_deferred - OLD.is_deferred, 0 WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT NEW.requirement, '', NEW.slot, max(NEW.is_due, o.is_due) - max(OLD.is_due, o.is_due), max(NEW.is_done, o.is_done) - max(OLD.is_done, o.is_done), max(NEW.is_sat, o.is_sat) - max(OLD.is_sat, o.is_sat), max(NEW.is_excelled, o.is_excelled) - max(OLD.is_excelled, o.is_excelled), max(NEW.is_exempt, o.is_exempt) - max(OLD.is_exempt, o.is_exempt), max(NEW.is_deferred, o.is_deferred) - max(OLD.is_deferred, o.is_deferred), (NEW.ended_at IS NULL) - (OLD.ended_at IS NULL) - max((NEW.ended_at IS NULL), o.open) + max((OLD.ended_at IS NULL), o.open)
      FROM (SELECT coalesce(max(is_due), 0) AS is_due, coalesce(max(is_done), 0) AS is_done, coalesce(max(is_sat), 0) AS is_sat, coalesce(max(is_excelled), 0) AS is_excelled, coalesce(max(is_exempt), 0) AS is_exempt, coalesce(max(is_deferred), 0) AS is_deferred, coalesce(max(ended_at IS NULL), 0) AS open FROM kernel_assignment
        WHERE requirement = NEW.requirement AND person = NEW.person AND slot = NEW.slot AND id <> NEW.id) o WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_gone AFTER DELETE ON kernel_assignment
BEGIN
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT OLD.requirement, OLD.unit, OLD.slot, -OLD.is_due, -OLD.is_done, -OLD.is_sat, -OLD.is_excelled, -OLD.is_exempt, -OLD.is_deferred, 0 WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
  INSERT INTO kernel_due (requirement, unit, slot, whole, part, sat, excelled, exempt, deferred, extra)
    SELECT OLD.requirement, '', OLD.slot, o.is_due - max(OLD.is_due, o.is_due), o.is_done - max(OLD.is_done, o.is_done), o.is_sat - max(OLD.is_sat, o.is_sat), o.is_excelled - max(OLD.is_excelled, o.is_excelled), o.is_exempt - max(OLD.is_exempt, o.is_exempt), o.is_deferred - max(OLD.is_deferred, o.is_deferred), 0 - (OLD.ended_at IS NULL) - max(0, o.open) + max((OLD.ended_at IS NULL), o.open)
      FROM (SELECT coalesce(max(is_due), 0) AS is_due, coalesce(max(is_done), 0) AS is_done, coalesce(max(is_sat), 0) AS is_sat, coalesce(max(is_excelled), 0) AS is_excelled, coalesce(max(is_exempt), 0) AS is_exempt, coalesce(max(is_deferred), 0) AS is_deferred, coalesce(max(ended_at IS NULL), 0) AS open FROM kernel_assignment
        WHERE requirement = OLD.requirement AND person = OLD.person AND slot = OLD.slot AND id <> OLD.id) o WHERE true
    ON CONFLICT (requirement, unit, slot) DO UPDATE SET whole = whole + excluded.whole, part = part + excluded.part, sat = sat + excluded.sat, excelled = excelled + excluded.excelled, exempt = exempt + excluded.exempt, deferred = deferred + excluded.deferred, extra = extra + excluded.extra;
END;
