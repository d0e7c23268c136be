-- How the chat and the public pages of a site look, as JSON; a site without a row has the look that Knock comes with.
CREATE TABLE looks (
    site BIGINT NOT NULL PRIMARY KEY,
    look TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
-- The logo and the icon of a look: at most one of each kind for a site.
CREATE TABLE look_pictures (
    id BLOB NOT NULL PRIMARY KEY,
    site BIGINT NOT NULL,
    kind TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (site, kind)
);
