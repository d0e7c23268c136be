-- What a message offers beside its text, such as `meeting`; empty for nothing.
ALTER TABLE messages ADD COLUMN card TEXT NOT NULL DEFAULT '';
