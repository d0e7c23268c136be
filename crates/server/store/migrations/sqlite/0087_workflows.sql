-- Settings: workflows, every version of each, and the cap and the quiet hours of the workspace.
CREATE TABLE workflows (
    id BLOB NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE workflow_versions (
    workflow BLOB NOT NULL,
    number BIGINT NOT NULL,
    draft TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by BLOB,
    PRIMARY KEY (workflow, number)
) WITHOUT ROWID;
CREATE TABLE workflow_settings (
    id BIGINT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);
-- Facts: what workflows know of a lead between events, without the signals; and the end of their mails.
CREATE TABLE workflow_known (
    lead BLOB NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE workflow_mail_stops (
    lead BLOB NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
) WITHOUT ROWID;
-- Facts: enrolments, and where each run stands. A merge of leads gives runs other numbers; their ids stay.
CREATE TABLE workflow_runs (
    id BLOB NOT NULL PRIMARY KEY,
    lead BLOB NOT NULL,
    workflow BLOB NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    cause TEXT NOT NULL,
    enrolled_at BIGINT NOT NULL,
    enrolled_by BIGINT NOT NULL,
    -- Among the runs of the lead that the same event began.
    place BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- Why it was stopped.
    stopped_by TEXT,
    -- Where it waits.
    step TEXT,
    entered_at BIGINT,
    due_at BIGINT,
    entered_by BIGINT
) WITHOUT ROWID;
CREATE UNIQUE INDEX workflow_runs_by_lead ON workflow_runs (lead, workflow, number);
-- A lead is in a workflow once at a time.
CREATE UNIQUE INDEX workflow_runs_once ON workflow_runs (workflow, lead) WHERE state = 'active';
-- With its state, though it is the same in all of them: so counts read the index alone.
CREATE INDEX workflow_runs_inside ON workflow_runs (workflow, state, version, step) WHERE state = 'active';
CREATE INDEX workflow_runs_by_due ON workflow_runs (due_at) WHERE state = 'active';
CREATE INDEX workflow_runs_by_enrolment ON workflow_runs (workflow, enrolled_at, lead);
CREATE INDEX workflow_runs_by_state ON workflow_runs (workflow, state, enrolled_at, lead);
-- Facts: what the steps of runs did.
CREATE TABLE workflow_log (
    run BLOB NOT NULL,
    number BIGINT NOT NULL,
    workflow BLOB NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    deferred_until BIGINT,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE INDEX workflow_log_by_step ON workflow_log (workflow, step, outcome, reason);
-- Facts: refused enrolments, counted. `id` is that of the workflow and the reason.
CREATE TABLE workflow_refusals (
    lead BLOB NOT NULL,
    id BLOB NOT NULL,
    workflow BLOB NOT NULL,
    reason TEXT NOT NULL,
    times BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (lead, id)
) WITHOUT ROWID;
CREATE INDEX workflow_refusals_by_reason ON workflow_refusals (workflow, reason);
-- Facts: the actions that runs took, each once, and why one could not be carried out.
CREATE TABLE workflow_effects (
    run BLOB NOT NULL,
    step TEXT NOT NULL,
    visit BIGINT NOT NULL,
    at BIGINT NOT NULL,
    failure TEXT NOT NULL,
    PRIMARY KEY (run, step, visit)
) WITHOUT ROWID;
-- Facts: nudges, and what became of each in the browsers of its lead.
CREATE TABLE workflow_nudges (
    id BLOB NOT NULL PRIMARY KEY,
    run BLOB NOT NULL,
    workflow BLOB NOT NULL,
    step TEXT NOT NULL,
    visit BIGINT NOT NULL,
    content TEXT NOT NULL,
    ready_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    shown_at BIGINT,
    url TEXT NOT NULL,
    clicked_at BIGINT,
    closed_at BIGINT,
    withdrawn_at BIGINT
) WITHOUT ROWID;
CREATE INDEX workflow_nudges_by_run ON workflow_nudges (run);
CREATE INDEX workflow_nudges_by_step ON workflow_nudges (workflow, step, shown_at, clicked_at, closed_at, withdrawn_at);
