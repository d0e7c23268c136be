//! Invitations: kept, changed, answered by a later message of the lead, gone with their conversation.

use knock_agent::Language;
use knock_model::{ConversationId, LeadId, MessageChannel, MessageId, Millis, RepId, SessionId, SiteId, VisitorId};
use knock_ports::{
    Conversation, Invitation, Ledger, Message, MessageAuthor, SecretHash, SentInvitation, Store, StoreError, View,
    WEBSITE,
};
use knock_store::Scratch;
use std::sync::Arc;

const SITE: SiteId = SiteId(1);
const VISITOR: VisitorId = VisitorId::from_bytes([7; 16]);
const LEAD: LeadId = LeadId::from_bytes([4; 16]);
const REP: RepId = RepId::from_bytes([9; 16]);

fn conversation(number: u8) -> ConversationId {
    ConversationId::from_bytes([number; 16])
}

fn invitation(number: u8, of: u8, seq: u64, at: i64) -> Invitation {
    Invitation {
        id: MessageId::from_bytes([number; 16]),
        conversation: conversation(of),
        seq,
        site: SITE,
        visitor: VISITOR,
        rep: REP,
        at: Millis(at),
        shown_at: None,
        url: String::new(),
        closed_at: None,
    }
}

fn message(seq: u64, author: MessageAuthor) -> Message {
    let mut id = [80; 16];
    id[15] = u8::try_from(seq).expect("a small number");
    Message {
        seq,
        id: MessageId::from_bytes(id),
        author,
        text: "Hello".into(),
        at: Millis(1),
        choices: Vec::new(),
        source: None,
        unanswered: None,
        files: Vec::new(),
        card: None,
        channel: MessageChannel::Chat,
    }
}

fn opened(number: u8) -> Conversation {
    Conversation {
        id: conversation(number),
        lead: LEAD,
        site: SITE,
        visitor: VISITOR,
        session: SessionId::from_bytes([8; 16]),
        link: WEBSITE.into(),
        opened_at: Millis(1),
        secret: None,
        language: Language::En,
        utm: knock_routing::Utm::default(),
        identified: None,
        time_zone: String::new(),
    }
}

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

#[test]
fn invitations_to_a_browser_are_listed_newest_first_and_those_in_a_conversation_by_number() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (first, second, old) = (invitation(1, 1, 1, 10), invitation(2, 1, 3, 20), invitation(3, 2, 1, 5));
    let foreign = Invitation { visitor: VisitorId::from_bytes([6; 16]), ..invitation(4, 3, 1, 30) };
    let elsewhere = Invitation { site: SiteId(2), ..invitation(5, 3, 2, 30) };
    write(&store, |ledger| {
        [&first, &second, &old, &foreign, &elsewhere].into_iter().try_for_each(|one| ledger.save_invitation(one))
    });
    let sent = read(&store, |view| view.invitations_to(SITE, VISITOR, Millis(10)));
    let unanswered = |invitation: &Invitation| SentInvitation { invitation: invitation.clone(), is_answered: false };
    assert_eq!(sent, [unanswered(&second), unanswered(&first)]);
    assert_eq!(read(&store, |view| view.invitations_in(conversation(1))), [first.clone(), second.clone()]);
    let closed = Invitation {
        shown_at: Some(Millis(21)),
        url: "https://us.example/".into(),
        closed_at: Some(Millis(22)),
        ..first.clone()
    };
    write(&store, |ledger| {
        ledger.save_invitation(&closed)?;
        assert_eq!(ledger.invitations_in(conversation(1))?, [closed.clone(), second.clone()]);
        ledger.drop_invitation(second.id)?;
        assert_eq!(ledger.invitations_in(conversation(1))?, std::slice::from_ref(&closed));
        Ok(())
    });
    assert_eq!(read(&store, |view| view.invitation(first.id)), Some(closed));
    assert_eq!(read(&store, |view| view.invitation(second.id)), None);
}

#[test]
fn a_later_message_of_the_lead_is_the_answer_and_an_earlier_one_or_one_of_the_team_is_not() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let own = invitation(1, 1, 2, 10);
    write(&store, |ledger| {
        ledger.create_conversation(&opened(1))?;
        for (seq, author) in [(1, MessageAuthor::Lead), (2, MessageAuthor::Rep(REP)), (3, MessageAuthor::AiAgent)] {
            ledger.append_message(conversation(1), &message(seq, author))?;
        }
        ledger.save_invitation(&own)
    });
    let is_answered = |view: &dyn View| Ok(view.invitations_to(SITE, VISITOR, Millis(0))?.remove(0).is_answered);
    assert!(!read(&store, is_answered));
    write(&store, |ledger| {
        ledger.append_message(conversation(1), &message(4, MessageAuthor::Lead))?;
        let sent = ledger.invitations_to(SITE, VISITOR, Millis(0))?;
        assert!(sent[0].is_answered, "in the transaction that stores the answer as well");
        Ok(())
    });
    assert!(read(&store, is_answered));
    write(&store, |ledger| ledger.erase_lead(LEAD).map(drop));
    assert_eq!(read(&store, |view| view.invitation(own.id)), None);
}

#[test]
fn a_conversation_gets_one_secret_once() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let [one, other] = [1, 2].map(|number| SecretHash([number; 32]));
    write(&store, |ledger| {
        ledger.create_conversation(&opened(1))?;
        ledger.bind_secret(conversation(1), one)?;
        ledger.bind_secret(conversation(1), other)
    });
    let secret = read(&store, |view| view.conversation(conversation(1))).and_then(|known| known.secret);
    assert_eq!(secret, Some(one));
}
