-- Where a lead came from at first, as JSON: derived from the first page view and the link of the first conversation.
-- Empty where it is not computed yet: a server does that after its start.
ALTER TABLE leads ADD COLUMN first_touch TEXT NOT NULL DEFAULT '';

-- Views of tables that members saved: a name, and which rows in which order with which columns.
CREATE TABLE saved_views (
    id BLOB NOT NULL PRIMARY KEY,
    page TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
