-- The channels by which the provider of an account says that it changed, as JSON.
ALTER TABLE calendar_accounts ADD COLUMN channels TEXT NOT NULL DEFAULT '[]';
-- The instant at which people were notified that the account cannot be read.
ALTER TABLE calendar_accounts ADD COLUMN reported_at BIGINT;
