//! The fields that Knock keeps in a CRM (DOMAIN 1.10), spelled once.

use crate::{Choice, Object, Prefix, Property, PropertyType};
use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use knock_intent::FunnelStage;
use knock_model::{Bucket, IntentType, spelled, vocabulary};
use knock_status::chat::{ChatStatus, Rejecter};
use knock_status::meeting::{Canceller, MeetingStatus};

vocabulary! {
    /// A field of a lead or a company in the CRM, by its label with the usual prefix.
    Field {
        /// One of the ten values of Chat Status.
        ChatStatus = "Chat Status",
        /// One of the seven values of Meeting Status.
        MeetingStatus = "Meeting Status",
        /// The owner of the chat (CS-11).
        ChatOwner = "Chat Owner",
        /// The reason of the rejection (MS-03, MS-04, CS-14).
        RejectReason = "Reject Reason",
        /// The party that rejected the lead.
        RejectedBy = "Rejected By",
        /// The start of the meeting (MS-06).
        MeetingTime = "Meeting Time",
        /// The party that cancelled the meeting (MS-07).
        CancelledBy = "Cancelled By",
        /// The rep the chat was routed to (RR-11).
        RepOwner = "Knock: Rep Owner",
        /// The rep who answered (RR-12).
        RespondingRep = "Knock: Responding Rep",
        /// The time to the first answer of a rep, in minutes (RR-13).
        RepResponseTime = "Knock: Rep Response Time",
        /// The rep of the meeting; `Meeting Owner` means the same field.
        MeetingOwner = "Knock: Meeting Owner",
        /// The intent score (IF-01); of a company the highest of its accounts.
        IntentScore = "Knock: Intent Score",
        /// The intent type (IF-02); of a company that of its strongest contact.
        IntentType = "Knock: Intent Type",
        /// The furthest funnel stage of a company's leads (RO-16, RO-17).
        FunnelStage = "Knock: Funnel Stage",
        /// The number of a company's leads.
        Leads = "Knock: Leads",
        /// The number of deals that were opened with a company's leads after their first click (CS-10).
        Deals = "Knock: Deals",
    }
}

spelled!(Field);

/// The fields of companies; the first two are fields of contacts too.
const OF_COMPANY: &[Field] = &[Field::IntentScore, Field::IntentType, Field::FunnelStage, Field::Leads, Field::Deals];
/// The number of fields of contacts: they stand first.
const OF_CONTACT: usize = 13;

/// The other name of [`Field::MeetingOwner`].
const MEETING_OWNER: &str = "Meeting Owner";
/// The default prefix of labels.
const USUAL: &str = "Knock";

impl Field {
    /// The fields of an object.
    pub fn of(object: Object) -> &'static [Field] {
        match object {
            Object::Contact => &Field::ALL[..OF_CONTACT],
            Object::Company => OF_COMPANY,
        }
    }

    /// The field with this label, in the spelling with the usual prefix or with its other name.
    pub fn of_label(label: &str) -> Option<Field> {
        if label == MEETING_OWNER { Some(Field::MeetingOwner) } else { Field::parse(label) }
    }

    /// The label that people see in the CRM.
    pub fn label(self, prefix: &Prefix) -> String {
        match self.as_str().strip_prefix(USUAL) {
            Some(rest) => format!("{}{rest}", prefix.as_str()),
            None => self.as_str().to_owned(),
        }
    }

    /// The name of the standard property, such as `knock_chat_status`.
    pub fn property_name(self, prefix: &Prefix) -> String {
        let words = self.as_str().strip_prefix("Knock: ").unwrap_or(self.as_str());
        format!("{}_{}", prefix.name(), words.to_ascii_lowercase().replace(' ', "_"))
    }

    /// The type of its values.
    pub const fn value_type(self) -> PropertyType {
        match self {
            Field::ChatStatus
            | Field::MeetingStatus
            | Field::RejectedBy
            | Field::CancelledBy
            | Field::IntentScore
            | Field::IntentType
            | Field::FunnelStage => PropertyType::Choice,
            Field::MeetingTime => PropertyType::Instant,
            Field::RepResponseTime | Field::Leads | Field::Deals => PropertyType::Number,
            Field::ChatOwner | Field::RejectReason | Field::RepOwner | Field::RespondingRep | Field::MeetingOwner => {
                PropertyType::Text
            }
        }
    }

    /// Whether its value is a member by their address, so that a property of owners can have it. `Chat Owner` is none:
    /// it says whether a person has the chat at all.
    pub const fn is_person(self) -> bool {
        matches!(self, Field::RepOwner | Field::RespondingRep | Field::MeetingOwner)
    }

    /// Every value that it can have, where they are a closed set; empty for the others.
    pub fn options(self) -> Vec<&'static str> {
        match self {
            Field::ChatStatus => ChatStatus::ALL.iter().map(|value| value.as_str()).collect(),
            Field::MeetingStatus => MeetingStatus::ALL.iter().map(|value| value.as_str()).collect(),
            Field::RejectedBy => Rejecter::ALL.iter().map(|value| value.as_str()).collect(),
            Field::CancelledBy => [Canceller::Rep, Canceller::Lead].map(Canceller::as_str).to_vec(),
            Field::IntentScore => Bucket::ALL.iter().map(|value| value.as_str()).collect(),
            Field::IntentType => IntentType::ALL.iter().map(|value| value.as_str()).collect(),
            Field::FunnelStage => FunnelStage::ALL.iter().map(|value| value.as_str()).collect(),
            Field::ChatOwner
            | Field::RejectReason
            | Field::MeetingTime
            | Field::RepOwner
            | Field::RespondingRep
            | Field::RepResponseTime
            | Field::MeetingOwner
            | Field::Leads
            | Field::Deals => Vec::new(),
        }
    }

    /// The standard property, as it is created in a CRM.
    pub fn property(self, prefix: &Prefix) -> Property {
        let choice = |value: &str| Choice { value: value.to_owned(), label: value.to_owned() };
        Property {
            name: self.property_name(prefix),
            label: self.label(prefix),
            value_type: self.value_type(),
            options: self.options().into_iter().map(choice).collect(),
            is_read_only: false,
            is_identifier: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_properties_are_named_after_their_fields() {
        let names = |object: Object| -> Vec<String> {
            Field::of(object).iter().map(|field| field.property_name(&Prefix::default())).collect()
        };
        let expected = [
            "knock_chat_status",
            "knock_meeting_status",
            "knock_chat_owner",
            "knock_reject_reason",
            "knock_rejected_by",
            "knock_meeting_time",
            "knock_cancelled_by",
            "knock_rep_owner",
            "knock_responding_rep",
            "knock_rep_response_time",
            "knock_meeting_owner",
            "knock_intent_score",
            "knock_intent_type",
        ];
        assert_eq!(names(Object::Contact), expected);
        let expected = ["knock_intent_score", "knock_intent_type", "knock_funnel_stage", "knock_leads", "knock_deals"];
        assert_eq!(names(Object::Company), expected);
    }

    #[test]
    fn every_field_is_of_an_object() {
        let has = |object: Object, field: &Field| Field::of(object).contains(field);
        assert!(Field::ALL.iter().all(|field| has(Object::Contact, field) || has(Object::Company, field)));
        assert!(!has(Object::Contact, &Field::Leads) && !has(Object::Company, &Field::ChatStatus));
    }

    #[test]
    fn another_prefix_is_in_names_and_in_the_labels_that_have_one() {
        let prefix = Prefix::parse("Acme Web").expect("a prefix");
        assert_eq!(Field::IntentScore.label(&prefix), "Acme Web: Intent Score");
        assert_eq!(Field::IntentScore.property_name(&prefix), "acme_web_intent_score");
        assert_eq!(Field::ChatStatus.label(&prefix), "Chat Status");
        assert_eq!(Field::ChatStatus.property_name(&prefix), "acme_web_chat_status");
    }

    #[test]
    fn labels_are_read_back_and_the_meeting_owner_has_two() {
        for field in Field::ALL {
            assert_eq!(Field::of_label(field.as_str()), Some(*field));
        }
        assert_eq!(Field::of_label("Meeting Owner"), Some(Field::MeetingOwner));
        assert_eq!(Field::of_label("chat status"), None);
    }

    #[test]
    fn choices_have_options_and_nothing_else_has() {
        for field in Field::ALL {
            assert_eq!(field.value_type() == PropertyType::Choice, !field.options().is_empty(), "{field:?}");
        }
        assert_eq!(Field::ChatStatus.options().len(), 10);
        assert_eq!(Field::MeetingStatus.options().len(), 7);
    }
}
