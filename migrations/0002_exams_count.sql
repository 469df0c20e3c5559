CREATE TABLE `exams_count` (
	`sitting` text NOT NULL,
	`unit` text NOT NULL,
	`due` integer DEFAULT 0 NOT NULL,
	`started` integer DEFAULT 0 NOT NULL,
	`running` integer DEFAULT 0 NOT NULL,
	`graded` integer DEFAULT 0 NOT NULL,
	`sat` integer DEFAULT 0 NOT NULL,
	`passed` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`sitting`, `unit`)
);
--> statement-breakpoint
CREATE INDEX `exams_attempt_state` ON `exams_attempt` (`sitting`,`state`,`person`);--> statement-breakpoint
INSERT INTO exams_count (sitting, unit, started, running, graded, sat, passed)
  SELECT sitting, unit, sum(n = 1), sum(state = 'running'), sum(n = 1 AND state = 'graded'), sum(state = 'graded'), sum(coalesce(passed, 0))
    FROM exams_attempt WHERE unit IS NOT NULL GROUP BY sitting, unit;
--> statement-breakpoint
INSERT INTO exams_count (sitting, unit, due, started, running, graded, sat, passed)
  SELECT s.id, '', coalesce(s.due, 0), count(a.id) FILTER (WHERE a.n = 1), count(a.id) FILTER (WHERE a.state = 'running'),
      count(a.id) FILTER (WHERE a.n = 1 AND a.state = 'graded'), count(a.id) FILTER (WHERE a.state = 'graded'), count(a.id) FILTER (WHERE a.passed = 1)
    FROM exams_sitting s LEFT JOIN exams_attempt a ON a.sitting = s.id WHERE s.published_at IS NOT NULL GROUP BY s.id;
--> statement-breakpoint
-- A person's first try at a sitting has n = 1 and ends before a second begins: so counts of tries tell of persons.
CREATE TRIGGER exams_attempt_new AFTER INSERT ON exams_attempt
BEGIN
  INSERT INTO exams_count (sitting, unit, started, running, graded, sat, passed)
    SELECT NEW.sitting, u.value, NEW.n = 1, NEW.state = 'running', NEW.n = 1 AND NEW.state = 'graded', NEW.state = 'graded', coalesce(NEW.passed, 0)
      FROM json_each(json_array(NEW.unit, '')) u WHERE u.value IS NOT NULL
    ON CONFLICT (sitting, unit) DO UPDATE SET
      started = started + excluded.started, running = running + excluded.running, graded = graded + excluded.graded,
      sat = sat + excluded.sat, passed = passed + excluded.passed;
END;
--> statement-breakpoint
CREATE TRIGGER exams_attempt_changed AFTER UPDATE OF state, passed ON exams_attempt
WHEN NEW.state <> OLD.state OR coalesce(NEW.passed, 0) <> coalesce(OLD.passed, 0)
BEGIN
  UPDATE exams_count SET
      running = running + (NEW.state = 'running') - (OLD.state = 'running'),
      graded = graded + (NEW.n = 1 AND NEW.state = 'graded') - (OLD.n = 1 AND OLD.state = 'graded'),
      sat = sat + (NEW.state = 'graded') - (OLD.state = 'graded'),
      passed = passed + coalesce(NEW.passed, 0) - coalesce(OLD.passed, 0)
    WHERE sitting = NEW.sitting AND unit IN (coalesce(NEW.unit, ''), '');
END;
--> statement-breakpoint
CREATE TRIGGER exams_attempt_gone AFTER DELETE ON exams_attempt
BEGIN
  UPDATE exams_count SET
      started = started - (OLD.n = 1), running = running - (OLD.state = 'running'), graded = graded - (OLD.n = 1 AND OLD.state = 'graded'),
      sat = sat - (OLD.state = 'graded'), passed = passed - coalesce(OLD.passed, 0)
    WHERE sitting = OLD.sitting AND unit IN (coalesce(OLD.unit, ''), '');
END;
