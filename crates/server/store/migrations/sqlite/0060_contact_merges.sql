-- Facts: which contacts a member merged. `former` was merged into `lead`; its address still reaches the merged contact.
-- `moved` names the rows that were the former's, so that an undo gives them back; `facts` counts the facts of the merged
-- contact just after the merge: with others, something new has happened. An undo deletes the row.
CREATE TABLE contact_merges (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    former BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    member BLOB,
    at BIGINT NOT NULL,
    moved TEXT NOT NULL,
    facts TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX contact_merges_by_lead ON contact_merges (lead);
CREATE INDEX contact_merges_by_email ON contact_merges (email) WHERE email IS NOT NULL;
