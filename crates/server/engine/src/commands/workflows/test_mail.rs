//! The mail of a step, sent to the member who edits it.

use crate::audited::{Change, Note, of_destination};
use crate::changes::Changes;
use crate::effects::Letter;
use knock_agent::Language;
use knock_model::{AuditAction, Destination, Label, Millis, PersonName, RepId, Subject};
use knock_ports::{Ledger, StoreError, WorkflowMail};
use knock_wire::Texts;
use knock_workflow::fill_placeholders;
use serde_json::json;

/// Sends the mail of a step to a member, its placeholders filled with what stands for unknown values.
#[derive(Clone, Debug)]
pub struct SendWorkflowTestMail {
    /// The member who asks for it, and gets it.
    pub member: RepId,
    pub email: String,
    /// The name of the workflow.
    pub workflow: String,
    pub subject: Texts,
    pub body: Texts,
    /// The language of the text; without it English, else the first.
    pub language: Option<Language>,
    pub now: Millis,
}

impl Change for SendWorkflowTestMail {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let filled = |texts: &Texts| fill_placeholders(self.text(texts), |_| None);
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
            site: None,
            site_name: Label::default(),
            language: self.language.unwrap_or(Language::En),
            subject: Subject::parse(&filled(&self.subject)),
            body: filled(&self.body),
            expires_at: None,
        };
        let (kind, ordering_key) = (WorkflowMail::KIND, key(self.member));
        Letter { kind, data, lead: None, ordering_key, now: self.now }.enqueue(ledger, changes)?;
        let note = Note::new(AuditAction::WorkflowMailTested, of_destination(Destination::MAIL, "{}"));
        Ok(((), Some(note.with(json!({"to": self.email, "workflow": self.workflow})))))
    }
}

impl SendWorkflowTestMail {
    fn text<'t>(&self, texts: &'t Texts) -> &'t str {
        let wanted = self.language.unwrap_or(Language::En);
        let found = [wanted, Language::En].into_iter().find_map(|language| texts.get(language.as_str()));
        found.or_else(|| texts.values().next()).map_or("", String::as_str)
    }
}

/// Test mails wait for none of those to other members, and for no sign-in link.
fn key(member: RepId) -> [u8; 16] {
    member.as_bytes().map(|byte| !byte)
}
