-- What was posted to Slack, and where it stands there. A post without ts was tried, and may have arrived.
CREATE TABLE slack_posts (
    key TEXT NOT NULL PRIMARY KEY,
    conversation BLOB NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    said TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX slack_posts_by_conversation ON slack_posts (conversation);
CREATE INDEX slack_posts_by_place ON slack_posts (channel, ts);
-- The people of the Slack workspace.
CREATE TABLE slack_people (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL
) WITHOUT ROWID;
