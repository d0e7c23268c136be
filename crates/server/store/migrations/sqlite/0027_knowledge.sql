-- What the AI agent knows of a site. Each question with its answer gets an id (UUIDv7) that names it in the API; those
-- that are there keep their order.
CREATE TABLE known_answers (
    id BLOB NOT NULL PRIMARY KEY,
    site BIGINT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO known_answers (id, site, question, answer, updated_at)
SELECT unhex(printf('%012x7%03x8', now, id % 4096) || substr(hex(randomblob(8)), 1, 15)), site, question, answer, now
FROM answers, (SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now);
DROP TABLE answers;
ALTER TABLE known_answers RENAME TO answers;
CREATE INDEX answers_of_site ON answers (site);

-- Pages, sitemaps and files that passages come from. `due_at` is when a source is read next, and while it is being read
-- when the claim of the server that reads it ends; a file has none.
CREATE TABLE knowledge_sources (
    id BLOB NOT NULL PRIMARY KEY,
    site BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL,
    passages BIGINT NOT NULL,
    last_read_at BIGINT,
    due_at BIGINT,
    error TEXT NOT NULL,
    failures BIGINT NOT NULL,
    claim BIGINT NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX knowledge_sources_of_site ON knowledge_sources (site);
CREATE INDEX knowledge_sources_due ON knowledge_sources (due_at);

-- What can be found of a source, in order.
CREATE TABLE passages (
    source BLOB NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    heading TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;

-- Rises in each transaction that changes what can be found for a site: an index in memory with another number is stale.
CREATE TABLE knowledge_versions (
    site BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO knowledge_versions (site, version) SELECT DISTINCT site, 1 FROM answers;
