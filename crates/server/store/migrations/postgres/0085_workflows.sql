-- Settings: workflows, every version of each, and the cap and the quiet hours of the workspace.
CREATE TABLE workflows (
    id BYTEA NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE TABLE workflow_versions (
    workflow BYTEA NOT NULL,
    number BIGINT NOT NULL,
    draft TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by BYTEA,
    PRIMARY KEY (workflow, number)
);
CREATE TABLE workflow_settings (
    id BIGINT NOT NULL PRIMARY KEY,
    body TEXT COLLATE "C" NOT NULL
);
-- Facts: what workflows know of a lead between events, without the signals; and the end of their mails.
CREATE TABLE workflow_known (
    lead BYTEA NOT NULL PRIMARY KEY,
    body TEXT COLLATE "C" NOT NULL
);
CREATE TABLE workflow_mail_stops (
    lead BYTEA NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
-- Facts: enrolments, and where each run stands. A merge of leads gives runs other numbers; their ids stay.
CREATE TABLE workflow_runs (
    id BYTEA NOT NULL PRIMARY KEY,
    lead BYTEA NOT NULL,
    workflow BYTEA NOT NULL,
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    enrolled_at BIGINT NOT NULL,
    enrolled_by BIGINT NOT NULL,
    -- Among the runs of the lead that the same event began.
    place BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- Why it was stopped.
    stopped_by TEXT COLLATE "C",
    -- Where it waits.
    step TEXT COLLATE "C",
    entered_at BIGINT,
    due_at BIGINT,
    entered_by BIGINT
);
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
    run BYTEA NOT NULL,
    number BIGINT NOT NULL,
    workflow BYTEA NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    deferred_until BIGINT,
    PRIMARY KEY (run, number)
);
CREATE INDEX workflow_log_by_step ON workflow_log (workflow, step, outcome, reason);
-- Facts: refused enrolments, counted. `id` is that of the workflow and the reason.
CREATE TABLE workflow_refusals (
    lead BYTEA NOT NULL,
    id BYTEA NOT NULL,
    workflow BYTEA NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    times BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (lead, id)
);
CREATE INDEX workflow_refusals_by_reason ON workflow_refusals (workflow, reason);
-- Facts: the actions that runs took, each once, and why one could not be carried out.
CREATE TABLE workflow_effects (
    run BYTEA NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    visit BIGINT NOT NULL,
    at BIGINT NOT NULL,
    failure TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (run, step, visit)
);
-- Facts: nudges, and what became of each in the browsers of its lead.
CREATE TABLE workflow_nudges (
    id BYTEA NOT NULL PRIMARY KEY,
    run BYTEA NOT NULL,
    workflow BYTEA NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    visit BIGINT NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    ready_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    shown_at BIGINT,
    url TEXT COLLATE "C" NOT NULL,
    clicked_at BIGINT,
    closed_at BIGINT,
    withdrawn_at BIGINT
);
CREATE INDEX workflow_nudges_by_run ON workflow_nudges (run);
CREATE INDEX workflow_nudges_by_step ON workflow_nudges (workflow, step, shown_at, clicked_at, closed_at, withdrawn_at);
