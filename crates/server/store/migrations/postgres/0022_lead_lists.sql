-- A page of contacts with one score is found without the others.
CREATE INDEX leads_by_bucket ON leads (bucket, last_seen_at);
