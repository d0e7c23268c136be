//! The views of the inbox: their chats, in the order of the domain, page by page, and how many they are.

use knock_agent::Language;
use knock_identity::Claim;
use knock_intent::History;
use knock_model::{
    Bucket, ConversationId, Email, IntegrationId, IntentType, Label, LeadId, MemberState, MessageChannel, MessageId,
    Millis, NoteId, RepId, Role, SessionId, SignalId, SiteId, VisitorId,
};
use knock_ports::{
    ChatFact, ChatSummary, Conversation, FirstTouch, InboxCounts, InboxQuery, InternalNote, Lead, Ledger, Member,
    Message, MessageAuthor, Store, StoreError, TeamAuthor,
};
use knock_status::Source;
use knock_status::chat::{ChatStatus, Event, Folder, InboxOrder, InboxView, RepOwner};
use knock_store::Scratch;
use std::sync::Arc;

mod filters;
mod on_site;
mod search;

const COUNT: u8 = 120;
const NOW: Millis = Millis(1_795_000_000_000);

fn ann() -> RepId {
    RepId::new([1; 16])
}

fn id(number: u8) -> LeadId {
    LeadId::new([number; 16])
}

fn score(number: u8) -> Option<Bucket> {
    // One in four has none.
    Bucket::ALL.get(usize::from(number % 4)).copied()
}

fn status(number: u8) -> ChatStatus {
    if (number.wrapping_mul(37) / 4).is_multiple_of(2) { ChatStatus::AiDiscovery } else { ChatStatus::FollowUpNeeded }
}

fn kind(number: u8) -> IntentType {
    if number.is_multiple_of(5) { IntentType::Support } else { IntentType::Unknown }
}

/// Chats of every kind; few different instants, so that many stand at the same one.
fn summary(number: u8) -> ChatSummary {
    let mixed = number.wrapping_mul(37);
    let folder = Folder::ALL[usize::from(mixed / 8 % 9).saturating_sub(3)];
    let owner = match mixed % 5 {
        0 => None,
        1 => Some(RepOwner::AiAgent),
        2 | 3 => Some(RepOwner::Rep(ann().to_string())),
        _ => Some(RepOwner::Rep(RepId::new([2; 16]).to_string())),
    };
    // Up to 30 hours, so that a wait can outweigh a score, and a score a wait.
    let ago = |of: u8| NOW - Millis(60 * Millis::MINUTE.0 * 5 * i64::from(of));
    let waits = folder == Folder::Open && owner != Some(RepOwner::AiAgent) && !mixed.is_multiple_of(3);
    ChatSummary {
        lead: id(number),
        status: Some(status(number).as_str().into()),
        is_spam: folder == Folder::Spam,
        intent_type: kind(number),
        active_at: ago(mixed % 6),
        folder,
        waiting_since: waits.then(|| ago(mixed % 7)),
        owner,
        is_queued: false,
        reject_reason: String::new(),
        deal_at: None,
        replied_at: None,
        wrote_at: None,
        course: Vec::new(),
    }
}

fn lead(number: u8) -> Lead {
    Lead {
        id: id(number),
        email: Email::parse(&format!("lead{number}@globex.test")).ok(),
        is_spam: false,
        name: format!("Lead 100%_{number}").into(),
        phone: None,
        company: Label::default(),
        account: None,
        first_touch: FirstTouch::default(),
        history: History { bucket: score(number), ..History::default() },
        signals: 0,
        first_seen_at: NOW,
        last_seen_at: NOW,
    }
}

/// Notes that name Ann, or a colleague, in every third conversation of the lead.
fn mention(ledger: &mut dyn Ledger, number: u8) -> Result<(), StoreError> {
    let others = [RepId::new([2; 16])];
    let mentions = if is_mentioned(number) { vec![ann()] } else { others.to_vec() };
    let (id, conversation) = (NoteId::new(NOW, &[number; 10]), ConversationId::new([number; 16]));
    // Every second one is of an integration.
    let author = match number % 2 {
        0 => TeamAuthor::Member(RepId::new([3; 16])),
        _ => TeamAuthor::Integration(IntegrationId::new([3; 16])),
    };
    let note = InternalNote { id, conversation, author, text: "@Ann".into(), at: NOW, mentions };
    ledger.append_note(&note).map(drop)
}

fn is_mentioned(number: u8) -> bool {
    number.is_multiple_of(3)
}

/// A conversation of the lead, in which they wrote once.
fn write(ledger: &mut dyn Ledger, number: u8, text: &str) -> Result<(), StoreError> {
    let conversation = opened(number);
    ledger.create_conversation(&conversation)?;
    ledger.append_message(conversation.id, &message(1, text))
}

fn opened(number: u8) -> Conversation {
    Conversation {
        id: ConversationId::new([number; 16]),
        lead: id(number),
        site: SiteId(i64::from(number % 2) + 1),
        visitor: VisitorId::new(NOW, &[number; 10]),
        session: SessionId::new(NOW, &[number; 10]),
        link: "Website".into(),
        opened_at: NOW,
        secret: None,
        language: if number.is_multiple_of(3) { Language::De } else { Language::En },
        utm: Default::default(),
        identified: None,
        time_zone: String::new(),
    }
}

fn message(seq: u8, text: &str) -> Message {
    Message {
        seq: seq.into(),
        id: MessageId::new(NOW, &[seq; 10]),
        author: MessageAuthor::Lead,
        text: text.into(),
        at: NOW,
        choices: Vec::new(),
        source: None,
        unanswered: None,
        files: Vec::new(),
        card: None,
        channel: MessageChannel::Chat,
    }
}

fn member() -> Member {
    Member::new(ann(), "ann@globex.test".into(), Role::Rep, MemberState::Active)
}

fn filled() -> (Scratch, Arc<dyn Store>) {
    let scratch = Scratch::new();
    let store = scratch.store();
    let done = store.write(&mut |ledger| {
        (1..=COUNT).try_for_each(|number| {
            ledger.save_lead(&lead(number))?;
            ledger.save_chat_summary(&summary(number))?;
            mention(ledger, number)?;
            write(ledger, number, &format!("We need {} Xylophones, at 5% off", u32::from(number) * 1_001))
        })
    });
    done.expect("it is kept");
    (scratch, store)
}

fn query(view: InboxView) -> InboxQuery {
    InboxQuery::first(view, Some(ann()), 200)
}

fn is_in(view: InboxView, chat: &ChatSummary) -> bool {
    let is_here = chat.folder == view.folder();
    match view {
        InboxView::Mine => is_here && chat.owner == Some(RepOwner::Rep(ann().to_string())),
        InboxView::Mentions => chat.folder != Folder::Spam && is_mentioned(chat.lead.as_bytes()[0]),
        InboxView::Unassigned => is_here && !matches!(chat.owner, Some(RepOwner::Rep(_))),
        InboxView::Waiting => is_here && chat.waiting_since.is_some(),
        InboxView::FollowUp => is_here && chat.status.as_deref() == Some("Follow Up Needed"),
        InboxView::Open
        | InboxView::Snoozed
        | InboxView::Done
        | InboxView::Closed
        | InboxView::Rejected
        | InboxView::Spam => is_here,
    }
}

/// By the domain's comparator.
fn expected(view: InboxView) -> Vec<ChatSummary> {
    narrowed(view, InboxOrder::Urgent, |_, _| true)
}

/// The same in an order, of those that fit.
fn narrowed(view: InboxView, order: InboxOrder, fits: impl Fn(u8, &ChatSummary) -> bool) -> Vec<ChatSummary> {
    let mut chats: Vec<(u8, ChatSummary)> = (1..=COUNT).map(|number| (number, summary(number))).collect();
    chats.retain(|(number, chat)| is_in(view, chat) && fits(*number, chat));
    chats.sort_by_key(|(number, chat)| {
        (order.place(chat.waiting_since, score(*number), chat.active_at), *chat.lead.as_bytes())
    });
    chats.into_iter().map(|(_, chat)| chat).collect()
}

fn pages(store: &dyn Store, mut query: InboxQuery) -> Vec<ChatSummary> {
    let mut chats = Vec::new();
    loop {
        let mut found = None;
        let read = store.read(&mut |view| {
            found = Some(view.inbox(&query)?);
            Ok(())
        });
        read.expect("it reads");
        let page = found.expect("a page");
        assert!(page.chats.len() <= query.limit as usize);
        chats.extend(page.chats);
        query.after = page.next;
        if query.after.is_none() {
            return chats;
        }
    }
}

#[test]
fn each_view_has_its_chats_in_the_order_of_the_domain_however_they_are_paged() {
    let (_scratch, store) = filled();
    for view in InboxView::ALL {
        let expected = expected(*view);
        assert!(expected.len() > 5, "{view:?} has too few to say much");
        for limit in [1, 2, 7, 50, 200] {
            let found = pages(&*store, InboxQuery { limit, ..query(*view) });
            assert_eq!(found, expected, "{view:?} by {limit}");
        }
    }
}

#[test]
fn each_view_is_counted_and_without_a_member_nothing_is_mine() {
    let (_scratch, store) = filled();
    let counts = |member| {
        let mut counts = InboxCounts::default();
        let read = store.read(&mut |view| {
            counts = view.inbox_counts(member)?;
            Ok(())
        });
        read.expect("it reads");
        counts
    };
    for view in InboxView::ALL {
        assert_eq!(counts(Some(ann())).of(*view) as usize, expected(*view).len(), "{view:?}");
    }
    assert_eq!(counts(None).of(InboxView::Mine), 0);
    assert_eq!(counts(None).of(InboxView::Open), counts(Some(ann())).of(InboxView::Open));
    assert!(pages(&*store, InboxQuery { member: None, ..query(InboxView::Mine) }).is_empty());
    assert!(pages(&*store, InboxQuery { member: None, ..query(InboxView::Mentions) }).is_empty());
}

#[test]
fn a_mention_is_listed_until_its_member_has_seen_it() {
    let (_scratch, store) = filled();
    let first = pages(&*store, query(InboxView::Mentions)).swap_remove(0).lead;
    let see = |lead, member| {
        let mut has_any = false;
        let seen = store.write(&mut |ledger| {
            has_any = ledger.see_mentions(lead, member)?;
            Ok(())
        });
        seen.expect("it is kept");
        has_any
    };
    let has_first = || pages(&*store, query(InboxView::Mentions)).iter().any(|chat| chat.lead == first);
    assert!(!see(first, RepId::new([2; 16])) && has_first(), "a colleague looked at it");
    assert!(see(first, ann()) && !has_first());
    assert!(!see(first, ann()), "there is none left");
}

#[test]
fn chats_of_an_earlier_version_are_found_until_they_are_derived() {
    let (scratch, store) = filled();
    let without = || {
        let mut leads = Vec::new();
        let read = store.read(&mut |view| {
            leads = view.outdated_chats(1_000)?;
            Ok(())
        });
        read.expect("it reads");
        leads
    };
    assert_eq!(without(), []);
    scratch.execute("UPDATE chats SET owner = NULL;");
    assert_eq!(without().len(), usize::from(COUNT));
    store.write(&mut |ledger| ledger.save_chat_summary(&summary(9))).expect("it is kept");
    assert_eq!(without().len(), usize::from(COUNT) - 1);
    scratch.execute("UPDATE chats SET owner = ''; UPDATE chats SET reject_reason = NULL;");
    assert_eq!(without().len(), usize::from(COUNT));
    scratch.execute("UPDATE chats SET reject_reason = '', course = NULL;");
    assert_eq!(without().len(), usize::from(COUNT));
    store.write(&mut |ledger| ledger.save_chat_summary(&summary(9))).expect("it is kept");
    assert_eq!(without().len(), usize::from(COUNT) - 1);
}

/// All that lines of the inbox are made of, as text.
fn lines(store: &dyn Store, foreseen: &[LeadId]) -> Vec<String> {
    let mut lines = Vec::new();
    let read = store.read(&mut |view| {
        view.foresee_lines(foreseen, Some(ann()), NOW)?;
        for lead in (0..=COUNT).map(id) {
            let chat = (view.lead(lead)?, view.chat_facts(lead)?, view.chat_summary(lead)?);
            let visit = (view.first_visitor_of(lead)?, view.on_site_until(lead, NOW)?);
            lines.push(format!("{chat:?} {visit:?}"));
            for conversation in view.conversations_of_lead(lead)? {
                let last = view.last_message(conversation.id)?;
                let counts = (view.lead_messages(conversation.id)?, view.unread(ann(), conversation.id)?);
                lines.push(format!("{conversation:?} {last:?} {counts:?}"));
            }
        }
        lines.push(format!("{:?} {:?}", view.member(ann())?, view.member(RepId::new([9; 16]))?));
        Ok(())
    });
    read.expect("it reads");
    lines
}

#[test]
fn what_is_read_ahead_is_what_is_read_one_by_one() {
    let (_scratch, store) = filled();
    let done = store.write(&mut |ledger| {
        ledger.create_member(&member(), NOW - Millis::MINUTE)?;
        for number in [1, 2, 2, 2, 3] {
            let at = NOW + Millis(i64::from(number));
            let fact = ChatFact {
                id: SignalId::new(at, &[number; 10]),
                at,
                received_at: at,
                source: Source::Server,
                what: Event::LeadMessage { is_spam: false },
            };
            ledger.append_chat_fact(id(number), &fact)?;
        }
        // The second of theirs, and one of which nothing else is kept.
        let again =
            |number: u8, lead| Conversation { id: ConversationId::new([200 + number; 16]), lead, ..opened(number) };
        ledger.create_conversation(&again(1, id(1)))?;
        ledger.create_conversation(&again(2, id(0)))?;
        ledger.append_message(ConversationId::new([1; 16]), &message(2, "and again"))?;
        ledger.save_lead(&Lead { email: None, ..lead(4) })?;
        ledger.append_claim(
            SiteId(1),
            VisitorId::new(NOW, &[4; 10]),
            Claim { lead: id(4), at: NOW, cause: SignalId::new(NOW, &[4; 10]) },
        )
    });
    done.expect("it is kept");
    let one_by_one = lines(&*store, &[]);
    assert!(one_by_one.len() > usize::from(COUNT) * 2);
    for foreseen in [(0..=COUNT).map(id).collect(), vec![id(2)], vec![id(1), id(1), id(4)]] {
        let ahead = lines(&*store, &foreseen);
        assert_eq!(ahead.len(), one_by_one.len());
        ahead.iter().zip(&one_by_one).for_each(|(ahead, alone)| assert_eq!(ahead, alone));
    }
}

#[test]
fn a_message_is_marked_as_an_unanswered_question_later() {
    let (_scratch, store) = filled();
    let unanswered = || {
        let mut found = Vec::new();
        let read = store.read(&mut |view| {
            found = view.unanswered(SiteId(1), Millis(0), 10)?;
            Ok(())
        });
        read.expect("it reads");
        found.into_iter().map(|one| (one.conversation, one.key)).collect::<Vec<_>>()
    };
    assert_eq!(unanswered(), []);
    let of = ConversationId::new([2; 16]);
    let marked = store.write(&mut |ledger| {
        ledger.note_unanswered(of, 1, "xylophones")?;
        // There is no such message.
        ledger.note_unanswered(of, 9, "drums")
    });
    marked.expect("it is written");
    assert_eq!(unanswered(), [(of, "xylophones".to_owned())]);
}
