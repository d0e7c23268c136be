//! Several connected CRMs: each gets every change, and what each says of a lead counts.

use crate::outbox::{deliveries, hook};
use crate::story::{EMAILS, KINDS, Step, Story};
use knock_crm::{CreateContact, Field as CrmField, Mapping};
use knock_engine::Presenter;
use knock_engine::commands::{ChangeCrm, CrmEdit, KeepEnrichment, SaveEndpoint};
use knock_model::{Category, CrmSystem, Destination, Email, EventType, SignalType, WebhookId};
use knock_ports::{CrmAccountName, CrmConnection, CrmKnown, Enrichment, StoreError, View};
use knock_routing::{Field, Funnel, LeadFields, Value};
use serde_json::{Value as Json, json};

const ANN: usize = 0;
/// The CRMs of the story: one has timelines, both get contacts.
const BOTH: [CrmSystem; 2] = [CrmSystem::Marketo, CrmSystem::Hubspot];

/// Connects a CRM, for leads of other sources too.
fn connect(story: &Story, system: CrmSystem, timeline: bool) {
    let fields = [CrmField::ALL[0]];
    connect_with(story, (system, timeline), (CreateContact::FirstMessage, true), &fields);
}

/// Connects a CRM, or changes its settings: whether it has timelines, what creates a contact, whether leads of other
/// sources are written, and the mapped fields.
pub(crate) fn connect_with(
    story: &Story,
    (system, timeline): (CrmSystem, bool),
    (create, other_sources): (CreateContact, bool),
    fields: &[CrmField],
) {
    let account = CrmAccountName { id: system.as_str().into(), ..CrmAccountName::default() };
    let connection = CrmConnection { token: "sealed".into(), account, app: None };
    let mapped = fields.iter().map(|field| (*field, field.as_str().to_owned()));
    let mapping = Mapping::new(mapped).expect("a mapping");
    let settings = CrmEdit::Settings {
        is_on: true,
        other_sources,
        accept: Vec::new(),
        create,
        mapping,
        companies: Mapping::default(),
        prefix: "Knock".into(),
        read_fields: Vec::new(),
        read_schema: Vec::new(),
        timeline,
        meetings: false,
        recreate_deleted: false,
    };
    for edit in [CrmEdit::Connect(connection), settings] {
        story.change(ChangeCrm { system, edit, now: story.now });
    }
}

/// A story with both CRMs, in which Ann is known.
fn connected() -> Story {
    let mut story = Story::begin();
    for system in BOTH {
        connect(&story, system, system == CrmSystem::Hubspot);
    }
    let kind = KINDS.iter().position(|kind| *kind == SignalType::Identify).expect("a kind");
    for kind in [kind, 0] {
        story.step(Step::Signals { visitor: 0, kind, category: Category::Pricing.index(), age: 0, email: ANN });
    }
    story
}

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let reading = story.store().read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    reading.expect("it is read");
    found.expect("something")
}

fn waiting(story: &Story, to: Destination) -> u64 {
    read(story, |view| Ok(view.outbox_counts(to)?.waiting))
}

fn known(story: &Story, system: CrmSystem, owner: &str) -> CrmKnown {
    let mut fields = LeadFields::default();
    let owner_field = format!("crm.{}.owner", system.as_str());
    fields.set(&Field::parse(&owner_field).expect("a field"), Value::text(owner));
    CrmKnown { fields, contact: Some("512".into()), has_open_deal: false, has_won_deal: false, at: story.now }
}

#[test]
fn each_crm_gets_every_change_and_its_timeline_if_that_is_on() {
    let story = connected();
    for system in CrmSystem::ALL.iter().copied() {
        let is_connected = u64::from(BOTH.contains(&system));
        assert_eq!(waiting(&story, Destination::crm(system)), is_connected, "{system:?}");
        let has_timeline = u64::from(system == CrmSystem::Hubspot);
        assert_eq!(waiting(&story, Destination::crm_timeline(system)), has_timeline, "{system:?}");
    }
}

#[test]
fn rules_know_what_every_connected_crm_says_of_a_lead() {
    let story = connected();
    let email = Email::parse(EMAILS[ANN]).expect("an address");
    let crm = BOTH.map(|system| (system, known(&story, system, &format!("{}@us.example", system.as_str()))));
    story
        .commit(KeepEnrichment { email: email.clone(), said: Enrichment { crm: crm.into(), ..Enrichment::default() } });
    let inputs = read(&story, |view| Presenter::new(view, story.now)?.rule_inputs(Funnel::Chat, false));
    let sources = |name: &str| inputs.fields.iter().find(|field| field.field == name).expect(name).has_source;
    assert_eq!(
        CrmSystem::ALL.iter().map(|system| sources(&format!("crm.{}.owner", system.as_str()))).collect::<Vec<_>>(),
        [false, true, true]
    );
    let lead = read(&story, |view| Ok(view.lead_by_email(&email)?.expect("Ann").id));
    let kept =
        read(&story, |view| BOTH.iter().map(|system| view.crm_known(*system, lead)).collect::<Result<Vec<_>, _>>());
    assert!(kept.iter().all(Option::is_some), "{kept:?}");
}

#[test]
fn what_crms_say_of_a_person_is_one_event_of_the_company_if_its_stage_or_owner_is_another() {
    let story = connected();
    let to = Destination::webhook(WebhookId::from_bytes([9; 16]));
    assert!(story.change(SaveEndpoint { endpoint: hook(to, &[EventType::AccountChanged]) }));
    let email = Email::parse(EMAILS[ANN]).expect("an address");
    let look_up = |crm: Vec<(CrmSystem, CrmKnown)>| {
        let said = Enrichment { crm: crm.into_iter().collect(), ..Enrichment::default() };
        story.commit(KeepEnrichment { email: email.clone(), said });
        let sent = deliveries(&story).into_iter();
        sent.map(|one| serde_json::from_str(&one.effect.data).expect("JSON")).collect::<Vec<Json>>()
    };
    let both = |owner: &str| BOTH.map(|system| (system, known(&story, system, owner))).to_vec();
    let sent = look_up(both("bob@us.example"));
    assert_eq!(sent.len(), 1, "of both at once: {sent:?}");
    let state = |data: &Json, at: &str| (data[at]["stage"].clone(), data[at]["owner"].clone());
    assert_eq!(state(&sent[0], "previous"), (json!("First Seen"), Json::Null));
    assert_eq!(state(&sent[0], "now"), (json!("Existing"), json!("bob@us.example")));
    assert_eq!(look_up(both("bob@us.example")).len(), 1, "the same again is no change");
    let mut won = both("cyd@us.example");
    won[0].1.has_won_deal = true;
    let sent = look_up(won);
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert_eq!(state(&sent[1], "previous"), state(&sent[0], "now"));
    assert_eq!(state(&sent[1], "now"), (json!("Customer"), json!("cyd@us.example")));
}
