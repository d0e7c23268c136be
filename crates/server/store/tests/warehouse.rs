//! Pages of rows for a warehouse: rows of one instant are told apart, so that no page loses one or has it twice.

use knock_agent::Language;
use knock_intent::{Evidence, History};
use knock_model::{
    Category, ConversationId, IdentifyPolicy, Label, LeadId, MessageChannel, MessageId, Millis, SessionId, SignalId,
    SignalType, SiteId, VisitorId,
};
use knock_ports::{
    Conversation, Cursor, Detail, DetailText, FirstTouch, Lead, Ledger, Message, MessageAuthor, NewSignal, SignalPlace,
    Site, Span, Store, StoreError, Stretch, View, WrittenPlace,
};
use knock_store::Scratch;
use std::sync::Arc;

const NOW: Millis = Millis(1_795_000_000_000);
/// A lead that is marked as spam.
const SPAM: u8 = 3;

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn browser(number: u8) -> VisitorId {
    VisitorId::new(NOW, &[number; 10])
}

fn stretch(limit: u32) -> Stretch {
    Stretch { from: NOW, to: NOW + Millis(10), limit }
}

fn lead(number: u8) -> Lead {
    Lead {
        id: id(number),
        email: None,
        is_spam: number == SPAM,
        name: "".into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History::default(),
        signals: 0,
        first_seen_at: NOW,
        last_seen_at: NOW,
    }
}

fn site(key: &str) -> Site {
    Site {
        id: SiteId(0),
        name: key.into(),
        key: key.into(),
        origins: vec![format!("https://{key}.test")],
        base: String::new(),
        demo: false,
        categories: Vec::new(),
        identify: IdentifyPolicy::Open,
        identify_round: 1,
        removed_at: None,
    }
}

fn signal(number: u8, received_at: Millis) -> NewSignal {
    NewSignal {
        id: SignalId::new(NOW, &[number; 10]),
        session: SessionId::new(NOW, &[1; 10]),
        kind: SignalType::PageView,
        at: NOW,
        received_at,
        clamped: false,
        category: Category::Home,
        strength: 1.0,
        seq: None,
        view: None,
        detail: DetailText::from(Detail::default()),
    }
}

/// Pages of any size are, one after the other, all there is.
fn check<T: Clone, K: PartialEq + std::fmt::Debug>(
    all: usize,
    key: impl Fn(&T) -> K,
    page: impl Fn(Option<&T>, u32) -> Vec<T>,
) {
    let whole: Vec<K> = page(None, 1_000).iter().map(&key).collect();
    assert_eq!(whole.len(), all);
    for limit in 1..=4 {
        let (mut found, mut last) = (Vec::new(), None);
        loop {
            let rows = page(last.as_ref(), limit);
            assert!(rows.len() <= usize::try_from(limit).expect("small"));
            found.extend(rows.iter().map(&key));
            last = rows.last().cloned();
            if last.is_none() {
                break;
            }
        }
        assert_eq!(found, whole, "{limit}");
    }
}

#[test]
fn signals_of_one_instant_are_told_apart_by_site_browser_and_id() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        for key in ["shop", "docs"] {
            let site = ledger.create_site(&site(key), NOW)?;
            for number in [1, 2] {
                let (visitor, from_at) = (browser(number), Millis(0));
                let lead = (number == 1).then(|| id(SPAM));
                ledger.save_span(&Span { site, visitor, from_at, lead, evidence: Evidence::default() })?;
                // The same ids in each browser; the last two are before and after the stretch.
                for (number, at) in
                    [(1, NOW), (2, NOW), (3, NOW + Millis(9)), (4, NOW - Millis(1)), (5, NOW + Millis(10))]
                {
                    ledger.append_signal(site, visitor, &signal(number, at))?;
                }
            }
        }
        ledger.save_lead(&lead(SPAM))
    });
    let place = |found: &knock_ports::Marked<knock_ports::StoredSignal>| SignalPlace {
        received_at: found.row.signal.received_at,
        site: found.row.site,
        visitor: found.row.visitor,
        id: found.row.signal.id,
    };
    check(12, place, |after, limit| read(&store, |view| view.warehouse_signals(stretch(limit), after.map(place))));
    let all = read(&store, |view| view.warehouse_signals(stretch(100), None));
    assert!(all.is_sorted_by_key(place));
    assert!(all.iter().all(|found| found.is_spam == (found.row.visitor == browser(1))));
    assert!(all.iter().all(|found| found.row.lead.is_some() == (found.row.visitor == browser(1))));
}

/// The second conversation of a lead was opened later than the first one.
fn opened(number: u8, lead: u8, at: Millis) -> Conversation {
    Conversation {
        id: ConversationId::new([number; 16]),
        lead: id(lead),
        site: SiteId(1),
        visitor: browser(lead),
        session: SessionId::new(NOW, &[lead; 10]),
        link: "Website".into(),
        opened_at: at,
        secret: None,
        language: Language::En,
        utm: knock_routing::Utm::default(),
        identified: None,
        time_zone: String::new(),
    }
}

fn message(seq: u64) -> Message {
    Message {
        seq,
        id: MessageId::new(NOW, &[u8::try_from(seq).expect("small"); 10]),
        author: MessageAuthor::Lead,
        text: "Do you ship to Norway?".into(),
        at: NOW,
        choices: Vec::new(),
        source: None,
        unanswered: None,
        files: Vec::new(),
        card: None,
        channel: MessageChannel::Chat,
    }
}

fn with_chats() -> Scratch {
    let scratch = Scratch::new();
    write(&scratch.store(), |ledger| {
        for number in [1, 2, SPAM] {
            ledger.save_lead(&lead(number))?;
            let first = opened(number, number, NOW);
            ledger.create_conversation(&first)?;
            ledger.create_conversation(&opened(number + 10, number, NOW + Millis(5)))?;
            [1, 2].iter().try_for_each(|seq| ledger.append_message(first.id, &message(*seq)))?;
        }
        Ok(())
    });
    scratch
}

#[test]
fn messages_of_one_instant_are_told_apart_by_conversation_and_number() {
    let scratch = with_chats();
    let store = scratch.store();
    let place = |found: &knock_ports::Marked<knock_ports::WrittenMessage>| WrittenPlace {
        at: found.row.message.at,
        conversation: found.row.conversation,
        seq: found.row.message.seq,
    };
    check(6, place, |after, limit| read(&store, |view| view.warehouse_messages(stretch(limit), after.map(place))));
    let all = read(&store, |view| view.warehouse_messages(stretch(100), None));
    assert!(all.iter().all(|found| found.is_spam == (found.row.lead == id(SPAM))));
}

#[test]
fn a_lead_has_one_chat_by_the_first_conversation() {
    let scratch = with_chats();
    let store = scratch.store();
    let place =
        |found: &knock_ports::Marked<Conversation>| Cursor { at: found.row.opened_at, id: *found.row.lead.as_bytes() };
    check(3, place, |after, limit| read(&store, |view| view.warehouse_chats(stretch(limit), after.map(place))));
    // The second conversations are in it, the first ones are not.
    let later = Stretch { from: NOW + Millis(1), ..stretch(100) };
    assert!(read(&store, |view| view.warehouse_chats(later, None)).is_empty());
}

#[test]
fn the_begin_is_that_of_the_first_row() {
    let scratch = Scratch::new();
    assert_eq!(read(&scratch.store(), |view| view.warehouse_begin()), None);
    let scratch = with_chats();
    assert_eq!(read(&scratch.store(), |view| view.warehouse_begin()), Some(NOW));
}
