//! Mails that came, the servers of mail, and addresses from which mail was returned: kept in order, moved by a merge, gone with a lead.

use knock_agent::Language;
use knock_model::{
    ConversationId, Email, LeadId, MessageChannel, MessageId, Millis, ReceivedKind, SessionId, SignalId, SiteId,
    VisitorId,
};
use knock_ports::{
    ContactMerge, Conversation, InboundCursor, InboundMail, InboundState, InboundWay, Ledger, LeftOutFile, MailBounce,
    MailServer, Message, MessageAuthor, Store, StoreError, StoredMail, View,
};
use knock_store::Scratch;
use knock_wire::MailSecurity;
use std::collections::BTreeMap;
use std::sync::Arc;

const NOW: Millis = Millis(1_780_000_000_000);
const ANN: LeadId = LeadId::from_bytes([1; 16]);
const BOB: LeadId = LeadId::from_bytes([2; 16]);

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

fn conversation(number: u8, lead: LeadId) -> Conversation {
    Conversation {
        id: ConversationId::from_bytes([number; 16]),
        lead,
        site: SiteId(1),
        visitor: VisitorId::new(NOW, &[number; 10]),
        session: SessionId::new(NOW, &[number; 10]),
        link: "Website".into(),
        opened_at: NOW,
        secret: None,
        language: Language::En,
        utm: Default::default(),
        identified: None,
        time_zone: String::new(),
    }
}

fn mail(key: u8, of: u8, at: i64, seq: Option<u64>) -> StoredMail {
    StoredMail {
        key: [key; 16],
        conversation: ConversationId::from_bytes([of; 16]),
        seq,
        kind: if seq.is_some() { ReceivedKind::Message } else { ReceivedKind::AutoReply },
        at: NOW + Millis(at),
        sender: "ann@acme.example".into(),
        sender_name: "Ann".into(),
        is_other: key.is_multiple_of(2),
        subject: "Re: Prices".into(),
        text: if seq.is_some() { String::new() } else { "I am away \u{1f334}".into() },
        rest: "> Hello".into(),
        left_out: vec![LeftOutFile { name: "setup.exe".into(), reason: "is a program".into() }],
    }
}

fn bounce(address: &str, at: i64, is_dead: bool) -> MailBounce {
    let email = Email::parse(address).expect("an address");
    MailBounce { email, at: NOW + Millis(at), reason: "550 5.1.1 no such user".into(), is_dead }
}

#[test]
fn a_mail_is_kept_once_and_read_in_order() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (late, early, other) = (mail(1, 1, 50, Some(3)), mail(2, 1, 10, None), mail(3, 2, 20, None));
    write(&store, |ledger| {
        [&late, &early, &other].into_iter().try_for_each(|mail| ledger.append_mail(mail))?;
        assert_eq!(ledger.stored_mail(&[1; 16])?.as_ref(), Some(&late), "within the transaction too");
        Ok(())
    });
    assert!(store.write(&mut |ledger| ledger.append_mail(&late)).is_err(), "a key is that of one mail");
    assert_eq!(read(&store, |view| view.mails_of(late.conversation)), [early, late.clone()]);
    assert_eq!(read(&store, |view| view.stored_mail(&[3; 16])), Some(other));
    assert_eq!(read(&store, |view| view.stored_mail(&[9; 16])), None);
    for (since, expected) in [(0, 2), (10, 1), (49, 1), (50, 0)] {
        let count = read(&store, |view| view.mails_since(late.conversation, NOW + Millis(since)));
        assert_eq!(count, expected, "{since}");
    }
}

#[test]
fn a_merge_unites_returned_addresses_and_keeps_mails_with_their_conversation() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        ledger.create_conversation(&conversation(1, ANN))?;
        ledger.append_mail(&mail(1, 1, 0, None))?;
        ledger.save_bounce(ANN, &bounce("ann@acme.example", 1, false))?;
        ledger.save_bounce(ANN, &bounce("ann@acme.example", 2, true))?;
        ledger.save_bounce(ANN, &bounce("both@acme.example", 3, true))?;
        ledger.save_bounce(BOB, &bounce("both@acme.example", 4, false))
    });
    let both = bounce("both@acme.example", 3, true);
    assert_eq!(read(&store, |view| view.mail_bounces(ANN)), [bounce("ann@acme.example", 2, true), both]);
    write(&store, |ledger| ledger.merge_leads(ANN, BOB));
    assert_eq!(read(&store, |view| view.mail_bounces(ANN)), []);
    let united = [bounce("ann@acme.example", 2, true), bounce("both@acme.example", 4, false)];
    assert_eq!(read(&store, |view| view.mail_bounces(BOB)), united);
    assert_eq!(read(&store, |view| view.mails_of(ConversationId::from_bytes([1; 16]))).len(), 1);
    write(&store, |ledger| {
        let email = Email::parse("ann@acme.example").expect("an address");
        assert!(ledger.drop_bounce(BOB, &email)?);
        assert!(!ledger.drop_bounce(BOB, &email)?);
        Ok(())
    });
    assert_eq!(read(&store, |view| view.mail_bounces(BOB)), united[1..]);
}

#[test]
fn contacts_merged_by_hand_get_their_returned_addresses_back() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (ann, bob) = (bounce("ann@acme.example", 1, true), bounce("bob@acme.example", 2, true));
    let merge = ContactMerge {
        id: SignalId::new(NOW, &[1; 10]),
        lead: ANN,
        former: BOB,
        name: "Bob".into(),
        email: None,
        member: None,
        at: NOW,
    };
    write(&store, |ledger| {
        ledger.save_bounce(ANN, &ann)?;
        ledger.save_bounce(BOB, &bob)?;
        ledger.merge_contacts(&merge)
    });
    assert_eq!(read(&store, |view| view.mail_bounces(ANN)), [ann.clone(), bob.clone()]);
    write(&store, |ledger| ledger.undo_contact_merge(&merge));
    assert_eq!(read(&store, |view| view.mail_bounces(ANN)), std::slice::from_ref(&ann));
    assert_eq!(read(&store, |view| view.mail_bounces(BOB)), std::slice::from_ref(&bob));
}

#[test]
fn a_message_keeps_its_channel() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let message = |seq: u8, channel| Message {
        seq: seq.into(),
        id: MessageId::new(NOW, &[seq; 10]),
        author: MessageAuthor::Lead,
        text: "Hello".into(),
        at: NOW,
        choices: Vec::new(),
        source: None,
        unanswered: None,
        files: Vec::new(),
        card: None,
        channel,
    };
    let messages = [message(1, MessageChannel::Chat), message(2, MessageChannel::Mail)];
    let of = conversation(1, ANN).id;
    write(&store, |ledger| {
        ledger.create_conversation(&conversation(1, ANN))?;
        messages.iter().try_for_each(|message| ledger.append_message(of, message))
    });
    assert_eq!(read(&store, |view| view.messages_after(of, 0)), messages);
    assert_eq!(read(&store, |view| view.last_message(of)).as_ref(), messages.last());
}

#[test]
fn the_settings_of_answers_by_mail_are_kept() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(read(&store, |view| view.inbound_mail()), None);
    assert_eq!(read(&store, |view| view.inbound_state()), InboundState::default());
    let account = BTreeMap::from([("url".to_owned(), "imaps://mail.example.com".to_owned())]);
    let imap = InboundWay::Imap { account, folder: "INBOX".into(), secret: "sealed".into() };
    let state = InboundState {
        cursor: Some(InboundCursor { uid_validity: u32::MAX, last_uid: 7 }),
        problem: "It is not reached".into(),
        problem_since: Some(NOW),
        taken: 12,
        last_at: Some(NOW),
    };
    for way in [imap, InboundWay::Hook { secret: "00ff".into() }] {
        let mail = InboundMail { address: "replies@example.com".into(), has_tags: true, way };
        write(&store, |ledger| {
            ledger.save_inbound_mail(Some(&mail))?;
            ledger.save_inbound_state(&state)
        });
        assert_eq!(read(&store, |view| view.inbound_mail()), Some(mail));
    }
    assert_eq!(read(&store, |view| view.inbound_state()), state);
    write(&store, |ledger| ledger.save_inbound_mail(None));
    assert_eq!(read(&store, |view| view.inbound_mail()), None);
}

#[test]
fn the_mail_server_is_kept() {
    let scratch = Scratch::new();
    let store = scratch.store();
    assert_eq!(read(&store, |view| view.mail_server()), None);
    for security in [MailSecurity::Tls, MailSecurity::Starttls, MailSecurity::None] {
        let server = MailServer {
            host: "smtp.example.com".into(),
            port: 465,
            security,
            username: "knock".into(),
            secret: "sealed".into(),
            from_address: "hello@example.com".into(),
            from_name: "Bø \"the\" 李".into(),
        };
        write(&store, |ledger| ledger.save_mail_server(Some(&server)));
        assert_eq!(read(&store, |view| view.mail_server()), Some(server));
    }
    write(&store, |ledger| ledger.save_mail_server(None));
    assert_eq!(read(&store, |view| view.mail_server()), None);
}
