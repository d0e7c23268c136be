//! The tables of contacts and accounts: every filter and order by SQL is the one of the values, page by page.

use knock_intent::{Evidence, History, points_at, score};
use knock_model::{AccountId, Category, Email, Label, LeadId, Millis, RepId, TagId};
use knock_ports::{
    Account, AccountFilter, AccountQuery, AccountSort, ChatSummary, FirstTouch, Lead, LeadFilter, LeadQuery, LeadSort,
    LeadTag, MeetingLead, OwnerFilter, Store,
};
use knock_status::chat::{ChatStatus, Folder, RepOwner};
use knock_status::meeting::MeetingStatus;
use knock_store::Scratch;
use std::cmp::Reverse;
use std::sync::Arc;

const COUNT: u8 = 60;
const NOW: Millis = Millis(1_795_000_000_000);
/// Later, when scores have another order: blog posts are forgotten sooner than security pages.
const LATER: Millis = Millis(NOW.0 + 20 * Millis::DAY.0);

fn ann() -> RepId {
    RepId::new([1; 16])
}

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

/// Some of two categories, so that the order of scores is another one later.
fn evidence(number: u8) -> Evidence {
    let mut evidence = Evidence::default();
    (0..number % 11).for_each(|_| evidence.add(Category::Pricing, 1.0, NOW));
    (0..number % 7).for_each(|_| evidence.add(Category::Security, 1.5, NOW));
    evidence
}

fn history(number: u8) -> History {
    let evidence = evidence(number);
    // Who did nothing has no bucket yet.
    let bucket = (number % 11 + number % 7 > 0).then(|| score(&evidence, NOW).bucket);
    History { evidence, bucket, ..History::default() }
}

/// Few different instants, so that many stand at the same one.
fn seen(number: u8) -> Millis {
    NOW - Millis(i64::from(number % 4) * Millis::MINUTE.0)
}

fn lead(number: u8) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok(),
        is_spam: false,
        name: format!("Lead {number}").into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: history(number),
        signals: 0,
        first_seen_at: NOW,
        last_seen_at: seen(number),
    }
}

fn account(number: u8) -> Account {
    Account {
        id: AccountId::new([number; 16]),
        domain: format!("firm{number}.test"),
        history: history(number),
        contacts: i64::from(number % 3) + 1,
        signals: i64::from(number % 5),
        first_seen_at: NOW - Millis(i64::from(number % 6)),
        last_seen_at: seen(number),
    }
}

/// The chats of two in three.
fn chat(number: u8) -> Option<ChatSummary> {
    let at = |of: u8| (!number.is_multiple_of(of)).then(|| NOW + Millis(i64::from(number % of)));
    let status = [ChatStatus::AiDiscovery, ChatStatus::Rejected, ChatStatus::Qualified][usize::from(number / 3 % 3)];
    let owner = match number % 4 {
        0 => None,
        1 => Some(RepOwner::AiAgent),
        _ => Some(RepOwner::Rep(ann().to_string())),
    };
    (!number.is_multiple_of(3)).then(|| ChatSummary {
        lead: id(number),
        status: Some(status.as_str().to_owned()),
        is_spam: false,
        intent_type: knock_model::IntentType::Unknown,
        active_at: NOW,
        folder: Folder::Open,
        waiting_since: None,
        owner,
        is_queued: false,
        reject_reason: if status == ChatStatus::Rejected { format!("Reason {}", number % 2) } else { String::new() },
        deal_at: at(5).filter(|_| status == ChatStatus::Qualified),
        replied_at: at(6),
        wrote_at: at(7),
        course: Vec::new(),
    })
}

/// The Meeting Status of one in five.
fn meeting(number: u8) -> Option<MeetingLead> {
    let status = if number.is_multiple_of(2) { MeetingStatus::New } else { MeetingStatus::Spam };
    number.is_multiple_of(5).then(|| MeetingLead {
        lead: id(number),
        status: status.as_str().to_owned(),
        is_spam: false,
        active_at: NOW,
        refused_email: String::new(),
        course: Vec::new(),
    })
}

fn filled() -> (Scratch, Arc<dyn Store>) {
    let scratch = Scratch::new();
    let store = scratch.store();
    let done = store.write(&mut |ledger| {
        (1..=COUNT).try_for_each(|number| {
            ledger.save_lead(&lead(number))?;
            ledger.save_account(&account(number))?;
            chat(number).iter().try_for_each(|chat| ledger.save_chat_summary(chat))?;
            meeting(number).iter().try_for_each(|meeting| ledger.save_meeting_lead(meeting))
        })
    });
    done.expect("it is kept");
    (scratch, store)
}

/// A sort key of each number; none where it is missing.
type Key = Box<dyn Fn(u8) -> Option<String>>;
/// Whether a number fits a filter.
type Fits = fn(u8) -> bool;

/// All pages of a query, by the first byte of the ids.
fn leads(store: &dyn Store, mut query: LeadQuery) -> Vec<u8> {
    let mut found = Vec::new();
    loop {
        let read = store.read(&mut |view| {
            let page = view.search_leads(&query, &mut |_| true)?;
            found.extend(page.leads.iter().map(|lead| lead.id.as_bytes()[0]));
            query.after = page.next;
            // A later page keeps the scores of the first one.
            query.now = LATER;
            Ok(())
        });
        read.expect("it reads");
        if query.after.is_none() {
            return found;
        }
    }
}

fn accounts(store: &dyn Store, mut query: AccountQuery) -> Vec<u8> {
    let mut found = Vec::new();
    loop {
        let mut page = Vec::new();
        let read = store.read(&mut |view| {
            page = view.search_accounts(&query)?;
            Ok(())
        });
        read.expect("it reads");
        let limit = usize::try_from(query.limit).expect("small");
        let is_last = page.len() < limit;
        query.after = page.last().map(|(place, _)| place.clone());
        query.now = LATER;
        found.extend(page.iter().map(|(_, account)| account.id.as_bytes()[0]));
        if is_last {
            return found;
        }
    }
}

/// The numbers in the order of a key, those without one last, and equal ones last seen first.
fn sorted<K: Ord>(is_descending: bool, key: impl Fn(u8) -> Option<K>) -> Vec<u8> {
    let mut all: Vec<u8> = (1..=COUNT).collect();
    let tie = |number: u8| Reverse((seen(number), *id(number).as_bytes()));
    all.sort_by(|one, other| {
        let (left, right) = (key(*one), key(*other));
        let missing = left.is_none().cmp(&right.is_none());
        let by_key = if is_descending { right.cmp(&left) } else { left.cmp(&right) };
        missing.then(by_key).then_with(|| tie(*one).cmp(&tie(*other)))
    });
    all
}

fn points(number: u8, at: Millis) -> u64 {
    points_at(&evidence(number), at).to_bits()
}

#[test]
fn contacts_have_the_order_of_their_values() {
    let (_scratch, store) = filled();
    let instant = |at: Option<Millis>| at.map(|at| format!("{:020}", at.0));
    let keys: [(LeadSort, Key); 7] = [
        (LeadSort::Score, Box::new(|number| Some(format!("{:020}", points(number, NOW))))),
        (LeadSort::ChatStatus, Box::new(|number| chat(number)?.status.map(|status| status.to_lowercase()))),
        (LeadSort::RejectReason, Box::new(|number| Some(chat(number)?.reject_reason).filter(|it| !it.is_empty()))),
        (LeadSort::MeetingStatus, Box::new(|number| Some(meeting(number)?.status.to_lowercase()))),
        (LeadSort::Deal, Box::new(move |number| instant(chat(number)?.deal_at))),
        (LeadSort::LastReply, Box::new(move |number| instant(chat(number)?.replied_at))),
        (LeadSort::LastMessage, Box::new(move |number| instant(chat(number)?.wrote_at))),
    ];
    for (sort, key) in keys {
        for is_descending in [false, true] {
            let query = LeadQuery { sort, is_descending, limit: 7, now: NOW, ..LeadQuery::default() };
            assert_eq!(leads(&*store, query), sorted(is_descending, &key), "{sort:?} {is_descending}");
        }
    }
    let later = |number| Some(points(number, LATER));
    let query = LeadQuery { sort: LeadSort::Score, limit: 100, now: LATER, ..LeadQuery::default() };
    let found = leads(&*store, query);
    let within = |bucket| found.iter().copied().filter(move |number| history(*number).bucket == bucket);
    for bucket in [0, 1, 2].map(|at| knock_model::Bucket::ALL.get(at).copied()) {
        let expected: Vec<u8> = sorted(true, later).into_iter().filter(|it| history(*it).bucket == bucket).collect();
        assert_eq!(within(bucket).collect::<Vec<_>>(), expected, "by the scores of then, in {bucket:?}");
    }
}

#[test]
fn contacts_are_filtered_by_their_chats_and_meetings() {
    let (_scratch, store) = filled();
    let tag = TagId::from_bytes([7; 16]);
    let set = LeadTag { lead: id(3), tag, member: None, at: NOW };
    store.write(&mut |ledger| ledger.tag_lead(&set).map(drop)).expect("it is stored");
    let filters: [(LeadFilter, Fits); 10] = [
        (LeadFilter { tag: Some(tag), ..LeadFilter::default() }, |number| number == 3),
        (LeadFilter { owner: Some(OwnerFilter::Rep(ann())), ..LeadFilter::default() }, |number| {
            matches!(chat(number).and_then(|chat| chat.owner), Some(RepOwner::Rep(_)))
        }),
        (LeadFilter { owner: Some(OwnerFilter::AiAgent), ..LeadFilter::default() }, |number| {
            chat(number).is_some_and(|chat| chat.owner == Some(RepOwner::AiAgent))
        }),
        (LeadFilter { owner: Some(OwnerFilter::Unassigned), ..LeadFilter::default() }, |number| {
            chat(number).is_none_or(|chat| chat.owner.is_none())
        }),
        (LeadFilter { chat_status: Some(ChatStatus::Rejected), ..LeadFilter::default() }, |number| {
            chat(number).is_some_and(|chat| chat.status.as_deref() == Some("Rejected"))
        }),
        (LeadFilter { meeting_status: Some(MeetingStatus::Spam), ..LeadFilter::default() }, |number| {
            meeting(number).is_some_and(|meeting| meeting.status == "Spam")
        }),
        (LeadFilter { has_deal: Some(true), ..LeadFilter::default() }, |number| {
            chat(number).is_some_and(|chat| chat.deal_at.is_some())
        }),
        (LeadFilter { has_deal: Some(false), ..LeadFilter::default() }, |number| {
            chat(number).is_none_or(|chat| chat.deal_at.is_none())
        }),
        (LeadFilter { reject_reason: Some("Reason 1".into()), ..LeadFilter::default() }, |number| {
            chat(number).is_some_and(|chat| chat.reject_reason == "Reason 1")
        }),
        (LeadFilter { reject_reason: Some("Reason".into()), ..LeadFilter::default() }, |_| false),
    ];
    for (filter, fits) in filters {
        let mut expected = sorted(true, |number| Some(seen(number)));
        expected.retain(|number| fits(*number));
        for sort in [LeadSort::LastSeen, LeadSort::Score] {
            let query = LeadQuery { filter: filter.clone(), sort, limit: 4, now: NOW, ..LeadQuery::default() };
            let mut found = leads(&*store, query);
            let mut wanted = expected.clone();
            if sort == LeadSort::Score {
                found.sort_unstable();
                wanted.sort_unstable();
            }
            assert_eq!(found, wanted, "{filter:?} by {sort:?}");
        }
    }
}

#[test]
fn accounts_have_the_order_of_their_values() {
    let (_scratch, store) = filled();
    for is_descending in [false, true] {
        let found = |sort| {
            accounts(&*store, AccountQuery { sort, is_descending, limit: 7, now: NOW, ..AccountQuery::default() })
        };
        let by_score = sorted(is_descending, |number| Some(points(number, NOW)));
        assert_eq!(found(AccountSort::Score), by_score, "{is_descending}");
        assert_eq!(found(AccountSort::Account), sorted(is_descending, |number| Some(account(number).domain)));
        assert_eq!(found(AccountSort::Contacts), sorted(is_descending, |number| Some(account(number).contacts)));
        assert_eq!(found(AccountSort::Signals), sorted(is_descending, |number| Some(account(number).signals)));
        assert_eq!(found(AccountSort::FirstSeen), sorted(is_descending, |number| Some(account(number).first_seen_at)));
        assert_eq!(found(AccountSort::LastSeen), sorted(is_descending, |number| Some(account(number).last_seen_at)));
    }
    let filter = AccountFilter { search: "firm1".into(), ..AccountFilter::default() };
    let query =
        AccountQuery { filter, sort: AccountSort::Account, limit: 3, is_descending: false, ..AccountQuery::default() };
    let mut expected = sorted(false, |number| Some(account(number).domain));
    expected.retain(|number| account(*number).domain.contains("firm1"));
    assert_eq!(accounts(&*store, query), expected);
}
