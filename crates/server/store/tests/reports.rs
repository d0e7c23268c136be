//! What reports read: packed chats and ways to a meeting, leads by their last activity, meetings, and new browsers.

use knock_intent::History;
use knock_model::{Email, IntentType, Label, LeadId, Millis, RepId, SignalId, SiteId};
use knock_ports::{
    ChatSummary, EVER, FirstTouch, Lead, Ledger, MeetingLead, ReportLead, Store, StoreError, TouchPlace, VisitCount,
};
use knock_status::chat::{Folder, RepOwner};
use knock_status::meeting::{Event, MeetingStatus};
use knock_status::{Fact, Source};
use knock_store::Scratch;
use std::sync::Arc;

const NOW: Millis = Millis(1_795_000_000_000);
const BEFORE: Millis = Millis(NOW.0 - Millis::DAY.0);

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn lead(number: u8, last_seen_at: Millis) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok(),
        is_spam: false,
        name: "".into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: BEFORE,
        last_seen_at,
    }
}

fn chat(number: u8, active_at: Millis) -> ChatSummary {
    ChatSummary {
        lead: id(number),
        status: None,
        is_spam: false,
        intent_type: IntentType::Support,
        active_at,
        folder: Folder::Open,
        waiting_since: None,
        owner: None,
        is_queued: false,
        reject_reason: String::new(),
        deal_at: None,
        replied_at: None,
        wrote_at: None,
        course: vec![1, 0, 255],
    }
}

fn meeting_lead(number: u8, active_at: Millis) -> MeetingLead {
    MeetingLead {
        lead: id(number),
        status: MeetingStatus::New.as_str().to_owned(),
        is_spam: false,
        active_at,
        refused_email: String::new(),
        course: vec![2],
    }
}

fn touch(link: &str) -> FirstTouch {
    let place = TouchPlace { site: Some(SiteId(1)), link, ..TouchPlace::default() };
    FirstTouch::new(vec![("attribution.channel", "Direct".into())], &place).for_visits()
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn leads(store: &Arc<dyn Store>, since: Millis) -> Vec<ReportLead> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        view.report_leads(since, &mut |lead| {
            // What an earlier version stored is derived while the others are passed.
            view.chat_facts(lead.lead)?;
            found.push(lead);
            Ok(())
        })
    });
    read.expect("it reads");
    found
}

fn visits(store: &Arc<dyn Store>, from: Millis, to: Millis) -> Vec<VisitCount> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.visit_counts(from, to)?;
        Ok(())
    });
    read.expect("it reads");
    found
}

#[test]
fn a_packed_chat_is_read_with_its_lead_and_not_in_lists() {
    let (scratch, kept) = (Scratch::new(), chat(1, NOW));
    let store = scratch.store();
    write(&store, |ledger| {
        ledger.save_chat_summary(&kept)?;
        assert_eq!(ledger.chat_summary(id(1))?.as_ref(), Some(&kept), "in the same transaction");
        Ok(())
    });
    let read = store.read(&mut |view| {
        assert_eq!(view.chat_summary(id(1))?.as_ref(), Some(&kept));
        assert_eq!(view.chats(false, None, 9)?, [ChatSummary { course: Vec::new(), ..kept.clone() }]);
        Ok(())
    });
    read.expect("it reads");
}

#[test]
fn waits_of_the_team_are_those_of_all_owners_the_longest_first() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let rep = RepId::new([7; 16]);
    let waits = |number: u8, minutes: i64, owner: Option<RepOwner>| ChatSummary {
        waiting_since: Some(NOW - Millis(Millis::MINUTE.0 * minutes)),
        owner,
        ..chat(number, NOW)
    };
    write(&store, |ledger| {
        ledger.save_chat_summary(&waits(1, 5, None))?;
        ledger.save_chat_summary(&waits(2, 60, Some(RepOwner::Rep(rep.to_string()))))?;
        ledger.save_chat_summary(&waits(3, 5, Some(RepOwner::AiAgent)))?;
        ledger.save_chat_summary(&chat(4, NOW))
    });
    let found = |limit| {
        let mut found = Vec::new();
        let read = store.read(&mut |view| {
            found = view.waits_of_team(limit)?;
            Ok(())
        });
        read.expect("it reads");
        found.iter().map(|wait| (wait.lead, wait.rep, wait.is_queued)).collect::<Vec<_>>()
    };
    let expected = [(id(2), Some(rep), false), (id(1), None, false), (id(3), None, true)];
    assert_eq!(found(9), expected);
    assert_eq!(found(2), expected[..2]);
}

#[test]
fn ways_to_a_meeting_of_an_earlier_version_are_found_until_they_are_derived() {
    let (scratch, kept) = (Scratch::new(), meeting_lead(1, NOW));
    let store = scratch.store();
    write(&store, |ledger| ledger.save_meeting_lead(&kept));
    let outdated = || {
        let mut found = (Vec::new(), None);
        let read = store.read(&mut |view| {
            found = (view.outdated_meeting_leads(9)?, view.meeting_lead(id(1))?);
            Ok(())
        });
        read.expect("it reads");
        found
    };
    assert_eq!(outdated(), (vec![], Some(kept.clone())));
    scratch.execute("UPDATE meeting_leads SET course = NULL;");
    assert_eq!(outdated(), (vec![id(1)], Some(MeetingLead { course: Vec::new(), ..kept.clone() })));
    write(&store, |ledger| ledger.save_meeting_lead(&kept));
    assert_eq!(outdated().0, []);
}

#[test]
fn leads_are_passed_by_their_last_activity_of_any_kind_and_without_spam() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let event = Event::Booked { meeting: "one".into(), start: NOW, owner: "ann".into() };
    let fact =
        Fact { id: SignalId::new(NOW, &[1; 10]), at: NOW, received_at: NOW, source: Source::Server, what: event };
    write(&store, |ledger| {
        ledger.save_lead(&Lead { first_touch: touch("chat"), ..lead(1, NOW) })?;
        ledger.save_lead(&lead(2, BEFORE))?;
        ledger.save_chat_summary(&chat(2, NOW))?;
        ledger.save_lead(&lead(3, BEFORE))?;
        ledger.append_meeting_fact(id(3), &fact)?;
        ledger.save_meeting_lead(&meeting_lead(3, NOW))?;
        ledger.save_lead(&lead(4, BEFORE))?;
        // Spam, before and after the others.
        [0, 5].into_iter().try_for_each(|number| {
            ledger.save_lead(&Lead { is_spam: true, ..lead(number, NOW) })?;
            ledger.save_chat_summary(&chat(number, NOW))
        })
    });
    let found = leads(&store, NOW);
    assert_eq!(found.iter().map(|lead| lead.lead).collect::<Vec<_>>(), [1, 2, 3].map(id));
    let [one, two, three] = found.as_slice() else { panic!("three leads") };
    assert_eq!(FirstTouch::parse(&one.touch), Some(touch("chat")));
    assert_eq!((one.has_chat, one.has_meeting, one.kind), (false, false, IntentType::Unknown));
    assert_eq!((two.has_chat, &two.chat, two.kind), (true, &chat(2, NOW).course, IntentType::Support));
    assert_eq!((two.touch.as_str(), two.first_seen_at), ("", BEFORE));
    assert_eq!((three.has_meeting, &three.meeting, three.has_chat), (true, &meeting_lead(3, NOW).course, false));
    assert_eq!(leads(&store, BEFORE).len(), 4);
    assert_eq!(leads(&store, NOW + Millis(1)), []);
    scratch.execute("UPDATE chats SET course = NULL; UPDATE meeting_leads SET course = NULL;");
    let outdated = leads(&store, NOW);
    let packed = |lead: &ReportLead| (lead.has_chat, lead.has_meeting, lead.chat.len() + lead.meeting.len());
    assert_eq!(
        outdated.iter().map(packed).collect::<Vec<_>>(),
        [(false, false, 0), (true, false, 0), (false, true, 0)]
    );
}

#[test]
fn every_lead_is_passed_once_however_many_there_are() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let numbered = |number: u32| {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        LeadId::from_bytes(bytes)
    };
    // One more than are read together.
    let all: Vec<LeadId> = (0..25_001).map(numbered).collect();
    let with_chats = [0, 24_999, 25_000].map(numbered);
    write(&store, |ledger| {
        all.iter().try_for_each(|id| ledger.save_lead(&Lead { id: *id, email: None, ..lead(1, NOW) }))?;
        with_chats.iter().try_for_each(|lead| ledger.save_chat_summary(&ChatSummary { lead: *lead, ..chat(1, NOW) }))
    });
    let found = leads(&store, NOW);
    assert!(found.iter().map(|lead| lead.lead).eq(all.iter().copied()));
    let chats = found.iter().filter(|lead| lead.has_chat).map(|lead| lead.lead);
    assert_eq!(chats.collect::<Vec<_>>(), with_chats);
}

#[test]
fn new_browsers_are_counted_by_the_quarter_the_site_and_how_they_came() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let quarter = VisitCount::quarter(NOW);
    let later = quarter + VisitCount::QUARTER;
    assert!(quarter <= NOW && NOW < later);
    write(&store, |ledger| {
        ledger.count_visitor(SiteId(1), quarter, &touch("chat"))?;
        ledger.count_visitor(SiteId(1), later - Millis(1), &touch("chat"))?;
        ledger.count_visitor(SiteId(1), NOW, &touch("sales"))?;
        assert_eq!(ledger.visit_counts(quarter, later)?.len(), 2, "in the same transaction");
        ledger.count_visitor(SiteId(2), later, &touch("chat"))
    });
    write(&store, |ledger| ledger.count_visitor(SiteId(1), NOW, &touch("chat")));
    let count = |visit: &VisitCount| {
        let touch = FirstTouch::parse(&visit.touch).expect("a touch");
        (visit.site, visit.at, touch.get(FirstTouch::LINK).to_owned(), visit.visitors)
    };
    let mut first: Vec<_> = visits(&store, quarter, later).iter().map(count).collect();
    first.sort();
    assert_eq!(first, [(SiteId(1), quarter, "chat".to_owned(), 3), (SiteId(1), quarter, "sales".to_owned(), 1)]);
    let all: Vec<_> = visits(&store, Millis(0), EVER).iter().map(count).collect();
    assert_eq!((all.len(), &all[2]), (3, &(SiteId(2), later, "chat".to_owned(), 1)));
    assert_eq!(visits(&store, later + Millis(1), EVER), []);
}

#[test]
fn a_way_to_come_as_long_as_can_be_is_counted() {
    let scratch = Scratch::new();
    let store = scratch.store();
    // Text that no compression makes shorter.
    let mut state = 7_u32;
    let mut noise = |count: usize| -> String {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 31 == 0 { char::from(33 + u8::try_from(state >> 24).unwrap_or_default() % 90) } else { '"' }
        };
        (0..count).map(|_| next()).collect()
    };
    let (page, link) = (format!("https://us.example/{}", noise(4_000).replace(['?', '#'], "_")), noise(4_000));
    let fields = ["attribution.channel", "attribution.source", "attribution.utm_campaign"];
    let place = TouchPlace { site: Some(SiteId(1)), landing_page: &page, link: &link, client: None };
    let long = FirstTouch::new(fields.map(|field| (field, noise(4_000))).to_vec(), &place).for_visits();
    write(&store, |ledger| ledger.count_visitor(SiteId(1), NOW, &long));
    let kept = visits(&store, Millis(0), EVER);
    assert_eq!(kept.iter().map(|visit| FirstTouch::parse(&visit.touch)).collect::<Vec<_>>(), [Some(long)]);
}
