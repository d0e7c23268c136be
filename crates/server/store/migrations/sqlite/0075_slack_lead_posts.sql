-- What was posted to Slack about a lead who asked for a meeting, and where it stands there.
CREATE TABLE slack_lead_posts (
    key TEXT NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    said TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX slack_lead_posts_by_lead ON slack_lead_posts (lead);
