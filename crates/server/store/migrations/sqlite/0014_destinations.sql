-- Destinations of the outbox: a kind with a connector, and which one of that kind. `settings` is JSON for the connector.
CREATE TABLE destinations (
    kind TEXT NOT NULL,
    id BLOB NOT NULL,
    settings TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    why_stopped TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, id)
);
-- The events that a destination is sent.
CREATE TABLE subscriptions (
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    destination BLOB NOT NULL,
    PRIMARY KEY (event, kind, destination)
);
INSERT INTO destinations (kind, id, settings, is_active, why_stopped, created_at)
SELECT 'webhook', id, json_object('url', url), is_active, why_stopped, created_at FROM webhooks;
INSERT INTO subscriptions (event, kind, destination)
SELECT event, 'webhook', id FROM webhooks, (SELECT 'chat.status_changed' AS event UNION ALL
    SELECT 'contact.score_changed' UNION ALL SELECT 'webhook.test') known
WHERE ' ' || events || ' ' LIKE '% ' || event || ' %';
DROP TABLE webhooks;

-- Deliveries go to a destination of any kind, in the order of their key.
DROP INDEX outbox_waiting;
DROP INDEX outbox_under_way;
DROP INDEX outbox_parked;
DROP INDEX outbox_lane;
DROP INDEX outbox_of_webhook;
ALTER TABLE outbox RENAME COLUMN webhook TO destination;
ALTER TABLE outbox RENAME COLUMN lane TO ordering_key;
ALTER TABLE outbox RENAME COLUMN event TO effect;
ALTER TABLE outbox ADD COLUMN kind TEXT NOT NULL DEFAULT 'webhook';
CREATE INDEX outbox_waiting ON outbox (kind, destination, due_at) WHERE state = 0;
CREATE INDEX outbox_under_way ON outbox (kind, destination, due_at) WHERE state = 1;
CREATE INDEX outbox_parked ON outbox (kind, destination, number) WHERE state = 4;
CREATE INDEX outbox_ordering_key ON outbox (kind, destination, ordering_key, number) WHERE settled_at IS NULL;
CREATE INDEX outbox_of_destination ON outbox (kind, destination, number);
