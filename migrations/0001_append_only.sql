-- Records and audit lines are append-only; the tally is kept by insertion alone. Each trigger raises abort: never ignore,
-- which would lose a row in silence.
CREATE TRIGGER kernel_record_once BEFORE INSERT ON kernel_record
WHEN EXISTS (SELECT 1 FROM kernel_record WHERE once = NEW.once)
BEGIN SELECT RAISE(ABORT, 'record again'); END;
--> statement-breakpoint
-- The same fact again is "again" whatever else is taken: SQLite says nothing of the order of triggers.
CREATE TRIGGER kernel_record_taken BEFORE INSERT ON kernel_record
WHEN NOT EXISTS (SELECT 1 FROM kernel_record WHERE once = NEW.once)
  AND (EXISTS (SELECT 1 FROM kernel_record WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM kernel_record WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM kernel_record WHERE corrects = NEW.corrects))
BEGIN SELECT RAISE(ABORT, 'record taken'); END;
--> statement-breakpoint
CREATE TRIGGER kernel_record_no_update BEFORE UPDATE ON kernel_record
BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER kernel_record_no_delete BEFORE DELETE ON kernel_record
BEGIN SELECT RAISE(ABORT, 'records are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER kernel_record_tally AFTER INSERT ON kernel_record
BEGIN
  INSERT INTO kernel_tally (verb, day, unit, object_kind, object_id, count)
    SELECT NEW.verb, NEW.day, coalesce(NEW.unit, ''), NEW.object_kind, NEW.object_id, 1 WHERE NEW.void = 0
    ON CONFLICT (verb, day, unit, object_kind, object_id) DO UPDATE SET count = count + 1;
  INSERT INTO kernel_tally (verb, day, unit, object_kind, object_id, count)
    SELECT r.verb, r.day, coalesce(r.unit, ''), r.object_kind, r.object_id, -1 FROM kernel_record r WHERE r.id = NEW.corrects AND r.void = 0
    ON CONFLICT (verb, day, unit, object_kind, object_id) DO UPDATE SET count = count - 1;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_audit_taken BEFORE INSERT ON kernel_audit
WHEN EXISTS (SELECT 1 FROM kernel_audit WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit lines are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER kernel_audit_no_update BEFORE UPDATE ON kernel_audit
BEGIN SELECT RAISE(ABORT, 'audit lines are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER kernel_audit_no_delete BEFORE DELETE ON kernel_audit
BEGIN SELECT RAISE(ABORT, 'audit lines are append-only'); END;
--> statement-breakpoint
-- An assignment is done while a record that fulfils it stands. Counts a requirement and unit follow by the triggers below these.
CREATE TRIGGER kernel_record_fulfils AFTER INSERT ON kernel_record WHEN NEW.void = 0
BEGIN
  UPDATE kernel_assignment SET done_at = NEW.at
    WHERE person = NEW.person AND ended_at IS NULL AND kind = NEW.object_kind AND object = NEW.object_id AND verb = NEW.verb AND from_day <= NEW.day AND done_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_record_unfulfils AFTER INSERT ON kernel_record WHEN NEW.corrects IS NOT NULL
BEGIN
  UPDATE kernel_assignment SET done_at = (
      SELECT min(r.at) FROM kernel_record r
      WHERE r.person = kernel_assignment.person AND r.verb = kernel_assignment.verb AND r.object_kind = kernel_assignment.kind AND r.object_id = kernel_assignment.object
        AND r.day >= kernel_assignment.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id))
    WHERE person = (SELECT o.person FROM kernel_record o WHERE o.id = NEW.corrects) AND ended_at IS NULL
      AND kind = (SELECT o.object_kind FROM kernel_record o WHERE o.id = NEW.corrects) AND object = (SELECT o.object_id FROM kernel_record o WHERE o.id = NEW.corrects);
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_new AFTER INSERT ON kernel_assignment
BEGIN
  INSERT INTO kernel_due (requirement, unit, whole, part)
    SELECT NEW.requirement, u.value, 1, NEW.done_at IS NOT NULL FROM json_each(json_array(NEW.unit, '')) u WHERE NEW.ended_at IS NULL
    ON CONFLICT (requirement, unit) DO UPDATE SET whole = whole + 1, part = part + excluded.part;
  UPDATE kernel_assignment SET done_at = (
      SELECT min(r.at) FROM kernel_record r
      WHERE r.person = NEW.person AND r.verb = NEW.verb AND r.object_kind = NEW.kind AND r.object_id = NEW.object
        AND r.day >= NEW.from_day AND r.void = 0 AND NOT EXISTS (SELECT 1 FROM kernel_record c WHERE c.corrects = r.id))
    WHERE id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_changed AFTER UPDATE OF ended_at, done_at ON kernel_assignment
WHEN (NEW.ended_at IS NULL) <> (OLD.ended_at IS NULL) OR (NEW.done_at IS NULL) <> (OLD.done_at IS NULL)
BEGIN
  UPDATE kernel_due SET
      whole = whole + (NEW.ended_at IS NULL) - (OLD.ended_at IS NULL),
      part = part + (NEW.ended_at IS NULL AND NEW.done_at IS NOT NULL) - (OLD.ended_at IS NULL AND OLD.done_at IS NOT NULL)
    WHERE requirement = NEW.requirement AND unit IN (NEW.unit, '');
END;
--> statement-breakpoint
CREATE TRIGGER kernel_assignment_gone AFTER DELETE ON kernel_assignment WHEN OLD.ended_at IS NULL
BEGIN
  UPDATE kernel_due SET whole = whole - 1, part = part - (OLD.done_at IS NOT NULL) WHERE requirement = OLD.requirement AND unit IN (OLD.unit, '');
END;
