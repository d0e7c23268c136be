//! The `data` of the events about forms, clicks and companies.

#[cfg(feature = "openapi")]
use crate::schema::{
    AccountIdSchema, BucketSchema, CategorySchema, ConversationIdSchema, SignalIdSchema, WorkflowIdSchema,
};
use crate::{EventPerson, FunnelStageWord, SignalTypeWord};
use knock_model::{AccountId, Bucket, Category, ConversationId, SignalId, WorkflowId};
use serde::{Deserialize, Serialize};

/// The company that an event is about, or that of its lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventAccount {
    /// Its id.
    pub id: AccountId,
    /// Its domain.
    pub domain: String,
}

/// `data` of `form.submitted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormSubmitted {
    /// The person whose address the form has.
    pub contact: EventPerson,
    /// The company of the person, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The conversation in which the team answers.
    pub conversation: ConversationId,
    /// The name of the form; empty if it has none.
    pub form: String,
    /// The address of the page.
    pub page: String,
    /// The names of the fields. What was typed into them stays on the site.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The key of the site.
    #[serde(default)]
    pub site: String,
}

/// `data` of `link.clicked`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkClicked {
    /// The person who clicked.
    pub contact: EventPerson,
    /// The company of the person, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The id of the click on the timeline.
    pub id: SignalId,
    /// The kind: `link_click` of a Knock Link, `cta` of a call to action, or `click` of another link or button.
    pub kind: SignalTypeWord,
    /// The last part of the address of the Knock Link, or `Website` for the launcher; the name of the call to action;
    /// empty for others.
    #[serde(default)]
    pub name: String,
    /// The text of the link or button; empty for a Knock Link.
    #[serde(default)]
    pub text: String,
    /// The address to which the link leads; empty for a button and a Knock Link.
    #[serde(default)]
    pub href: String,
    /// The address of the page; empty for a Knock Link.
    #[serde(default)]
    pub page: String,
    /// What the click is about.
    pub category: Category,
    /// The key of the site.
    #[serde(default)]
    pub site: String,
}

/// `data` of `workflow.action`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowActed {
    /// The lead.
    pub lead: EventPerson,
    /// The company of the lead, if known.
    #[serde(default)]
    pub account: Option<EventAccount>,
    /// The id of the workflow.
    pub workflow: WorkflowId,
    /// The name of the workflow.
    pub name: String,
    /// The id of the step.
    pub step: String,
    /// The number of the run among those of the lead in this workflow, from 1.
    pub run: u32,
}

/// `data` of `account.changed`: score, stage or owner of a company, or several of them, are other ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountChanged {
    /// The company.
    pub account: EventAccount,
    /// The state now.
    pub now: AccountState,
    /// The state before.
    pub previous: AccountState,
}

/// The state of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountState {
    /// `Knock: Intent Score`; none below Low.
    #[serde(default)]
    pub score: Option<Bucket>,
    /// The furthest funnel stage of its contacts, by the CRM and by the deals noted in chats.
    pub stage: FunnelStageWord,
    /// The owner that a CRM names for its contacts; none if it names none.
    #[serde(default)]
    pub owner: Option<String>,
}
