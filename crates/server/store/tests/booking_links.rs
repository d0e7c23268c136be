//! The contract of every database for booking links of members and for cards of messages.

use knock_agent::Language;
use knock_model::{
    CardCalendar, CardKind, ConversationId, LeadId, MessageChannel, MessageId, Millis, RepId, SessionId, SiteId,
    VisitorId,
};
use knock_ports::{Card, Conversation, Ledger, Link, Message, MessageAuthor, Store, StoreError};
use knock_routing::Funnel;
use knock_store::Scratch;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_000_000_000);
const LENA: RepId = RepId::from_bytes([7; 16]);

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) -> Result<(), StoreError> {
    store.write(&mut |ledger| work(ledger))
}

fn link(slug: &str, owner: Option<RepId>) -> Link {
    Link { owner, ..Link::new(slug, slug, Funnel::Meeting, "Booking link") }
}

#[test]
fn a_link_keeps_its_owner_who_has_no_second_one() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (own, other) = (link("lena", Some(LENA)), link("demo", None));
    let archived = Link { archived_at: Some(NOW), ..own.clone() };
    let kept = write(&store, |ledger| {
        ledger.save_link(&own, NOW)?;
        ledger.save_link(&other, NOW)?;
        ledger.save_link(&link("trial", None), NOW)?;
        ledger.save_link(&archived, NOW)?;
        assert_eq!(ledger.link("lena")?.as_ref(), Some(&archived));
        assert_eq!(ledger.link("demo")?.as_ref(), Some(&other));
        Ok(())
    });
    kept.expect("links without an owner are many");
    assert!(write(&store, |ledger| ledger.save_link(&link("lena-2", Some(LENA)), NOW)).is_err(), "one each");
    write(&store, |ledger| ledger.save_link(&link("tom", Some(RepId::from_bytes([8; 16]))), NOW)).expect("another's");
}

fn message(seq: u8, card: Option<Card>) -> Message {
    Message {
        seq: seq.into(),
        id: MessageId::new(NOW, &[seq; 10]),
        author: MessageAuthor::Rep(LENA),
        text: "Choose a time".into(),
        at: NOW,
        choices: Vec::new(),
        source: None,
        unanswered: None,
        files: Vec::new(),
        card,
        channel: MessageChannel::Chat,
    }
}

#[test]
fn a_message_is_found_by_its_id_where_it_has_a_card() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let of = |calendar| Some(Card { kind: CardKind::Meeting, calendar });
    let mine = message(1, of(CardCalendar::Mine));
    let (by_rule, plain) = (message(2, of(CardCalendar::Rule)), message(3, None));
    let conversation = Conversation {
        id: ConversationId::new([1; 16]),
        lead: LeadId::new([2; 16]),
        site: SiteId(1),
        visitor: VisitorId::new(NOW, &[1; 10]),
        session: SessionId::new(NOW, &[1; 10]),
        link: "Website".into(),
        opened_at: NOW,
        secret: None,
        language: Language::En,
        utm: Default::default(),
        identified: None,
        time_zone: String::new(),
    };
    let read = write(&store, |ledger| {
        ledger.create_conversation(&conversation)?;
        [&mine, &by_rule, &plain].into_iter().try_for_each(|message| {
            ledger.append_message(conversation.id, message)?;
            let found = ledger.message_with_card(message.id)?;
            assert_eq!(found.as_ref(), Some(message).filter(|message| message.card.is_some()));
            Ok(())
        })?;
        assert_eq!(ledger.messages_after(conversation.id, 0)?, [mine.clone(), by_rule.clone(), plain.clone()]);
        assert_eq!(ledger.message_with_card(MessageId::new(NOW, &[9; 10]))?, None);
        Ok(())
    });
    read.expect("it reads");
}
