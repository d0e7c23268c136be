-- What a link says and asks, where its people come from, and when it was archived. JSON in `utm` and `questions`; empty
-- for none.
ALTER TABLE links ADD COLUMN language TEXT;
ALTER TABLE links ADD COLUMN greeting TEXT;
ALTER TABLE links ADD COLUMN site BIGINT;
ALTER TABLE links ADD COLUMN utm TEXT NOT NULL DEFAULT '';
ALTER TABLE links ADD COLUMN duration_min BIGINT;
ALTER TABLE links ADD COLUMN questions TEXT NOT NULL DEFAULT '';
ALTER TABLE links ADD COLUMN archived_at BIGINT;
-- The campaign that a conversation was opened with, as JSON; empty for none.
ALTER TABLE conversations ADD COLUMN utm TEXT NOT NULL DEFAULT '';
-- Clicks of Knock Links (kind 9, `link_click`) by the link.
CREATE INDEX signals_by_link ON signals (detail ->> '$.name') WHERE kind = 9;
