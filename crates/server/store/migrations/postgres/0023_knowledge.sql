-- What the AI agent knows of a site. Each question with its answer gets an id (UUIDv7) that names it in the API; those
-- that are there keep their order.
CREATE TABLE known_answers (
    id BYTEA NOT NULL PRIMARY KEY,
    site BIGINT NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO known_answers (id, site, question, answer, updated_at)
SELECT decode(lpad(to_hex(now.ms), 12, '0') || '7' || lpad(to_hex(id % 4096), 3, '0') || '8'
    || substr(md5(random()::text || id::text), 1, 15), 'hex'), site, question, answer, now.ms
FROM answers, (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms) AS now;
DROP TABLE answers;
ALTER TABLE known_answers RENAME TO answers;
CREATE INDEX answers_of_site ON answers (site);

-- Pages, sitemaps and files that passages come from. `due_at` is when a source is read next, and while it is being read
-- when the claim of the server that reads it ends; a file has none.
CREATE TABLE knowledge_sources (
    id BYTEA NOT NULL PRIMARY KEY,
    site BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    content_type TEXT COLLATE "C" NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    passages BIGINT NOT NULL,
    last_read_at BIGINT,
    due_at BIGINT,
    error TEXT COLLATE "C" NOT NULL,
    failures BIGINT NOT NULL,
    claim BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX knowledge_sources_of_site ON knowledge_sources (site);
CREATE INDEX knowledge_sources_due ON knowledge_sources (due_at);

-- What can be found of a source, in order.
CREATE TABLE passages (
    source BYTEA NOT NULL,
    position BIGINT NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    heading TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (source, position)
);

-- Rises in each transaction that changes what can be found for a site: an index in memory with another number is stale.
CREATE TABLE knowledge_versions (
    site BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO knowledge_versions (site, version) SELECT DISTINCT site, 1 FROM answers;
