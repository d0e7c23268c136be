-- What was posted to Slack about a meeting, and where it stands there.
CREATE TABLE slack_meeting_posts (
    key TEXT NOT NULL PRIMARY KEY,
    meeting BLOB NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    said TEXT NOT NULL,
    tried_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX slack_meeting_posts_by_meeting ON slack_meeting_posts (meeting);
