-- The greetings of a link by language, as JSON; empty for none.
ALTER TABLE links ADD COLUMN greetings TEXT NOT NULL DEFAULT '';
