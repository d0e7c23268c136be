//! The labels of rows.

use super::words::{crm_cause, routing_reason, step_kind, step_reason, weekday};
use crate::present::Presenter;
use knock_model::{CrmSystem, SiteId};
use knock_ports::{StoreError, StoredVersion};
use knock_report::{Dimension, NO_VALUE, OTHER, Report};
use knock_workflow::Workflow;
use std::cell::OnceCell;

/// The label of what has no value.
const NONE: &str = "(none)";
/// The label of all groups that have no row of their own.
const OTHERS: &str = "Other";
/// Between the name of a whole and that of its part.
const PART: &str = " \u{203a} ";

/// Names the keys of a dimension.
pub(super) struct Labels<'p, 'v> {
    presenter: &'p Presenter<'v>,
    report: &'static Report,
    group: Dimension,
    /// The newest version of each workflow, once they are read.
    workflows: OnceCell<Vec<StoredVersion>>,
}

impl<'p, 'v> Labels<'p, 'v> {
    pub(super) fn new(presenter: &'p Presenter<'v>, report: &'static Report, group: Dimension) -> Labels<'p, 'v> {
        Labels { presenter, report, group, workflows: OnceCell::new() }
    }

    /// Returns the label of a row: a name where the key is an id, words where it is a code, else the key.
    pub(super) fn label(&self, key: &str) -> Result<String, StoreError> {
        match key {
            NO_VALUE => return Ok(NONE.to_owned()),
            OTHER => return Ok(OTHERS.to_owned()),
            _ => {}
        }
        let named = match self.group {
            Dimension::Site => self.site(key)?,
            Dimension::Link | Dimension::MeetingLink => self.presenter.view.link(key)?.map(|link| link.name),
            // Removed members keep their names, and integrations write messages too.
            Dimension::Rep => Some(self.presenter.member_name(Some(key))?),
            Dimension::Rule => self.rule(key)?,
            Dimension::Segment => self.segment(key)?,
            Dimension::Workflow => self.workflow(key)?,
            Dimension::Step => self.step(key)?,
            Dimension::Crm => CrmSystem::parse(key).map(|system| system.label().to_owned()),
            Dimension::Cause => crm_cause(key).map(str::to_owned),
            Dimension::Reason => self.reason(key).map(str::to_owned),
            Dimension::Hour => Some(format!("{key}:00")),
            Dimension::Weekday => weekday(key).map(str::to_owned),
            Dimension::WeekHour => week_hour(key),
            Dimension::Channel
            | Dimension::Source
            | Dimension::Campaign
            | Dimension::LandingPage
            | Dimension::Country
            | Dimension::Device
            | Dimension::Language
            | Dimension::IntentType
            | Dimension::Score
            | Dimension::Status
            | Dimension::Day
            | Dimension::Week
            | Dimension::Month => None,
        };
        Ok(named.filter(|name| !name.is_empty()).unwrap_or_else(|| key.to_owned()))
    }

    fn site(&self, key: &str) -> Result<Option<String>, StoreError> {
        let Ok(id) = key.parse().map(SiteId) else { return Ok(None) };
        Ok(self.presenter.view.site(id)?.map(|site| site.title().to_owned()))
    }

    /// The name of a rule; of a deleted one, that of its last version.
    fn rule(&self, id: &str) -> Result<Option<String>, StoreError> {
        Ok(self.presenter.view.rule_versions(id)?.into_iter().next().map(|newest| newest.rule.name))
    }

    /// The names of a rule and of a segment of it, as the newest version says that has the segment.
    fn segment(&self, key: &str) -> Result<Option<String>, StoreError> {
        let Some((rule, segment)) = key.split_once('/') else { return Ok(None) };
        let versions = self.presenter.view.rule_versions(rule)?;
        let Some(newest) = versions.first() else { return Ok(None) };
        let name = versions.iter().find_map(|version| {
            let names = version.rule.segment_names();
            names.into_iter().find(|(id, _)| *id == segment).map(|(_, name)| name.to_owned())
        });
        let name = name.unwrap_or_else(|| segment.to_owned());
        Ok(Some(format!("{}{PART}{name}", newest.rule.name)))
    }

    fn workflow(&self, id: &str) -> Result<Option<String>, StoreError> {
        Ok(self.newest(id)?.map(|version| version.draft.name.clone()))
    }

    /// The name of a workflow and what a step of it does; the id of one that its newest version no longer has.
    fn step(&self, key: &str) -> Result<Option<String>, StoreError> {
        let Some((workflow, step)) = key.split_once('/') else { return Ok(None) };
        let Some(version) = self.newest(workflow)? else { return Ok(None) };
        let title = step_title(&version.draft.definition, step).unwrap_or_else(|| step.to_owned());
        Ok(Some(format!("{}{PART}{title}", version.draft.name)))
    }

    fn newest(&self, id: &str) -> Result<Option<&StoredVersion>, StoreError> {
        let known = match self.workflows.get() {
            Some(known) => known,
            None => {
                let read = self.presenter.view.newest_workflow_versions()?;
                self.workflows.get_or_init(|| read)
            }
        };
        Ok(known.iter().find(|version| version.workflow.to_string() == id))
    }

    /// The words of a reason; those of other reports are texts of the team.
    fn reason(&self, code: &str) -> Option<&'static str> {
        match self.report.name {
            "routing" => routing_reason(code),
            "workflows" => step_reason(code),
            _ => None,
        }
    }
}

/// Returns what a step does, with its number among those that do the same.
fn step_title(workflow: &Workflow, id: &str) -> Option<String> {
    let steps = workflow.all_steps();
    let title = steps.iter().find(|(_, step)| step.id == id).map(|(_, step)| step_kind(&step.kind))?;
    let alike: Vec<&str> =
        steps.iter().filter(|(_, step)| step_kind(&step.kind) == title).map(|(_, step)| step.id.as_str()).collect();
    let place = alike.iter().position(|one| *one == id)?;
    Some(if alike.len() == 1 { title.to_owned() } else { format!("{title} ({})", place + 1) })
}

/// Returns the day and the hour of a key such as `1-09`.
fn week_hour(key: &str) -> Option<String> {
    let (day, hour) = key.split_once('-')?;
    Some(format!("{} {hour}:00", weekday(day)?))
}
