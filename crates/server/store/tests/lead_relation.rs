//! What a list asks of CRMs, deals and sessions is what the record of each person has.

use knock_intent::{Evidence, History};
use knock_model::{
    Category, CrmSystem, Email, IdentifyPolicy, IntentType, Label, LeadId, Millis, PersonName, SessionId, SignalId,
    SignalType, SiteId, VisitorId,
};
use knock_ports::{
    CarryOver, ChatSummary, CrmKnown, Detail, DetailText, EVER, FirstTouch, Lead, LeadFilter, LeadQuery, LeadRelation,
    LeadSort, Ledger, NewSignal, PageView, Site, Span, StoreError,
};
use knock_routing::{Condition, Field, LeadFields, Leaf, Operator, Value};
use knock_status::chat::Folder;
use knock_store::Scratch;
use std::collections::BTreeMap;

const NOW: Millis = Millis(1_795_000_000_000);
/// A person, whether they have an address, and the sessions that are stored and carried over.
const PEOPLE: [(u8, bool, &[u8], &[u8]); 8] = [
    (1, true, &[1], &[]),
    (2, true, &[1, 2], &[]),
    (3, false, &[1, 2], &[]),
    (4, true, &[1], &[9]),
    (5, true, &[], &[9]),
    (6, true, &[], &[8, 9]),
    (7, true, &[], &[]),
    (8, true, &[1, 2, 3], &[9]),
];

const fn id(number: u8) -> LeadId {
    LeadId::from_bytes([number; 16])
}

fn session(number: u8) -> SessionId {
    SessionId::new(NOW, &[number; 10])
}

fn person(number: u8, is_named: bool) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok().filter(|_| is_named),
        is_spam: false,
        name: PersonName::default(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 3,
        first_seen_at: NOW,
        last_seen_at: NOW,
    }
}

fn view(number: u8, of: u8, at: Millis) -> NewSignal {
    NewSignal {
        id: SignalId::new(at, &[number, of, 0, 0, 0, 0, 0, 0, 0, 0]),
        session: session(of),
        kind: SignalType::PageView,
        at,
        received_at: at,
        clamped: false,
        category: Category::Home,
        strength: 1.0,
        seq: None,
        view: None,
        detail: DetailText::from(Detail::default()),
    }
}

fn known(lifecycle: &str) -> CrmKnown {
    let mut fields = LeadFields::default();
    fields.set(&Field::parse("crm.hubspot.lifecycle").expect("a field"), Value::text(lifecycle));
    CrmKnown { fields, contact: Some("7".into()), has_open_deal: true, has_won_deal: false, at: NOW }
}

fn chat(number: u8) -> ChatSummary {
    ChatSummary {
        lead: id(number),
        status: None,
        is_spam: false,
        intent_type: IntentType::Unknown,
        active_at: NOW,
        folder: Folder::Open,
        waiting_since: None,
        owner: None,
        is_queued: false,
        reject_reason: String::new(),
        deal_at: Some(NOW),
        replied_at: None,
        wrote_at: None,
        course: Vec::new(),
    }
}

fn filled(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
    let site = ledger.create_site(
        &Site {
            id: SiteId(0),
            name: "shop".into(),
            key: "shop".into(),
            origins: vec!["https://shop.test".into()],
            base: String::new(),
            demo: false,
            categories: Vec::new(),
            identify: IdentifyPolicy::Open,
            identify_round: 1,
            removed_at: None,
        },
        NOW,
    )?;
    for (number, is_named, stored, carried) in PEOPLE {
        let browser = VisitorId::new(NOW, &[number; 10]);
        ledger.save_lead(&person(number, is_named))?;
        // Earlier signals belong to another person.
        let spans = [(Millis(0), None), (NOW - Millis(1_000), Some(id(number)))];
        for (from_at, lead) in spans {
            ledger.save_span(&Span { site, visitor: browser, from_at, lead, evidence: Evidence::default() })?;
        }
        ledger.append_signal(site, browser, &view(number, 50, NOW - Millis(2_000)))?;
        for of in stored {
            for at in [NOW, NOW + Millis(i64::from(*of))] {
                ledger.append_signal(site, browser, &view(number, *of, at))?;
            }
        }
        for of in carried {
            let from_at = NOW - Millis(i64::from(*of));
            let (url, referrer) = (String::new(), String::new());
            let first = PageView { at: from_at, session: session(*of), url, referrer, client: None };
            ledger.save_carry_over(&CarryOver { first_view: Some(first), ..CarryOver::new(site, browser, from_at) })?;
        }
    }
    ledger.save_crm_known(CrmSystem::Hubspot, id(2), &known("customer"))?;
    ledger.save_crm_known(CrmSystem::Salesforce, id(4), &known("lead"))?;
    ledger.save_chat_summary(&chat(5))
}

fn query(field: &str, sort: LeadSort) -> LeadQuery {
    let leaf = Leaf::new(Field::parse(field).expect("a field"), Operator::IsSet, None).expect("a comparison");
    let filter = LeadFilter { condition: Some(Condition::Leaf(leaf)), ..LeadFilter::default() };
    LeadQuery { filter, sort, limit: 50, now: NOW, crms: vec![CrmSystem::Hubspot], ..LeadQuery::default() }
}

#[test]
fn every_person_of_a_list_has_the_facts_of_their_record() {
    let scratch = Scratch::new();
    let store = scratch.store();
    store.write(&mut |ledger| filled(ledger)).expect("it is kept");
    for sort in [LeadSort::LastSeen, LeadSort::Score, LeadSort::Name] {
        let (mut found, mut expected) = (BTreeMap::new(), BTreeMap::new());
        let read = store.read(&mut |view| {
            view.search_leads(&query("signals.funnel_stage", sort), &mut |candidate| {
                found.insert(*candidate.lead.id.as_bytes(), candidate.relation.clone().expect("it is asked for"));
                true
            })?;
            for (number, is_named, ..) in PEOPLE {
                let lead = id(number);
                let crm = view.crm_known(CrmSystem::Hubspot, lead)?;
                let crm = crm.into_iter().map(|known| (CrmSystem::Hubspot, known)).collect();
                let has_earlier_session = is_named && view.has_earlier_session(lead, EVER)?;
                let relation = LeadRelation { crm, has_deal: number == 5, has_earlier_session };
                expected.insert(*lead.as_bytes(), relation);
            }
            Ok(())
        });
        read.expect("it is read");
        assert_eq!(found, expected, "{sort:?}");
        let earlier = |number: u8| found[&[number; 16]].has_earlier_session;
        let of_all: Vec<bool> = PEOPLE.iter().map(|(number, ..)| earlier(*number)).collect();
        assert_eq!(of_all, [false, true, false, true, false, true, false, true]);
        assert!(!found[&[2; 16]].crm.is_empty() && found[&[4; 16]].crm.is_empty(), "of connected CRMs alone");
    }
}

#[test]
fn a_condition_about_something_else_reads_none_of_it() {
    let scratch = Scratch::new();
    let store = scratch.store();
    store.write(&mut |ledger| filled(ledger)).expect("it is kept");
    for (field, expected) in [("crm.hubspot.lifecycle", true), ("email", false)] {
        let mut read = Vec::new();
        let done = store.read(&mut |view| {
            view.search_leads(&query(field, LeadSort::LastSeen), &mut |candidate| {
                read.push(candidate.relation.is_some());
                true
            })
            .map(drop)
        });
        done.expect("it is read");
        assert_eq!(read, [expected; 8], "{field}");
    }
}
