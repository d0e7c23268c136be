//! A mail of a draft, sent to the member who writes it.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::effects::Letter;
use crate::language::chosen;
use knock_agent::Language;
use knock_model::{AuditAction, Destination, Label, Millis, PersonName, RepId, Subject};
use knock_ports::{Ledger, StoreError, WorkflowMail};
use knock_wire::Texts;
use knock_workflow::fill_placeholders;
use serde_json::json;

/// Sends the mail of a step to a member, with the values of an example.
#[derive(Clone, Debug)]
pub struct SendTestWorkflowMail {
    /// The member who asks for it, and gets it.
    pub member: RepId,
    pub email: String,
    /// The name of the workflow.
    pub workflow: String,
    pub subject: Texts,
    pub body: Texts,
    pub language: Language,
    pub now: Millis,
}

impl Change for SendTestWorkflowMail {
    /// False if a text is empty in every language.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        let (Some((language, body)), Some((_, subject))) =
            (chosen(&self.body, self.language), chosen(&self.subject, self.language))
        else {
            return Ok((false, None));
        };
        let site = ledger.sites()?.into_iter().next();
        let data = &WorkflowMail {
            lead: None,
            to: self.email.clone(),
            name: PersonName::default(),
            workflow: self.workflow.clone(),
            conversation: None,
            answers_to: String::new(),
            has_tags: false,
            rep: PersonName::default(),
            rep_email: String::new(),
            site_name: site.as_ref().map(|site| Label::parse(site.title())).unwrap_or_default(),
            site: site.map(|site| site.id),
            language,
            subject: Subject::parse(&fill_placeholders(subject, example)),
            body: fill_placeholders(body, example),
        };
        let (kind, lead, ordering_key) = (WorkflowMail::KIND, None, self.member.as_bytes().map(|byte| !byte));
        Letter { kind, data, lead, ordering_key, now: self.now }.enqueue(ledger, changes)?;
        let note = Note::new(AuditAction::DestinationTested, of_destination(Destination::MAIL, "{}"));
        Ok((true, Some(note.with(json!({"to": self.email})))))
    }
}

/// The value of a placeholder in an example; none of a custom field, whose fallback is shown.
fn example(name: &str) -> Option<String> {
    let value = match name {
        "first_name" => "Ann",
        "last_name" => "Lee",
        "full_name" => "Ann Lee",
        "email" => "ann@example.com",
        "company" => "Example Inc.",
        "owner_name" => "Bo",
        "page" => "Pricing",
        _ => return None,
    };
    Some(value.to_owned())
}
