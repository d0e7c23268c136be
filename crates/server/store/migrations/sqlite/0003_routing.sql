-- Routing rules, whole: a version is never changed.
ALTER TABLE rules RENAME TO first_rules;
CREATE TABLE rules (
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (id, version)
) WITHOUT ROWID;
INSERT INTO rules (id, version, body, created_at)
SELECT 'default_' || funnel, version, json_object(
    'id', 'default_' || funnel, 'name', name, 'funnel', funnel, 'version', version, 'is_default', json('true'),
    'segments', json_array(), 'fallback', json_object('assign', json(CASE funnel
        WHEN 'chat' THEN json_object('rep', rep)
        ELSE json_object('calendar', 'single', 'reps', json_array(rep)) END))), created_at
FROM (SELECT *, lower(substr(hex(fallback), 1, 8) || '-' || substr(hex(fallback), 9, 4) || '-' ||
    substr(hex(fallback), 13, 4) || '-' || substr(hex(fallback), 17, 4) || '-' || substr(hex(fallback), 21)) AS rep
    FROM first_rules);
DROP TABLE first_rules;

ALTER TABLE links ADD COLUMN rule TEXT;
-- The launcher of a site is a link that every workspace has.
INSERT INTO links (slug, name, funnel, channel, created_at)
SELECT 'Website', 'Website', 'chat', 'Website', created_at FROM links WHERE slug = 'chat';

-- Facts: who got which lead by which version of which rule, and what was known then.
CREATE TABLE decisions (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    at BIGINT NOT NULL,
    funnel TEXT NOT NULL,
    link TEXT NOT NULL,
    fields TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX decisions_by_instant ON decisions (at, id);
CREATE INDEX decisions_by_lead ON decisions (lead, at);
INSERT INTO decisions (id, lead, at, funnel, link, fields, body)
SELECT id, lead, at, 'chat', '', '{}', json_object(
    'funnel', 'chat', 'rule', 'default_chat', 'rule_name', decision ->> '$.rule', 'version', decision ->> '$.version',
    'segment', CASE decision ->> '$.reason' WHEN 'sticky_existing_rep' THEN NULL ELSE 'fallback' END,
    'segment_name', decision ->> '$.segment', 'outcome', 'assigned',
    'assignee', json(CASE json_type(decision, '$.assignee')
        WHEN 'object' THEN json_object('type', 'rep', 'id', decision ->> '$.assignee.rep')
        ELSE json_object('type', 'ai_agent', 'id', 'general') END),
    'reason', decision ->> '$.reason', 'notes', json_array(), 'notify', json_array(), 'turn', NULL)
FROM chat_facts WHERE decision IS NOT NULL;
ALTER TABLE chat_facts DROP COLUMN decision;

-- Derived from the decisions: whose turn it was in each pool.
CREATE TABLE turns (
    rule TEXT NOT NULL,
    segment TEXT NOT NULL,
    rep TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (rule, segment, rep)
) WITHOUT ROWID;

-- Facts: what a lead wants, as their messages and what they did decided it.
CREATE TABLE type_decisions (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    at BIGINT NOT NULL,
    kind BIGINT NOT NULL,
    margin DOUBLE PRECISION NOT NULL,
    why TEXT NOT NULL,
    question TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX type_decisions_by_lead ON type_decisions (lead, at);
INSERT INTO type_decisions (id, lead, at, kind, margin, why, question)
SELECT lead, lead, active_at, intent_type, 0, 'message', 'answered' FROM chats;

-- The team's own categories of a site.
ALTER TABLE sites ADD COLUMN categories TEXT NOT NULL DEFAULT '[]';
