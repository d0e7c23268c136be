//! A lead's whole life: what is written at each step, byte for byte, and the same in the end whatever gets lost.
//!
//! `KNOCK_BLESS=1` writes `life.json` anew.

use crate::account::Account;
use contract_crm::{Vendor, email, fields, set};
use knock_crm::{Field, LeadState, Mapping, Prefix, Record, Values};
use knock_model::{Bucket, IntentType, Millis};
use knock_ports::{Crm, CrmKey, CrmWritten};
use knock_status::chat::{self, ChatStatus, RepOwner};
use knock_status::meeting::{self, Canceller, MeetingStatus};
use serde_json::{Value as Json, json};
use std::fs;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hubspot/life.json");
const MEETING: Millis = Millis(1_795_000_000_000);

/// The state of a lead at a step.
#[derive(Clone, Default)]
struct Step {
    name: &'static str,
    chat: Option<ChatStatus>,
    chat_fields: chat::Fields,
    meeting: Option<MeetingStatus>,
    meeting_fields: meeting::Fields,
    score: Option<Bucket>,
    intent_type: Option<IntentType>,
}

impl Step {
    fn values(&self) -> Values {
        let name_of = |rep: &str| format!("{rep}@us.example");
        let day_of = |at: Millis| i32::try_from(at.0.div_euclid(Millis::DAY.0)).expect("a day");
        Values::of(&LeadState {
            chat: self.chat,
            chat_fields: &self.chat_fields,
            meeting: self.meeting,
            meeting_fields: &self.meeting_fields,
            score: self.score,
            intent_type: self.intent_type.unwrap_or(IntentType::Unknown),
            name_of: &name_of,
            day_of: &day_of,
        })
    }
}

/// Click, chat, assigned, late reply, follow up, booked, rescheduled, cancelled, deal opened.
fn life() -> Vec<Step> {
    let mut now = Step { name: "clicked", chat: Some(ChatStatus::New), ..Step::default() };
    let mut steps = vec![now.clone()];
    let mut then = |name, change: &dyn Fn(&mut Step)| {
        now.name = name;
        change(&mut now);
        steps.push(now.clone());
    };
    then("wrote a message", &|now| {
        now.chat = Some(ChatStatus::AiDiscovery);
        now.chat_fields.rep_owner = Some(RepOwner::AiAgent);
        (now.score, now.intent_type) = (Some(Bucket::Medium), Some(IntentType::Buying));
    });
    then("assigned, and waits", &|now| {
        now.chat = Some(ChatStatus::RepReplyNeeded);
        now.chat_fields.rep_owner = Some(RepOwner::Rep("bo".into()));
    });
    then("answered late", &|now| {
        now.chat = Some(ChatStatus::RepDiscovery);
        now.chat_fields.responding_rep = Some("bo".into());
        now.chat_fields.response_time = Some(Millis(200_000));
    });
    then("silent for 12 hours", &|now| now.chat = Some(ChatStatus::FollowUpNeeded));
    then("booked", &|now| {
        now.meeting = Some(MeetingStatus::Booked);
        (now.meeting_fields.time, now.meeting_fields.owner) = (Some(MEETING), Some("cy".into()));
        now.score = Some(Bucket::High);
    });
    then("rescheduled", &|now| now.meeting_fields.time = Some(MEETING + Millis::DAY));
    then("cancelled", &|now| {
        now.meeting = Some(MeetingStatus::Cancelled);
        now.meeting_fields = meeting::Fields { cancelled_by: Some(Canceller::Lead), ..meeting::Fields::default() };
    });
    then("deal opened", &|now| now.chat = Some(ChatStatus::Qualified));
    steps
}

/// Takes a lead through their life; nothing of a step is acknowledged where its answer is lost.
async fn live(account: &Account, loses: impl Fn(usize) -> bool) -> Record {
    let mapping = Field::ALL.iter().map(|field| (*field, field.property_name(&Prefix::default())));
    let mapping = Mapping::new(mapping).expect("a mapping");
    let (mut record, mut key) = (Record::default(), CrmKey::Email(email("ann")));
    for (place, step) in life().iter().enumerate() {
        let write = record.plan(&step.values(), &mapping).expect("something to write");
        let values: Vec<_> = write.changes.iter().map(|one| (one.property.as_str(), one.value.clone())).collect();
        if loses(place) {
            account.fail(&contract_crm::Mishap::Lost);
        }
        let written = account.hubspot.write(&[set(key.clone(), true, &values)]).await;
        match &written[..] {
            [CrmWritten::Done { id }] => {
                record.acknowledge(&write);
                key = CrmKey::Id(id.clone());
            }
            other => assert!(loses(place), "{}: {other:?}", step.name),
        }
    }
    record
}

async fn account() -> Account {
    let account = Account::by_private_app();
    fields(&account.hubspot).await;
    account.server.control("DELETE", "calls", &Json::Null);
    account
}

#[tokio::test]
async fn a_life_is_written_step_by_step_and_says_no_more_than_what_changed() {
    let account = account().await;
    live(&account, |_| false).await;
    let calls = account.server.control("GET", "calls", &Json::Null);
    let names: Vec<_> = life().iter().map(|step| step.name).collect();
    let writes = calls.as_array().into_iter().flatten().filter(|call| call["method"] == "POST");
    let shown: Vec<Json> = names
        .iter()
        .zip(writes)
        .map(|(name, call)| json!({"step": name, "path": call["path"], "body": call["body"]}))
        .collect();
    let shown = format!("{}\n", serde_json::to_string_pretty(&shown).expect("JSON"));
    if bless() {
        fs::write(GOLDEN, &shown).expect("it is written");
    }
    assert_eq!(shown, fs::read_to_string(GOLDEN).expect("the golden file"));
}

#[tokio::test]
async fn whatever_answers_are_lost_the_contact_is_what_the_lead_is() {
    let expected = {
        let account = account().await;
        live(&account, |_| false).await;
        account.records("contacts")[0]["properties"].clone()
    };
    let last = life().len() - 1;
    for (what, loses) in
        [("every second", (|place| place % 2 == 0) as fn(usize) -> bool), ("all but the last", |_| true)]
    {
        let account = account().await;
        live(&account, |place| place != last && loses(place)).await;
        let contacts = account.records("contacts");
        assert_eq!(contacts.len(), 1, "{what}");
        assert_eq!(contacts[0]["properties"], expected, "{what}");
    }
}

#[expect(clippy::disallowed_methods, reason = "blessing is asked for by the environment")]
fn bless() -> bool {
    std::env::var("KNOCK_BLESS").is_ok()
}
