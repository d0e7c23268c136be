-- Who saved a version, a member or none, and when the rule was deleted: its versions and decisions stay.
ALTER TABLE rules ADD COLUMN saved_by BYTEA;
ALTER TABLE rules ADD COLUMN deleted_at BIGINT;
-- Decisions by their rule.
CREATE INDEX decisions_by_rule ON decisions ((body::json #>> '{rule}'), at);
