-- Whose word a site takes, and which of its identify secrets is in force.
ALTER TABLE sites ADD COLUMN identify TEXT NOT NULL DEFAULT 'open';
ALTER TABLE sites ADD COLUMN identify_round BIGINT NOT NULL DEFAULT 1;
