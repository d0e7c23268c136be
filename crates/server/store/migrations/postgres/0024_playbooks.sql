-- What the AI agent says: every version of a playbook that was saved.
CREATE TABLE playbooks (
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    steps TEXT NOT NULL,
    PRIMARY KEY (kind, language, version)
);
-- Questions that need no answer any more, by the hash of what they are about.
CREATE TABLE settled_questions (
    site BIGINT NOT NULL,
    question BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (site, question)
);
-- The language of the browser that opened it.
ALTER TABLE conversations ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
CREATE INDEX conversations_by_opening ON conversations (opened_at);
-- Where the agent found its answer, and what a question without an answer is about.
ALTER TABLE messages ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN unanswered TEXT NOT NULL DEFAULT '';
CREATE INDEX messages_unanswered ON messages (at) WHERE unanswered <> '';
