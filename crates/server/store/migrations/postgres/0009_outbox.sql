-- Addresses that are told what happens.
CREATE TABLE webhooks (
    id BYTEA NOT NULL PRIMARY KEY,
    url TEXT COLLATE "C" NOT NULL,
    events TEXT COLLATE "C" NOT NULL,
    is_active BIGINT NOT NULL,
    why_stopped TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL
);
-- What they are told, kept until they took it. State: 0 waiting, 1 under way (due_at: until when), 2 behind another of
-- its lane, 3 delivered, 4 parked. What has ended has settled_at.
CREATE TABLE outbox (
    number BIGINT NOT NULL PRIMARY KEY,
    webhook BYTEA NOT NULL,
    lead BYTEA,
    lane BYTEA NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    data TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    state BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    answer TEXT COLLATE "C" NOT NULL,
    settled_at BIGINT
);
CREATE INDEX outbox_waiting ON outbox (webhook, due_at) WHERE state = 0;
CREATE INDEX outbox_under_way ON outbox (webhook, due_at) WHERE state = 1;
CREATE INDEX outbox_parked ON outbox (webhook, number) WHERE state = 4;
CREATE INDEX outbox_lane ON outbox (webhook, lane, number) WHERE settled_at IS NULL;
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_of_webhook ON outbox (webhook, number);
CREATE INDEX outbox_of_lead ON outbox (lead) WHERE lead IS NOT NULL;
-- The highest number of a delivery so far, in its one row: no number comes twice, though old deliveries go.
CREATE TABLE outbox_last (
    id BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);
