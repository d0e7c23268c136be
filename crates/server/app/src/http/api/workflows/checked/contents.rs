//! What the actions of a draft say and do: complete for every action, of its kind, and possible in this workspace.

use super::texts::{Fields, Rule};
use knock_engine::custom_fields::coerced;
use knock_model::{Destination, MemberState, Millis, RepId};
use knock_ports::{StoreError, View};
use knock_routing::{Funnel, Value};
use knock_wire::{FieldError, NudgeButton, NudgeOpens, StepContent, Texts, WorkflowDraft};
use knock_workflow::{Action, StepKind};
use std::collections::BTreeMap;
use url::Url;

/// The longest texts, in characters.
const NUDGE: usize = 300;
const LABEL: usize = 40;
const MESSAGE: usize = 2_000;
const SUBJECT: usize = 200;
const MAIL: usize = 10_000;
const POST: usize = 2_000;
const TASK: usize = 500;
const ADDRESS: usize = 2_000;
/// The most buttons of a nudge.
const MOST_BUTTONS: usize = 3;
/// The latest due date of a task after its step.
const LATEST_TASK: Millis = Millis::days(366);

/// What is wrong with a content: the part, as the end of a JSON pointer, and the reason.
type Wrong = Option<(String, String)>;

/// Refuses actions without a content, contents without an action, and contents that cannot be carried out.
pub(super) fn check_contents(view: &dyn View, draft: &WorkflowDraft, at: &str) -> Result<Vec<FieldError>, StoreError> {
    let steps = draft.definition.all_steps().into_iter().filter_map(|(_, step)| match &step.kind {
        StepKind::Act { action, .. } => Some((step.id.as_str(), *action)),
        StepKind::Wait(_)
        | StepKind::WaitUntil(_)
        | StepKind::WaitFor(_)
        | StepKind::Branch { .. }
        | StepKind::Stop => None,
    });
    let actions: BTreeMap<&str, Action> = steps.collect();
    let mut errors = Vec::new();
    let mut wrong = |step: &str, part: &str, reason: String| {
        let step = step.replace('~', "~0").replace('/', "~1");
        let part = if part.is_empty() { String::new() } else { format!("/{part}") };
        errors.push(FieldError { pointer: format!("{at}/contents/{step}{part}"), reason });
    };
    let workspace = Workspace::new(view)?;
    for (step, action) in &actions {
        match draft.contents.get(*step) {
            None => wrong(step, "", format!("is missing: the step has the action `{}`", action.as_str())),
            Some(content) if action_of(content) != *action => {
                wrong(step, "do", format!("expected `{}`, as its step says", action.as_str()));
            }
            Some(content) => {
                if let Some((part, reason)) = workspace.wrong(content)? {
                    wrong(step, &part, reason);
                }
            }
        }
    }
    for step in draft.contents.keys().filter(|step| !actions.contains_key(step.as_str())) {
        wrong(step, "", "no action has this id".to_owned());
    }
    Ok(errors)
}

/// The action that a content is of.
pub(super) const fn action_of(content: &StepContent) -> Action {
    match content {
        StepContent::Nudge { .. } => Action::Nudge,
        StepContent::Message { .. } => Action::Message,
        StepContent::Mail { .. } => Action::Mail,
        StepContent::Slack { .. } => Action::Slack,
        StepContent::Assign { .. } => Action::Assign,
        StepContent::Tag { .. } => Action::Tag,
        StepContent::SetField { .. } => Action::SetField,
        StepContent::Webhook { .. } => Action::Webhook,
        StepContent::Task { .. } => Action::Task,
    }
}

/// The workspace, as far as contents name parts of it.
struct Workspace<'v> {
    view: &'v dyn View,
    custom: Vec<String>,
}

impl<'v> Workspace<'v> {
    fn new(view: &'v dyn View) -> Result<Workspace<'v>, StoreError> {
        let custom = view.custom_fields()?.fields.into_iter().map(|field| field.name).collect();
        Ok(Workspace { view, custom })
    }

    fn wrong(&self, content: &StepContent) -> Result<Wrong, StoreError> {
        Ok(match content {
            StepContent::Nudge { text, buttons, .. } => wrong_nudge(text, buttons),
            StepContent::Message { text } => self.texts("text", text, (MESSAGE, false)),
            StepContent::Mail { subject, body } => {
                let subject = self.texts("subject", subject, (SUBJECT, true));
                subject.or_else(|| self.texts("body", body, (MAIL, false)))
            }
            StepContent::Slack { channel, text, .. } => self.wrong_post(channel, text),
            StepContent::Assign { rep, pool, agent, rule } => {
                self.wrong_assignment((*rep, pool), *agent, rule.as_deref())?
            }
            StepContent::Tag { tag } => {
                let is_known = self.view.tags()?.iter().any(|known| known.id == *tag);
                (!is_known).then(|| part("tag", "is no tag of the workspace"))
            }
            StepContent::SetField { field, value } => self.wrong_value(field, value)?,
            StepContent::Webhook { webhook } => {
                let wanted = Destination::webhook(*webhook);
                let is_known = self.view.endpoints(None)?.iter().any(|known| known.destination == wanted);
                (!is_known).then(|| part("webhook", "is no webhook of the workspace"))
            }
            StepContent::Task { text, due_in_ms, member } => self.wrong_task(text, *due_in_ms, *member)?,
        })
    }

    fn wrong_post(&self, channel: &str, text: &str) -> Wrong {
        if channel.trim().is_empty() {
            return Some(part("channel", "is empty: choose a channel of Slack"));
        }
        if !channel.bytes().all(|byte| byte.is_ascii_alphanumeric()) || channel.len() > 40 {
            return Some(part("channel", "is no id of a channel, such as C024BE91L"));
        }
        // The card alone is a post too.
        if text.trim().is_empty() {
            None
        } else {
            self.rule(POST, false).wrong_text(text).map(|reason| part("text", &reason))
        }
    }

    fn wrong_assignment(
        &self,
        (rep, pool): (Option<RepId>, &[RepId]),
        agent: bool,
        rule: Option<&str>,
    ) -> Result<Wrong, StoreError> {
        let given = [rep.is_some(), !pool.is_empty(), agent, rule.is_some()];
        if given.into_iter().filter(|given| *given).count() != 1 {
            return Ok(Some(part("", "expected exactly one of `rep`, `pool`, `agent`, `rule`")));
        }
        if let Some(rule) = rule {
            let is_known = self.view.rules()?.iter().any(|known| known.id == rule && known.funnel() == Funnel::Chat);
            return Ok((!is_known).then(|| part("rule", "is no routing rule of chats")));
        }
        if let Some(rep) = rep {
            return Ok((!self.is_member(rep)?).then(|| part("rep", "is not a member of the team")));
        }
        for (place, rep) in pool.iter().enumerate() {
            if !self.is_member(*rep)? {
                return Ok(Some(part(&format!("pool/{place}"), "is not a member of the team")));
            }
            if pool.iter().take(place).any(|other| other == rep) {
                return Ok(Some(part(&format!("pool/{place}"), "is in the pool twice")));
            }
        }
        Ok(None)
    }

    fn wrong_value(&self, field: &str, value: &str) -> Result<Wrong, StoreError> {
        let fields = self.view.custom_fields()?.fields;
        let Some(known) = fields.iter().find(|known| known.name == field) else {
            return Ok(Some(part("field", "is no custom field: add it in Settings > Custom fields")));
        };
        // An empty value takes the field away.
        let is_value = value.trim().is_empty() || coerced(known.value_type, &Value::text(value)).is_some();
        Ok((!is_value).then(|| part("value", "is too long, or not of the type of the field")))
    }

    fn wrong_task(&self, text: &str, due_in: Millis, member: Option<RepId>) -> Result<Wrong, StoreError> {
        if let Some(reason) = self.rule(TASK, false).wrong_text(text) {
            return Ok(Some(part("text", &reason)));
        }
        if !(Millis(0)..=LATEST_TASK).contains(&due_in) {
            return Ok(Some(part("due_in_ms", &format!("is not between 0 and {}", LATEST_TASK.0))));
        }
        match member {
            Some(member) if !self.is_member(member)? => Ok(Some(part("member", "is not a member of the team"))),
            _ => Ok(None),
        }
    }

    fn is_member(&self, rep: RepId) -> Result<bool, StoreError> {
        Ok(self.view.member(rep)?.is_some_and(|member| member.state != MemberState::Removed))
    }

    const fn rule(&self, longest: usize, is_line: bool) -> Rule<'_> {
        Rule { longest, is_line, fields: Fields::All(self.custom.as_slice()) }
    }

    fn texts(&self, name: &str, texts: &Texts, (longest, is_line): (usize, bool)) -> Wrong {
        wrong_texts(name, texts, self.rule(longest, is_line))
    }
}

/// What is wrong with a nudge.
fn wrong_nudge(text: &Texts, buttons: &[NudgeButton]) -> Wrong {
    let fields = Fields::OfNudge;
    if let Some(wrong) = wrong_texts("text", text, Rule { longest: NUDGE, is_line: false, fields }) {
        return Some(wrong);
    }
    if buttons.len() > MOST_BUTTONS {
        return Some(part("buttons", &format!("has more than {MOST_BUTTONS}")));
    }
    buttons.iter().enumerate().find_map(|(place, button)| {
        let rule = Rule { longest: LABEL, is_line: true, fields };
        let label = wrong_texts(&format!("buttons/{place}/label"), &button.label, rule);
        label.or_else(|| match &button.opens {
            NudgeOpens::Page(url) if !is_https(url) => {
                Some(part(&format!("buttons/{place}/opens/page"), "expected an address that begins with https://"))
            }
            NudgeOpens::Page(_) | NudgeOpens::Chat | NudgeOpens::Booking => None,
        })
    })
}

fn wrong_texts(name: &str, texts: &Texts, rule: Rule<'_>) -> Wrong {
    let (language, reason) = rule.wrong_texts(texts)?;
    let place = language.map_or_else(|| name.to_owned(), |language| format!("{name}/{language}"));
    Some(part(&place, &reason))
}

fn part(name: &str, reason: &str) -> (String, String) {
    (name.to_owned(), reason.to_owned())
}

fn is_https(url: &str) -> bool {
    url.len() <= ADDRESS && Url::parse(url).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}
