-- The meetings whose last change a member has not looked at yet.
CREATE TABLE meeting_news (
    member BYTEA NOT NULL,
    meeting BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (member, meeting)
);
CREATE INDEX meeting_news_by_meeting ON meeting_news (meeting);
