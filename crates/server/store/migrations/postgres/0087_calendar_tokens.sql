-- The tokens of an account that is connected by a consent, sealed. They stand beside the details: they change with each
-- renewal, and a reading belongs to the details it was made with.
ALTER TABLE calendar_accounts ADD COLUMN tokens TEXT NOT NULL DEFAULT '';
