-- The audit log: who did what to which part of the workspace, with the changed fields before and after as JSON.
ALTER TABLE audit ADD COLUMN actor_kind TEXT COLLATE "C" NOT NULL DEFAULT 'command_line';
ALTER TABLE audit ADD COLUMN actor_id TEXT COLLATE "C" NOT NULL DEFAULT 'command_line';
ALTER TABLE audit ADD COLUMN actor_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN subject_kind TEXT COLLATE "C" NOT NULL DEFAULT 'person';
ALTER TABLE audit ADD COLUMN subject_id TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN subject_name TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN before_json TEXT COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE audit ADD COLUMN after_json TEXT COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE audit ADD COLUMN lead BYTEA;
ALTER TABLE audit ADD COLUMN receipt TEXT COLLATE "C" NOT NULL DEFAULT '';

-- Until now there were erasures only, told as `browsers 1, signals 2`.
UPDATE audit SET action = 'person.erased',
    after_json = '{"' || REPLACE(REPLACE(detail, ', ', ',"'), ' ', '":') || '}'
    WHERE action = 'person_erased';

ALTER TABLE audit DROP COLUMN detail;
CREATE INDEX audit_by_lead ON audit (lead) WHERE lead IS NOT NULL;
