//! Writes against a model of a CRM whose answers get lost: what it has in the end is what the lead is.

use knock_crm::{Field, LeadState, Mapping, Prefix, Record, Value, Values, Write};
use knock_model::{Bucket, IntentType, Millis};
use knock_status::chat::{self, ChatStatus, Rejecter, Rejection, RepOwner};
use knock_status::meeting::{self, Canceller, MeetingStatus, RejectReason};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A step between two states of a lead.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The field has another value.
    Set(Field, Option<u8>),
    /// A write is sent; it arrives or not, its answer too.
    Send { arrives: bool, is_answered: bool },
    /// The oldest write that arrived late, or is tried again.
    Retry,
    /// A full resync.
    Forget,
}

fn step() -> impl Strategy<Value = Step> {
    let field = prop::sample::select(Field::ALL);
    prop_oneof![
        5 => (field, prop::option::of(0..3_u8)).prop_map(|(field, value)| Step::Set(field, value)),
        4 => (any::<bool>(), any::<bool>())
            .prop_map(|(arrives, answered)| Step::Send { arrives, is_answered: arrives && answered }),
        2 => Just(Step::Retry),
        1 => Just(Step::Forget),
    ]
}

/// All fields but these, with their standard properties.
fn mapping(without: &[Field]) -> Mapping {
    let mapped = Field::ALL.iter().filter(|field| !without.contains(field));
    Mapping::new(mapped.map(|field| (*field, field.property_name(&Prefix::default())))).expect("a mapping")
}

type Crm = BTreeMap<String, Value>;

fn apply(crm: &mut Crm, write: &Write) {
    for change in &write.changes {
        match &change.value {
            Some(value) => drop(crm.insert(change.property.clone(), value.clone())),
            None => drop(crm.remove(&change.property)),
        }
    }
}

fn expected(values: &Values, mapping: &Mapping) -> Crm {
    let written = mapping.written().filter_map(|(field, name)| Some((name.to_owned(), values.get(field)?.clone())));
    written.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever is lost on the way: once a write is acknowledged and nothing is left to plan, the CRM is right.
    #[test]
    fn the_last_acknowledged_write_makes_the_record_right(steps in prop::collection::vec(step(), 0..40)) {
        let mapping = mapping(&[]);
        let (mut values, mut record, mut crm) = (Values::default(), Record::default(), Crm::new());
        let mut waiting: Vec<Write> = Vec::new();
        for step in steps {
            match step {
                Step::Set(field, value) => values.set(field, value.map(|value| Value::Number(f64::from(value)))),
                Step::Send { arrives, is_answered } => {
                    let Some(write) = record.plan(&values, &mapping) else { continue };
                    if arrives { apply(&mut crm, &write); } else { waiting.push(write.clone()); }
                    if is_answered { record.acknowledge(&write); }
                }
                Step::Retry => {
                    let Some(write) = waiting.pop() else { continue };
                    if record.is_newest(&write) {
                        apply(&mut crm, &write);
                        record.acknowledge(&write);
                    }
                }
                Step::Forget => record.forget(),
            }
        }
        if let Some(write) = record.plan(&values, &mapping) {
            apply(&mut crm, &write);
            record.acknowledge(&write);
        }
        prop_assert_eq!(crm, expected(&values, &mapping));
        prop_assert_eq!(record.plan(&values, &mapping), None);
    }

    /// Only what has changed is written once everything is known.
    #[test]
    fn a_write_says_no_more_than_what_changed(field in prop::sample::select(Field::ALL), value in 0..3_u8) {
        let mapping = mapping(&[]);
        let (mut values, mut record) = (Values::default(), Record::default());
        for field in Field::ALL {
            values.set(*field, Some(Value::Number(9.0)));
        }
        let all = record.plan(&values, &mapping).expect("a write");
        prop_assert_eq!(all.changes.len(), Field::ALL.len());
        record.acknowledge(&all);
        values.set(field, Some(Value::Number(f64::from(value))));
        let one = record.plan(&values, &mapping).expect("a write");
        prop_assert_eq!(one.changes.iter().map(|change| change.field).collect::<Vec<_>>(), vec![field]);
        prop_assert_eq!(one.version, 2);
    }
}

fn values(lead: impl FnOnce(&mut LeadState<'_>), chat: &chat::Fields, meeting: &meeting::Fields) -> Values {
    let (name_of, day_of) = (|rep: &str| format!("{rep}@us.example"), |at: Millis| (at.0 / Millis::DAY.0) as i32);
    let mut state = LeadState {
        chat: None,
        chat_fields: chat,
        meeting: None,
        meeting_fields: meeting,
        score: None,
        intent_type: IntentType::Unknown,
        name_of: &name_of,
        day_of: &day_of,
    };
    lead(&mut state);
    Values::of(&state)
}

fn shown(values: &Values) -> Vec<(&'static str, Value)> {
    Field::ALL.iter().filter_map(|field| Some((field.as_str(), values.get(*field)?.clone()))).collect()
}

#[test]
fn a_chat_says_who_has_it_and_how_fast_the_answer_was() {
    let chat = chat::Fields {
        rep_owner: Some(RepOwner::Rep("bo".into())),
        responding_rep: Some("cy".into()),
        response_time: Some(Millis(105_000)),
        rejected: None,
    };
    let none = meeting::Fields::default();
    let state = |lead: &mut LeadState<'_>| {
        lead.chat = Some(ChatStatus::RepDiscovery);
        lead.score = Some(Bucket::High);
        lead.intent_type = IntentType::Buying;
    };
    let expected = [
        ("Chat Status", Value::text("Rep Discovery")),
        ("Chat Owner", Value::text("Rep")),
        ("Knock: Rep Owner", Value::text("bo@us.example")),
        ("Knock: Responding Rep", Value::text("cy@us.example")),
        ("Knock: Rep Response Time", Value::Number(1.75)),
        ("Knock: Intent Score", Value::text("High")),
        ("Knock: Intent Type", Value::text("Buying")),
    ];
    assert_eq!(shown(&values(state, &chat, &none)), expected);
    let early = values(|lead| lead.chat = Some(ChatStatus::AiDiscovery), &chat, &none);
    assert_eq!(early.get(Field::ChatOwner), Some(&Value::text("AI Agent")));
}

/// The owner is that of the status, with a rep, with the agent and without both (R20).
#[test]
fn every_status_has_the_owner_of_its_line_in_the_table() {
    let expected = [
        ("New", "AI Agent"),
        ("Save the Lead", "AI Agent"),
        ("Spam", "AI Agent"),
        ("AI Discovery", "AI Agent"),
        ("Rep Reply Needed", "Rep"),
        ("Rep Discovery", "Rep"),
        ("Follow Up Needed", "Rep"),
        ("Rejected", "AI Agent"),
        ("Closed", "Rep"),
        ("Qualified", "Rep"),
    ];
    let none = meeting::Fields::default();
    for rep_owner in [None, Some(RepOwner::AiAgent), Some(RepOwner::Rep("bo".into()))] {
        let chat = chat::Fields { rep_owner: rep_owner.clone(), ..chat::Fields::default() };
        let written = ChatStatus::ALL.iter().map(|status| {
            let values = values(|lead| lead.chat = Some(*status), &chat, &none);
            (status.as_str(), values.get(Field::ChatOwner).cloned())
        });
        let expected = expected.map(|(status, owner)| (status, Some(Value::text(owner))));
        assert_eq!(written.collect::<Vec<_>>(), expected, "{rep_owner:?}");
    }
    let silent = values(|_| {}, &chat::Fields::default(), &none);
    assert_eq!(silent.get(Field::ChatOwner), None, "no chat, no owner");
}

#[test]
fn a_rejection_says_by_whom() {
    let check = |rejected, reason, expected: [Option<&str>; 2]| {
        let chat = chat::Fields { rejected, ..chat::Fields::default() };
        let meeting = meeting::Fields { reject_reason: reason, ..meeting::Fields::default() };
        let values = values(|_| {}, &chat, &meeting);
        let found = [Field::RejectReason, Field::RejectedBy].map(|field| values.get(field).cloned());
        assert_eq!(found, expected.map(|text| text.map(Value::text)));
    };
    check(None, None, [None, None]);
    let by_rep = Rejection { by: Rejecter::Rep, member: Some("ann".into()), reason: Some("too small".into()) };
    check(Some(by_rep), None, [Some("too small"), Some("rep")]);
    check(Some(Rejection { by: Rejecter::Ai, member: None, reason: None }), None, [None, Some("AI")]);
    check(None, Some(RejectReason::PrivateEmail), [Some("private email"), Some("AI")]);
}

#[test]
fn a_meeting_that_is_cancelled_is_cleared_and_the_unmapped_is_left_out() {
    let chat = chat::Fields::default();
    let booked = meeting::Fields {
        time: Some(Millis(3 * Millis::DAY.0 + 5)),
        owner: Some("bo".into()),
        ..meeting::Fields::default()
    };
    let cancelled = meeting::Fields { cancelled_by: Some(Canceller::Lead), ..meeting::Fields::default() };
    let first = values(|lead| lead.meeting = Some(MeetingStatus::Booked), &chat, &booked);
    let second = values(|lead| lead.meeting = Some(MeetingStatus::Cancelled), &chat, &cancelled);
    let written = |mapping: &Mapping| {
        let mut record = Record::default();
        let write = record.plan(&first, mapping).expect("a write");
        record.acknowledge(&write);
        let write = record.plan(&second, mapping).expect("a write");
        write.changes.into_iter().map(|change| (change.property, change.value)).collect::<Vec<_>>()
    };
    let status = ("knock_meeting_status".to_owned(), Some(Value::text("Meeting Cancelled")));
    let (time, owner) = (("knock_meeting_time".to_owned(), None), ("knock_meeting_owner".to_owned(), None));
    let by = ("knock_cancelled_by".to_owned(), Some(Value::text("Lead")));
    assert_eq!(written(&mapping(&[])), [status.clone(), time.clone(), by.clone(), owner.clone()]);
    assert_eq!(written(&mapping(&[Field::CancelledBy])), [status.clone(), time, owner]);
    assert_eq!(written(&mapping(&[Field::MeetingOwner])), [status, by]);
}
