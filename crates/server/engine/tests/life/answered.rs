//! Chats that the agent answers alone: what a lead taps is learned, and the team gets the chat once it is needed.

use crate::story::{START, Story};
use knock_agent::question_key;
use knock_model::{AnswerId, Millis, SiteId};
use knock_ports::{Consulted, Found, FoundIn, KnownAnswer, Message, OfferedQuestion, Unanswered, View};
use knock_routing::Reason;
use knock_status::chat::RepOwner;

const ASKED: &str = "What about the price of the small one?";
const QUESTION: &str = "How much does the Studio plan cost?";
const ANSWER: &str = "149 euros a month.";

fn id() -> AnswerId {
    AnswerId::new(Millis(7), &[7; 10])
}

fn found() -> Consulted {
    let source = FoundIn::Question { id: id(), question: QUESTION.into() };
    Consulted { found: vec![Found { text: ANSWER.into(), source, confidence: 100 }], ..Consulted::default() }
}

fn offered() -> Consulted {
    Consulted { offered: vec![OfferedQuestion { id: id(), question: QUESTION.into() }], ..Consulted::default() }
}

/// A workspace that knows one answer, and a visitor with an open chat.
fn story() -> Story {
    let mut story = Story::begin();
    story.while_stopped(|store, _| {
        let known = KnownAnswer {
            id: id(),
            site: SiteId(1),
            question: QUESTION.into(),
            wordings: Vec::new(),
            answer: ANSWER.into(),
            updated_at: START,
        };
        store.write(&mut |ledger| ledger.save_answer(&known)).expect("it is saved");
    });
    story.open_by(1, knock_ports::WEBSITE, None);
    story
}

fn read<T: Default>(story: &Story, mut work: impl FnMut(&dyn View) -> T) -> T {
    let mut found = T::default();
    let read = story.store().read(&mut |view| {
        found = work(view);
        Ok(())
    });
    read.expect("it reads");
    found
}

fn messages(story: &Story) -> Vec<Message> {
    let conversation = story.conversations[&1];
    read(story, |view| view.messages_after(conversation, 0).expect("messages"))
}

/// The suggested wordings, and the questions without an answer.
fn learned(story: &Story) -> (Vec<String>, Vec<String>) {
    read(story, |view| {
        let suggested = view.suggested_wordings(SiteId(1)).expect("wordings");
        let unanswered = view.unanswered(SiteId(1), Millis(0), 50).expect("questions");
        let text = |one: Unanswered| one.text;
        (suggested.into_iter().map(|one| one.text).collect(), unanswered.into_iter().map(text).collect())
    })
}

/// The owner of the chat, and the reason of the last decision about it.
fn owner(story: &Story) -> (Option<RepOwner>, Option<Reason>) {
    let conversation = story.conversations[&1];
    read(story, |view| {
        let lead = view.conversation(conversation).expect("it reads").expect("a conversation").lead;
        let chat = view.chat_summary(lead).expect("it reads").expect("a chat");
        (chat.owner, view.last_decision(lead).expect("it reads").map(|decided| decided.decision.reason))
    })
}

fn later(story: &mut Story) {
    story.now = story.now + Millis(1_000);
}

#[test]
fn a_tapped_question_is_answered_and_its_earlier_wording_suggested() {
    let mut story = story();
    story.write_with(1, ASKED, offered());
    let last = messages(&story).pop().expect("a message");
    assert!(last.choices.contains(&QUESTION.to_owned()), "{last:?}");
    assert_eq!(learned(&story), (vec![], vec![]), "nothing was chosen yet");
    later(&mut story);
    story.write_with(1, QUESTION, found());
    assert!(messages(&story).iter().any(|message| message.text.contains(ANSWER) && message.source.is_some()));
    assert_eq!(learned(&story), (vec![ASKED.to_owned()], vec![]));
    assert_eq!(owner(&story), (Some(RepOwner::AiAgent), Some(Reason::AnsweredByAgent)));
}

#[test]
fn none_of_the_offered_questions_goes_to_the_team_as_unanswered() {
    let mut story = story();
    story.write_with(1, ASKED, offered());
    let none = messages(&story).pop().and_then(|last| last.choices.last().cloned()).expect("a choice");
    assert_ne!(none, QUESTION);
    later(&mut story);
    story.write(1, &none);
    assert_eq!(learned(&story), (vec![], vec![ASKED.to_owned()]));
    assert!(!question_key(ASKED).is_empty());
    assert!(matches!(owner(&story), (Some(RepOwner::Rep(_)), Some(Reason::Fallback))), "{:?}", owner(&story));
}

#[test]
fn an_answered_chat_waits_for_nobody() {
    let mut story = story();
    story.write_with(1, QUESTION, found());
    assert_eq!(owner(&story), (Some(RepOwner::AiAgent), Some(Reason::AnsweredByAgent)));
    let conversation = story.conversations[&1];
    let wait = read(&story, |view| {
        let lead = view.conversation(conversation).expect("it reads").expect("a conversation").lead;
        view.wait_of(lead).expect("it reads").map(|wait| wait.since)
    });
    assert_eq!(wait, None);
    story.now = story.now + Millis(10 * Millis::MINUTE.0);
    story.fire();
    assert_eq!(owner(&story).1, Some(Reason::AnsweredByAgent), "no timer gives it away");
}
