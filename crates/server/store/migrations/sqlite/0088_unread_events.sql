-- The events of a calendar that could not be read, as JSON.
ALTER TABLE calendar_accounts ADD COLUMN unread TEXT NOT NULL DEFAULT '{}';
