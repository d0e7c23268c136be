//! Workflows: their versions, dry runs, and the leads in them.

use knock_model::{LeadId, WorkflowId};
use knock_wire::{
    DryRun, DryRunAsk, LeadWorkflows, RunList, WorkflowChange, WorkflowDetail, WorkflowDraft, WorkflowList,
    WorkflowPosition, WorkflowRunStop, WorkflowSettings, WorkflowStateChange, WorkflowTemplates, WorkflowTestMail,
    WorkflowVersions, WorkflowWebhooks,
};

use super::{Client, Failure, Method, json, push};

const PATH: &str = "/api/v1/workflows";

impl Client {
    /// All workflows, with their counts and the settings of the workspace.
    pub(crate) async fn workflows(&self) -> Result<WorkflowList, Failure> {
        self.get(PATH.to_owned()).await
    }

    pub(crate) async fn workflow(&self, id: WorkflowId) -> Result<WorkflowDetail, Failure> {
        self.get(path(id, "")).await
    }

    pub(crate) async fn create_workflow(&self, draft: &WorkflowDraft) -> Result<WorkflowDetail, Failure> {
        self.ask(Method::Post, PATH.to_owned(), Some(json(draft)?)).await
    }

    /// Saves the next version.
    pub(crate) async fn change_workflow(
        &self,
        id: WorkflowId,
        change: &WorkflowChange,
    ) -> Result<WorkflowDetail, Failure> {
        self.ask(Method::Put, path(id, ""), Some(json(change)?)).await
    }

    /// Archives a workflow.
    pub(crate) async fn archive_workflow(&self, id: WorkflowId) -> Result<(), Failure> {
        self.done(Method::Delete, path(id, ""), None).await
    }

    /// All versions, newest first.
    pub(crate) async fn workflow_versions(&self, id: WorkflowId) -> Result<WorkflowVersions, Failure> {
        self.get(path(id, "/versions")).await
    }

    /// Switches a workflow on or off.
    pub(crate) async fn switch_workflow(&self, id: WorkflowId, change: &WorkflowStateChange) -> Result<(), Failure> {
        self.done(Method::Put, path(id, "/state"), Some(json(change)?)).await
    }

    /// Moves a workflow to a place, from 1, among those that are not archived.
    pub(crate) async fn move_workflow(&self, id: WorkflowId, position: u32) -> Result<(), Failure> {
        self.done(Method::Put, path(id, "/position"), Some(json(&WorkflowPosition { position })?)).await
    }

    /// The webhooks that steps can name.
    pub(crate) async fn workflow_webhooks(&self) -> Result<WorkflowWebhooks, Failure> {
        self.get(format!("{PATH}/webhooks")).await
    }

    /// Runs a draft over past leads; nothing is sent.
    pub(crate) async fn dry_run(&self, ask: &DryRunAsk) -> Result<DryRun, Failure> {
        self.ask(Method::Post, format!("{PATH}/dry-run"), Some(json(ask)?)).await
    }

    /// A page of the leads of a workflow, the newest first.
    pub(crate) async fn workflow_runs(
        &self,
        id: WorkflowId,
        state: &str,
        cursor: Option<&str>,
    ) -> Result<RunList, Failure> {
        let mut path = path(id, "/runs?limit=25");
        push(&mut path, "state", Some(state));
        push(&mut path, "cursor", cursor);
        self.get(path).await
    }

    /// Stops a lead's run.
    pub(crate) async fn stop_run(&self, id: WorkflowId, lead: LeadId) -> Result<(), Failure> {
        self.post(path(id, "/runs/stop"), json(&WorkflowRunStop { lead })?).await
    }

    pub(crate) async fn save_workflow_settings(
        &self,
        settings: &WorkflowSettings,
    ) -> Result<WorkflowSettings, Failure> {
        self.ask(Method::Put, format!("{PATH}/settings"), Some(json(settings)?)).await
    }

    /// Drafts to begin with.
    pub(crate) async fn workflow_templates(&self) -> Result<WorkflowTemplates, Failure> {
        self.get(format!("{PATH}/templates")).await
    }

    /// Sends the mail of a step to the member.
    pub(crate) async fn test_workflow_mail(&self, ask: &WorkflowTestMail) -> Result<(), Failure> {
        self.post(format!("{PATH}/test-mail"), json(ask)?).await
    }

    /// What each workflow did for a lead, or why it did nothing.
    pub(crate) async fn workflows_of(&self, lead: LeadId) -> Result<LeadWorkflows, Failure> {
        self.get(format!("/api/v1/contacts/{lead}/workflows")).await
    }
}

fn path(id: WorkflowId, end: &str) -> String {
    format!("{PATH}/{id}{end}")
}
