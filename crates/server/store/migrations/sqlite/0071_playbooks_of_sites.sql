-- A version of a playbook is for one site, or for all sites (0).
ALTER TABLE playbooks RENAME TO playbooks_of_all_sites;
CREATE TABLE playbooks (
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    steps TEXT NOT NULL,
    site BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (site, kind, language, version)
) WITHOUT ROWID;
INSERT INTO playbooks (kind, language, version, saved_at, steps)
SELECT kind, language, version, saved_at, steps FROM playbooks_of_all_sites;
DROP TABLE playbooks_of_all_sites;
