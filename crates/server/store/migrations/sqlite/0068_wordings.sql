-- Other ways to ask a known question, as a list in JSON; empty without any.
ALTER TABLE answers ADD COLUMN wordings TEXT NOT NULL DEFAULT '';
-- Facts: wordings of leads who chose a known question when it was offered, for the team to accept.
CREATE TABLE suggested_wordings (
    answer BLOB NOT NULL,
    text TEXT NOT NULL,
    -- The last lead who asked like that.
    lead BLOB NOT NULL,
    times BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (answer, text)
) WITHOUT ROWID;
CREATE INDEX suggested_wordings_by_lead ON suggested_wordings (lead);
