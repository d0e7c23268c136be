-- What was sent with a message, as JSON; empty for none. The rows of `files` say whose they are.
ALTER TABLE messages ADD COLUMN files TEXT NOT NULL DEFAULT '';
