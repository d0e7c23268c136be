-- The name, the title and the picture of a member: what visitors and the team read.
ALTER TABLE members ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN picture BYTEA;
CREATE TABLE member_pictures (
    id BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL,
    content BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX member_pictures_by_member ON member_pictures (member);
