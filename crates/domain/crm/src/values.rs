//! The values of the fields of a lead or a company at an instant.

use crate::{Field, Value};
use alloc::collections::BTreeMap;
use alloc::string::String;
use knock_intent::FunnelStage;
use knock_model::{AI_AGENT, Bucket, IntentType, Millis};
use knock_status::chat::{self, ChatStatus, RepOwner};
use knock_status::meeting::{self, MeetingStatus};

/// The fields that have a value.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Values(BTreeMap<Field, Value>);

/// The facts from which a lead's fields are derived.
#[derive(Clone, Copy)]
pub struct LeadState<'l> {
    /// Chat Status; none without a chat.
    pub chat: Option<ChatStatus>,
    /// The fields beside it.
    pub chat_fields: &'l chat::Fields,
    /// Meeting Status; none without a way to a meeting.
    pub meeting: Option<MeetingStatus>,
    /// The fields beside it.
    pub meeting_fields: &'l meeting::Fields,
    /// The intent score; none before it is computed.
    pub score: Option<Bucket>,
    pub intent_type: IntentType,
    /// The name of a rep in the CRM, by the id in statuses.
    pub name_of: &'l dyn Fn(&str) -> String,
    /// The day of an instant in the time zone of the meeting's owner, as days since 1970-01-01.
    pub day_of: &'l dyn Fn(Millis) -> i32,
}

/// The facts from which a company's fields are derived: those of its leads whom Knock knows and who are no spam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompanyState {
    /// The highest intent score of its accounts; none before one is computed.
    pub score: Option<Bucket>,
    /// The intent type of its strongest contact.
    pub intent_type: IntentType,
    /// The furthest stage of its leads.
    pub stage: FunnelStage,
    pub leads: u32,
    /// The number of deals that were opened with its leads after their first click.
    pub deals: u32,
}

impl Values {
    /// The values of a company; none at all without leads.
    pub fn of_company(company: &CompanyState) -> Values {
        let mut values = Values::default();
        if company.leads > 0 {
            values.set(Field::IntentScore, company.score.map(|score| Value::text(score.as_str())));
            values.set(Field::IntentType, Some(Value::text(company.intent_type.as_str())));
            values.set(Field::FunnelStage, Some(Value::text(company.stage.as_str())));
            values.set(Field::Leads, Some(Value::Number(company.leads.into())));
            values.set(Field::Deals, Some(Value::Number(company.deals.into())));
        }
        values
    }

    /// The values of a lead.
    pub fn of(lead: &LeadState<'_>) -> Values {
        let mut values = Values::default();
        values.set_chat(lead);
        values.set_meeting(lead);
        let (reason, by) = rejection(lead);
        values.set(Field::RejectReason, reason.map(Value::text));
        values.set(Field::RejectedBy, by.map(Value::text));
        values.set(Field::IntentScore, lead.score.map(|score| Value::text(score.as_str())));
        values.set(Field::IntentType, Some(Value::text(lead.intent_type.as_str())));
        values
    }

    fn set_chat(&mut self, lead: &LeadState<'_>) {
        let rep = |rep: &str| Value::Text((lead.name_of)(rep));
        let owner = |owner: &RepOwner| match owner {
            RepOwner::AiAgent => Value::text(AI_AGENT),
            RepOwner::Rep(id) => rep(id),
        };
        let fields = lead.chat_fields;
        let rep_owner = fields.rep_owner.as_ref().map(owner);
        // Who of the two, in every status (CS-11, R20): which rep it is stands in `Rep Owner`.
        let chat_owner = lead.chat.map(|status| Value::text(status.owner().as_str()));
        self.set(Field::ChatStatus, lead.chat.map(|status| Value::text(status.as_str())));
        self.set(Field::ChatOwner, chat_owner);
        self.set(Field::RepOwner, rep_owner);
        self.set(Field::RespondingRep, fields.responding_rep.as_deref().map(rep));
        self.set(Field::RepResponseTime, fields.response_time.map(|time| Value::Number(time.in_minutes())));
    }

    fn set_meeting(&mut self, lead: &LeadState<'_>) {
        let fields = lead.meeting_fields;
        let instant = |at: Millis| Value::Instant { at, day: (lead.day_of)(at) };
        self.set(Field::MeetingStatus, lead.meeting.map(|status| Value::text(status.as_str())));
        self.set(Field::MeetingTime, fields.time.map(instant));
        self.set(Field::MeetingOwner, fields.owner.as_deref().map(|owner| Value::Text((lead.name_of)(owner))));
        self.set(Field::CancelledBy, fields.cancelled_by.map(|by| Value::text(by.as_str())));
    }

    /// The value of a field; none where it is empty.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.0.get(&field)
    }

    /// Sets a field, or empties it.
    pub fn set(&mut self, field: Field, value: Option<Value>) {
        match value {
            // An empty text is how CRMs say that there is none.
            Some(Value::Text(text)) if text.trim().is_empty() => drop(self.0.remove(&field)),
            Some(value) => drop(self.0.insert(field, value)),
            None => drop(self.0.remove(&field)),
        }
    }
}

/// `Reject Reason` and `Rejected By`: those of the meeting where it has some, which are the AI agent's, else of the chat.
fn rejection<'l>(lead: &LeadState<'l>) -> (Option<&'l str>, Option<&'static str>) {
    if let Some(reason) = lead.meeting_fields.reject_reason {
        return (Some(reason.as_str()), Some(chat::Rejecter::Ai.as_str()));
    }
    match &lead.chat_fields.rejected {
        Some(rejection) => (rejection.reason.as_deref(), Some(rejection.by.as_str())),
        None => (None, None),
    }
}
