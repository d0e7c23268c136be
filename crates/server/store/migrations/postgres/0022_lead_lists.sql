-- A page of contacts with one score is found without the others.
CREATE INDEX leads_by_bucket ON leads (bucket, last_seen_at);
-- Contacts of a type, and the accounts that have some.
CREATE INDEX chats_by_type ON chats (intent_type, lead);
