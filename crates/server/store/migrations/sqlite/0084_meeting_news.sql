-- The meetings whose last change a member has not looked at yet.
CREATE TABLE meeting_news (
    member BLOB NOT NULL,
    meeting BLOB NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (member, meeting)
) WITHOUT ROWID;
CREATE INDEX meeting_news_by_meeting ON meeting_news (meeting);
