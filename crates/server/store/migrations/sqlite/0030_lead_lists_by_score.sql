-- Contacts of a score, narrowed further, are found without their rows.
DROP INDEX leads_by_bucket;
CREATE INDEX leads_by_bucket ON leads (bucket, last_seen_at, id, is_spam, email, name);
