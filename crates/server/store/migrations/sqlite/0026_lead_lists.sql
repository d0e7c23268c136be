-- What the Contacts table is searched in and sorted by in one tree: a page of 100,000 contacts is found without their rows.
DROP INDEX leads_by_last_seen;
CREATE INDEX leads_by_last_seen ON leads (last_seen_at, id, is_spam, email, name);
CREATE INDEX leads_by_bucket ON leads (bucket, last_seen_at);
-- Contacts of a type, and the accounts that have some.
CREATE INDEX chats_by_type ON chats (intent_type, lead);
