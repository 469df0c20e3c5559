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
