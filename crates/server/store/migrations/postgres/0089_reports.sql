-- Derived: what reports need of a chat and of the way to a meeting, packed. Without one what was stored by an earlier
-- version: a server derives it after its start.
ALTER TABLE chats ADD COLUMN course BYTEA;
ALTER TABLE meeting_leads ADD COLUMN course BYTEA;
CREATE INDEX chats_without_course ON chats (lead) WHERE course IS NULL;
CREATE INDEX meeting_leads_without_course ON meeting_leads (lead) WHERE course IS NULL;

-- First touches have further fields: a server computes them anew after its start.
UPDATE leads SET first_touch = '';
CREATE INDEX leads_without_first_touch ON leads (id) WHERE first_touch = '';

-- Facts: browsers that came to a site for the first time, by the quarter of an hour and how they came.
CREATE TABLE visit_counts (
    at BIGINT NOT NULL,
    site BIGINT NOT NULL,
    touch TEXT NOT NULL,
    visitors BIGINT NOT NULL,
    PRIMARY KEY (at, site, touch)
);
-- Those of before, as far as their first signals are kept; how they came is not known.
INSERT INTO visit_counts (at, site, touch, visitors)
SELECT at, site, '', COUNT(*) FROM (
    SELECT site, MIN(received_at) - MIN(received_at) % 900000 AS at FROM arrivals a
    WHERE NOT EXISTS (SELECT 1 FROM carry_overs c WHERE c.site = a.site AND c.visitor = a.visitor)
    GROUP BY site, visitor
) firsts GROUP BY at, site;
