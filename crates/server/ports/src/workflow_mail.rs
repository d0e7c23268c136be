//! The mail of a step of a workflow to a lead.

use crate::mail::spelled;
use knock_agent::Language;
use knock_model::{ConversationId, EffectKind, Label, LeadId, Millis, PersonName, SiteId, Subject};
use serde::{Deserialize, Serialize};

/// A mail of a workflow, its placeholders filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkflowMail {
    /// The lead, who may stop these mails; none of a test, which goes to a member.
    pub lead: Option<LeadId>,
    /// The address.
    pub to: String,
    /// The name of the recipient; empty if unknown.
    #[serde(default)]
    pub name: PersonName,
    /// The name of the workflow, for the team.
    pub workflow: String,
    /// The conversation that an answer reaches; none where no mailbox takes answers.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// The mailbox that takes answers into the conversation; empty without one.
    #[serde(default)]
    pub answers_to: String,
    /// Whether that mailbox takes addresses with a tag, as in `replies+TAG@acme.example`.
    #[serde(default)]
    pub has_tags: bool,
    /// The name of the owner of the lead; empty without one.
    #[serde(default)]
    pub rep: PersonName,
    /// The owner's address, which gets the answers without `answers_to`; empty without an owner.
    #[serde(default)]
    pub rep_email: String,
    /// The site that the lead was seen on; none for a lead of no site.
    #[serde(default, with = "site")]
    pub site: Option<SiteId>,
    /// The name of the site.
    #[serde(default)]
    pub site_name: Label,
    /// The language of the text.
    #[serde(default = "spelled::english", with = "spelled")]
    pub language: Language,
    pub subject: Subject,
    /// The text, without markup.
    pub body: String,
    /// The instant from which it is too late to send it (WF-L2); none of a test.
    #[serde(default)]
    pub expires_at: Option<Millis>,
}

impl WorkflowMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.workflow");
}

/// A site by its number.
mod site {
    use knock_model::SiteId;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(site: &Option<SiteId>, to: S) -> Result<S::Ok, S::Error> {
        site.map(|site| site.0).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SiteId>, D::Error> {
        Ok(Option::<i64>::deserialize(from)?.map(SiteId))
    }
}
