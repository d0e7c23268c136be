-- What the agent knows is of one site; what there was, the demo site's.
ALTER TABLE answers ADD COLUMN site BIGINT NOT NULL DEFAULT 0;
UPDATE answers SET site = COALESCE((SELECT MIN(id) FROM sites WHERE demo = 1), 0);

-- What the agent offers as answers to a message, as a JSON list; empty for none.
ALTER TABLE messages ADD COLUMN choices TEXT NOT NULL DEFAULT '';
