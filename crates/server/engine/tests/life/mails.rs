//! Mails that come for chats: a message once, and nothing else by anybody.

use crate::story::{EMAILS, Step, Story, rep};
use knock_engine::commands::{
    AssignChat, ChatGiven, ContactsMerged, DropInboundMail, DropMailServer, MailAnyway, MailTaken, MergeContacts,
    MessageText, NoteInbound, NoteMailSetup, SaveInboundMail, SaveMailServer, TakeMail, TakenMail,
};
use knock_model::{Email, LeadId, MessageChannel, MessageId, Millis, ReceivedKind};
use knock_ports::{InboundCursor, InboundMail, InboundState, InboundWay, Lead, MailBounce, MailServer, Message, View};
use knock_replies::Bounce;
use knock_status::chat::{Folder, RepOwner};

const ANN: usize = 0;
const CAT: usize = 2;
const OTHER: &str = "zoe@elsewhere.example";

fn read<T>(story: &Story, work: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = Some(work(view));
        Ok(())
    });
    read.expect("it reads");
    found.expect("it was read")
}

/// Ann has written in a chat, with her address, and a rep has answered.
fn answered() -> Story {
    let mut story = Story::begin();
    story.step(Step::Open { visitor: 0 });
    story.write(0, "We need a quote. I am ann@first.example");
    story.step(Step::Answer { visitor: 0 });
    story
}

pub(crate) fn from(sender: &str, text: &str) -> TakenMail {
    TakenMail {
        sender: sender.into(),
        sender_name: "Somebody".into(),
        subject: "Re: Prices".into(),
        kind: ReceivedKind::Message,
        bounce: None,
        text: MessageText::of_mail(text),
        rest: "> Hello".into(),
        left_out: Vec::new(),
    }
}

/// Takes a mail with this key for the chat of a visitor.
pub(crate) fn take(story: &mut Story, visitor: u8, key: u8, received: TakenMail) -> MailTaken {
    let follow_ups = [(); 6].map(|()| story.signal_id());
    let (identify, fresh, now) = (story.signal_id(), story.fresh(), story.now);
    let id = MessageId::from_bytes(*story.signal_id().as_bytes());
    let conversation = story.conversations[&visitor];
    let (key, cursor, files) = ([key; 16], None, Vec::new());
    story.commit(TakeMail { conversation, key, received, files, cursor, id, follow_ups, identify, fresh, now })
}

fn messages(story: &Story, visitor: u8) -> Vec<Message> {
    read(story, |view| view.messages_after(story.conversations[&visitor], 0).expect("they are read"))
}

fn lead_of(story: &Story, visitor: u8) -> Lead {
    read(story, |view| {
        let conversation = view.conversation(story.conversations[&visitor]).expect("it is read").expect("it is there");
        view.lead(conversation.lead).expect("it is read").expect("it is there")
    })
}

fn bounces(story: &Story, lead: LeadId) -> Vec<MailBounce> {
    read(story, |view| view.mail_bounces(lead).expect("they are read"))
}

fn folder(story: &Story, lead: LeadId) -> Folder {
    read(story, |view| view.chat_summary(lead).expect("it is read").expect("it is there").folder)
}

#[test]
fn a_mail_is_a_message_of_the_lead_once() {
    let mut story = answered();
    let before = messages(&story, 0).len() as u64;
    let seq = match take(&mut story, 0, 1, from(EMAILS[ANN], "Tuesday")) {
        MailTaken::Message(seq) => seq,
        other => panic!("{other:?}"),
    };
    assert_eq!(seq, before + 1);
    assert_eq!(take(&mut story, 0, 1, from(EMAILS[ANN], "Tuesday")), MailTaken::Known);
    let messages = messages(&story, 0);
    let said: Vec<_> = messages.iter().filter(|message| message.channel == MessageChannel::Mail).collect();
    assert_eq!(said.iter().map(|message| (message.seq, message.text.as_str())).collect::<Vec<_>>(), [(seq, "Tuesday")]);
    let (mails, state) = read(&story, |view| {
        (view.mails_of(story.conversations[&0]).expect("they are read"), view.inbound_state().expect("it is read"))
    });
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!((mail.seq, mail.is_other, mail.text.as_str(), mail.rest.as_str()), (Some(seq), false, "", "> Hello"));
    assert_eq!((state.taken, state.last_at), (1, Some(story.now)));
}

#[test]
fn a_mail_opens_what_was_put_aside() {
    for (action, aside) in [(6, Folder::Done), (7, Folder::Snoozed)] {
        let mut story = answered();
        story.step(Step::Wait { ms: 60_000, is_fired: true });
        story.step(Step::Act { visitor: 0, action });
        let lead = lead_of(&story, 0).id;
        assert_eq!(folder(&story, lead), aside);
        story.step(Step::Wait { ms: 60_000, is_fired: true });
        assert!(matches!(take(&mut story, 0, 1, from(EMAILS[ANN], "One more thing")), MailTaken::Message(_)));
        assert_eq!(folder(&story, lead), Folder::Open, "{aside:?}");
    }
}

#[test]
fn a_rejected_lead_stays_rejected_and_their_mail_is_read() {
    let mut story = answered();
    story.step(Step::Act { visitor: 0, action: 0 });
    let lead = lead_of(&story, 0).id;
    story.write(0, "in the chat");
    let by_chat = folder(&story, lead);
    assert!(matches!(take(&mut story, 0, 1, from(EMAILS[ANN], "by mail")), MailTaken::Message(_)));
    assert_eq!(folder(&story, lead), by_chat, "as by a message in the chat");
}

#[test]
fn a_mail_to_a_chat_of_the_agent_is_for_a_person() {
    let mut story = Story::begin();
    story.step(Step::Open { visitor: 0 });
    story.write(0, "We need a quote. I am ann@first.example");
    let (conversation, id, now) = (story.conversations[&0], story.signal_id(), story.now);
    let given = AssignChat { conversation, to: None, seen_owner: None, reason: String::new(), id, now };
    assert_eq!(story.change(given), ChatGiven::Given);
    let lead = lead_of(&story, 0).id;
    let summary =
        |story: &Story| read(story, |view| view.chat_summary(lead).expect("it is read").expect("it is there"));
    assert_eq!((summary(&story).owner, summary(&story).is_queued), (Some(RepOwner::AiAgent), false));
    story.step(Step::Wait { ms: 60_000, is_fired: true });
    assert!(matches!(take(&mut story, 0, 1, from(EMAILS[ANN], "And the price?")), MailTaken::Message(_)));
    let after = summary(&story);
    assert!(after.is_queued || matches!(after.owner, Some(RepOwner::Rep(_))), "{after:?}");
    assert!(after.waiting_since.is_some(), "the lead waits for a person");
}

#[test]
fn a_mail_to_a_chat_of_a_merged_contact_is_of_the_one_who_stays() {
    let mut story = answered();
    story.step(Step::Open { visitor: 1 });
    story.write(1, "I am cat@second.example");
    let (stays, goes) = (lead_of(&story, 0).id, lead_of(&story, 1).id);
    let (id, fresh, now) = (story.signal_id(), story.fresh().account, story.now);
    let merged = story.change(MergeContacts { stays, goes, id, member: Some(rep()), now, fresh });
    assert_eq!(merged, ContactsMerged::Merged(stays));
    assert!(matches!(take(&mut story, 1, 1, from(EMAILS[CAT], "Tuesday")), MailTaken::Message(_)));
    assert_eq!(lead_of(&story, 1).id, stays);
    let last = messages(&story, 1).into_iter().rfind(|message| message.channel == MessageChannel::Mail);
    assert_eq!(last.map(|message| message.text).as_deref(), Some("Tuesday"));
}

#[test]
fn an_erased_chat_takes_nothing() {
    let mut story = answered();
    take(&mut story, 0, 1, from(EMAILS[ANN], "Tuesday"));
    story.erase(ANN);
    assert_eq!(take(&mut story, 0, 2, from(EMAILS[ANN], "Wednesday")), MailTaken::UnknownChat);
    assert_eq!(take(&mut story, 0, 1, from(EMAILS[ANN], "Tuesday")), MailTaken::UnknownChat);
    assert!(story.scratch.rows("received_mails").is_empty());
}

#[test]
fn a_mail_of_somebody_else_is_shown_and_changes_no_person() {
    let mut story = answered();
    let before = lead_of(&story, 0);
    let mut mail = from(OTHER, "My number is +49 30 7654321, or mail cat@second.example");
    mail.sender_name = "Zoe".into();
    assert!(matches!(take(&mut story, 0, 1, mail), MailTaken::Message(_)));
    let after = lead_of(&story, 0);
    assert_eq!(
        (after.id, &after.email, &after.name, &after.phone),
        (before.id, &before.email, &before.name, &before.phone)
    );
    for address in [OTHER, EMAILS[CAT]] {
        let email = Email::parse(address).expect("an address");
        assert_eq!(read(&story, |view| view.lead_by_email(&email).expect("it is read")), None, "{address}");
    }
    let mails = read(&story, |view| view.mails_of(story.conversations[&0]).expect("they are read"));
    assert!(mails[0].is_other);
    // Nor is that address one that the conversation gave from now on.
    take(&mut story, 0, 2, from(EMAILS[CAT], "It is me"));
    let mails = read(&story, |view| view.mails_of(story.conversations[&0]).expect("they are read"));
    assert!(mails.iter().all(|mail| mail.is_other));
}

#[test]
fn a_mail_of_a_member_and_an_automatic_one_are_no_messages() {
    let mut story = answered();
    let facts = |story: &Story| story.dump(|table| ["chat_facts", "messages", "chats"].contains(&table.name));
    let before = facts(&story);
    let member = read(&story, |view| view.member(rep()).expect("it is read").expect("it is there").email);
    assert_eq!(take(&mut story, 0, 1, from(&member, "I take it")), MailTaken::Noted(ReceivedKind::Member));
    for (key, kind) in (2..).zip([ReceivedKind::AutoReply, ReceivedKind::CalendarReply, ReceivedKind::TooLarge]) {
        let mail = TakenMail { kind, ..from(EMAILS[ANN], "I am away") };
        assert_eq!(take(&mut story, 0, key, mail), MailTaken::Noted(kind));
    }
    assert_eq!(take(&mut story, 0, 9, from(EMAILS[ANN], "")), MailTaken::Noted(ReceivedKind::Empty));
    assert_eq!(facts(&story), before);
    let mails = read(&story, |view| view.mails_of(story.conversations[&0]).expect("they are read"));
    assert_eq!(mails.len(), 5);
    assert!(mails.iter().all(|mail| mail.seq.is_none()));
    assert_eq!(mails[0].text, "I take it");
}

#[test]
fn two_robots_end_after_twenty_mails_of_an_hour() {
    let mut story = answered();
    for key in 0..20 {
        assert!(matches!(take(&mut story, 0, key, from(EMAILS[ANN], "again")), MailTaken::Message(_)), "{key}");
    }
    for key in 20..23 {
        let taken = take(&mut story, 0, key, from(EMAILS[ANN], "again"));
        assert_eq!(taken, MailTaken::Noted(ReceivedKind::TooMany));
    }
    let mails = read(&story, |view| view.mails_of(story.conversations[&0]).expect("they are read"));
    assert_eq!(mails.len(), 21, "one line says it");
    story.step(Step::Wait { ms: 3_600_001, is_fired: true });
    assert!(matches!(take(&mut story, 0, 30, from(EMAILS[ANN], "later")), MailTaken::Message(_)));
}

#[test]
fn a_returned_mail_marks_the_address_until_a_mail_comes_from_it() {
    let mut story = answered();
    let lead = lead_of(&story, 0).id;
    let returned = |recipient: Option<&str>| TakenMail {
        kind: ReceivedKind::Bounce,
        bounce: Some(Bounce {
            recipient: recipient.map(str::to_owned),
            reason: "550 5.1.1 no such user".into(),
            is_dead: true,
        }),
        ..from("mailer-daemon@mx.first.example", "This is the mail system")
    };
    take(&mut story, 0, 1, returned(Some(OTHER)));
    assert_eq!(bounces(&story, lead), [], "it is about another address");
    assert_eq!(take(&mut story, 0, 2, returned(Some(EMAILS[ANN]))), MailTaken::Noted(ReceivedKind::Bounce));
    let found = bounces(&story, lead);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].email.as_str(), found[0].is_dead), (EMAILS[ANN], true));
    let mails = read(&story, |view| view.mails_of(story.conversations[&0]).expect("they are read"));
    assert_eq!(mails[1].text, "550 5.1.1 no such user");
    take(&mut story, 0, 3, from(OTHER, "not from there"));
    assert_eq!(bounces(&story, lead).len(), 1);
    take(&mut story, 0, 4, from(EMAILS[ANN], "I am back"));
    assert_eq!(bounces(&story, lead), []);
    take(&mut story, 0, 5, returned(None));
    let (conversation, now) = (story.conversations[&0], story.now);
    assert_eq!(story.change(MailAnyway { conversation, now }), Some(true));
    assert_eq!(story.change(MailAnyway { conversation, now }), Some(false));
    assert_eq!(bounces(&story, lead), []);
}

#[test]
fn the_place_in_a_mailbox_never_moves_back() {
    let story = Story::begin();
    let state = || read(&story, |view| view.inbound_state().expect("it is read"));
    let cursor = |uid_validity, last_uid| Some(InboundCursor { uid_validity, last_uid });
    let note = |cursor, problem: &str, now| story.commit(NoteInbound { cursor, problem: problem.into(), now });
    note(cursor(1, 5), "", story.now);
    assert_eq!(state(), InboundState::default(), "it is not set up");
    let way = InboundWay::Imap { account: Default::default(), folder: "INBOX".into(), secret: "sealed".into() };
    let mail = InboundMail { address: "replies@us.example".into(), has_tags: true, way };
    story.change(SaveInboundMail { mail: mail.clone(), cursor: cursor(1, 5), now: story.now });
    note(cursor(1, 9), "It is not reached", story.now);
    note(cursor(1, 7), "It is not reached", story.now + Millis(1));
    assert_eq!((state().cursor, state().problem_since), (cursor(1, 9), Some(story.now)));
    story.change(SaveInboundMail { mail: mail.clone(), cursor: cursor(1, 20), now: story.now });
    assert_eq!((state().cursor, state().problem.as_str()), (cursor(1, 9), ""), "the same folder goes on");
    note(cursor(2, 3), "", story.now);
    assert_eq!(state().cursor, cursor(2, 3), "the folder is numbered anew");
    let hook = InboundMail { way: InboundWay::Hook { secret: "00".into() }, ..mail };
    story.change(SaveInboundMail { mail: hook, cursor: None, now: story.now });
    assert_eq!(state().cursor, None);
    assert!(story.change(DropInboundMail));
    assert!(!story.change(DropInboundMail));
}

#[test]
fn texts_promise_mail_from_the_commit_that_sets_up_the_mail_server() {
    let story = Story::begin();
    let sends = || read(&story, |view| view.settings().expect("they are read").sends_mail);
    let server = MailServer {
        host: "smtp.us.example".into(),
        port: 587,
        security: Default::default(),
        username: "knock".into(),
        secret: "sealed".into(),
        from_address: "hello@us.example".into(),
        from_name: "Us".into(),
    };
    assert!(!sends());
    story.change(SaveMailServer { server: server.clone() });
    assert!(sends());
    // A server that cannot read the password says so at its start; setting it up again counts, even with the same values.
    story.commit(NoteMailSetup { sends_mail: false });
    story.change(SaveMailServer { server });
    assert!(sends());
    assert!(story.change(DropMailServer) && !sends());
    assert!(!story.change(DropMailServer));
}
