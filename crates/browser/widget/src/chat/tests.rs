//! Tests of a chat as sequences of facts.

mod cards;
mod invitations;
mod mailed;
mod pages;

use knock_model::{ConversationId, MessageId, Millis};
use knock_wire::{Author, ChatStarted, Message};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Chat, Connection, Delivery, Draft, Effect, Fact, Failure, Moment, Remembered};

const START: Millis = Millis(1_795_163_907_000);

/// A chat and its clock; retries wait for the longest delay.
struct Story {
    chat: Chat,
    now: Millis,
}

impl Story {
    fn begin() -> Story {
        Story { chat: Chat::new(Remembered::default(), true), now: START }
    }

    /// A chat that is opened, connected and greeted.
    fn live() -> Story {
        let mut story = Story::begin();
        story.then(Fact::PanelOpened);
        story.then(Fact::Started(Ok(started(1))));
        story.then(Fact::SocketOpened(1));
        story.then(Fact::Received(1, message(1, Author::AiAgent, "Hi!")));
        story
    }

    fn then(&mut self, fact: Fact) -> Vec<Effect> {
        let effects = self.chat.apply(fact, Moment { now: self.now, chance: 1.0 });
        effects.into_iter().filter(|effect| !matches!(effect, Effect::Remember(..))).collect()
    }

    fn after(&mut self, span: i64) -> Vec<Effect> {
        self.now = self.now + Millis(span);
        self.then(Fact::Ticked)
    }

    /// Advances the clock to the next due instant.
    fn wait(&mut self) -> Vec<Effect> {
        self.now = self.chat.next_change_at().expect("something is due").max(self.now);
        self.then(Fact::Ticked)
    }

    fn shown(&self) -> Vec<(String, Delivery)> {
        self.chat.entries().into_iter().map(|entry| (entry.text, entry.delivery)).collect()
    }

    fn texts(&self) -> Vec<String> {
        self.chat.entries().into_iter().map(|entry| entry.text).collect()
    }
}

fn started(number: u8) -> ChatStarted {
    let conversation = ConversationId::new([number; 16]);
    ChatStarted { conversation, token: format!("token {number}").into(), title: "Acme".to_owned() }
}

fn id(number: i64) -> MessageId {
    MessageId::new(START + Millis(number), &[9; 10])
}

fn draft(number: i64, text: &str) -> Draft {
    Draft { id: id(number), text: text.to_owned(), file: None }
}

fn message(seq: u64, author: Author, text: &str) -> Message {
    let id = MessageId::new(START, &[seq as u8; 10]);
    Message::plain(seq, id, author, text.to_owned(), START)
}

fn own(seq: u64, number: i64, text: &str) -> Message {
    Message { id: id(number), ..message(seq, Author::Lead, text) }
}

fn later() -> Failure {
    Failure::Later(Millis(0))
}

fn send(number: i64, text: &str) -> Effect {
    Effect::Send(started(1), draft(number, text))
}

#[wasm_bindgen_test]
fn a_page_without_an_open_panel_asks_for_nothing() {
    let mut story = Story::begin();
    for fact in [Fact::BecameVisible, Fact::WentOffline, Fact::WentOnline, Fact::Ticked] {
        assert_eq!(story.then(fact), []);
    }
    assert_eq!((story.chat.connection(), story.chat.next_change_at()), (Connection::Idle, None));
}

#[wasm_bindgen_test]
fn opening_starts_once_connects_and_says_hello() {
    let mut story = Story::begin();
    assert_eq!(story.then(Fact::PanelOpened), [Effect::Start]);
    assert_eq!(story.then(Fact::PanelClosed), []);
    assert_eq!(story.then(Fact::PanelOpened), []);
    assert_eq!(story.chat.connection(), Connection::Connecting);
    assert_eq!(story.then(Fact::Started(Ok(started(1)))), [Effect::Connect(started(1), 1)]);
    assert_eq!(story.then(Fact::SocketOpened(1)), [Effect::Hello(started(1), 0)]);
    assert_eq!(story.chat.connection(), Connection::Live);
}

#[wasm_bindgen_test]
fn a_message_is_shown_at_once_and_sent_once_whatever_arrives_first() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::Written(draft(1, "Hello"))), [Effect::Keep(draft(1, "Hello")), send(1, "Hello")]);
    assert_eq!(story.shown()[1], ("Hello".to_owned(), Delivery::Pending));
    assert_eq!(story.then(Fact::Received(1, own(2, 1, "Hello"))), [Effect::Drop(id(1))]);
    assert_eq!(story.then(Fact::Stored(id(1), Ok(2))), []);
    assert_eq!(story.then(Fact::Received(1, own(2, 1, "Hello"))), []);
    assert_eq!(story.shown()[1..], [("Hello".to_owned(), Delivery::Done)]);
}

#[wasm_bindgen_test]
fn messages_go_one_by_one_in_order_with_the_same_id_on_every_attempt() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(1, "one")));
    assert_eq!(story.then(Fact::Written(draft(2, "two"))), [Effect::Keep(draft(2, "two"))]);
    assert_eq!(story.then(Fact::Stored(id(1), Err(later()))), []);
    assert_eq!(story.wait(), [send(1, "one")]);
    assert_eq!(story.then(Fact::Stored(id(1), Err(later()))), []);
    assert_eq!(story.shown()[1].1, Delivery::Late);
    assert_eq!(story.then(Fact::RetryAsked(id(2))), [send(1, "one")]);
    assert_eq!(story.then(Fact::Stored(id(1), Ok(2))), [Effect::Drop(id(1)), send(2, "two")]);
    assert_eq!(story.then(Fact::Stored(id(2), Ok(3))), [Effect::Drop(id(2))]);
    assert_eq!(story.texts(), ["Hi!", "one", "two"]);
}

#[wasm_bindgen_test]
fn a_refused_message_holds_up_no_other_and_goes_again_when_asked_to() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(1, "long")));
    story.then(Fact::Written(draft(2, "two")));
    assert_eq!(story.then(Fact::Stored(id(1), Err(Failure::Refused("too long".to_owned())))), [send(2, "two")]);
    story.then(Fact::Stored(id(2), Ok(2)));
    assert_eq!(story.shown()[2].1, Delivery::Refused("too long".to_owned()));
    assert_eq!(story.then(Fact::RetryAsked(id(1))), [send(1, "long")]);
}

#[wasm_bindgen_test]
fn a_file_shows_how_much_of_it_is_there_and_what_it_is_the_server_says() {
    let mut story = Story::live();
    let sent = Draft { file: Some(0), ..draft(1, "hose.jpg") };
    let send = || Effect::Send(started(1), sent.clone());
    assert_eq!(story.then(Fact::Written(sent.clone())), [send()], "its content outlives no page");
    assert_eq!(story.shown()[1], ("hose.jpg".to_owned(), Delivery::Sending(0)));
    story.then(Fact::Advanced(40));
    assert_eq!(story.shown()[1].1, Delivery::Sending(40));
    story.then(Fact::Stored(id(1), Err(later())));
    assert_eq!(story.wait(), [send()], "the same id again");
    assert_eq!(story.shown()[1].1, Delivery::Sending(0));
    assert_eq!(story.then(Fact::Stored(id(1), Ok(2))), [Effect::Drop(id(1)), Effect::List(started(1), 1)]);
    story.then(Fact::Listed(started(1).conversation, Ok(vec![own(2, 1, "")])));
    assert_eq!(story.shown()[1..], [(String::new(), Delivery::Done)]);
}

#[wasm_bindgen_test]
fn a_pause_asked_for_is_kept() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(1, "one")));
    story.then(Fact::Stored(id(1), Err(Failure::Later(Millis(9_000)))));
    assert_eq!(story.after(8_999), []);
    assert_eq!(story.after(1), [send(1, "one")]);
}

#[wasm_bindgen_test]
fn unsent_messages_of_an_earlier_page_are_sent_in_order() {
    let unsent = vec![draft(2, "two"), draft(1, "one"), draft(2, "two")];
    let remembered = Remembered { started: Some(started(1)), unsent, read: 1 };
    let mut story = Story { chat: Chat::new(remembered, true), now: START };
    assert_eq!(story.then(Fact::Ticked), [Effect::Connect(started(1), 1), send(1, "one")]);
    story.then(Fact::SocketOpened(1));
    story.then(Fact::Received(1, message(1, Author::AiAgent, "Hi!")));
    assert_eq!(story.then(Fact::Stored(id(1), Ok(2))), [Effect::Drop(id(1)), send(2, "two")]);
}

#[wasm_bindgen_test]
fn written_before_the_chat_could_be_opened_is_enough_to_open_it() {
    let remembered = Remembered { unsent: vec![draft(1, "one")], ..Remembered::default() };
    let mut story = Story { chat: Chat::new(remembered, true), now: START };
    assert_eq!(story.then(Fact::Ticked), [Effect::Start]);
    assert!(story.then(Fact::Started(Ok(started(1)))).contains(&send(1, "one")));
}

#[wasm_bindgen_test]
fn duplicates_and_late_arrivals_are_one_message_each_in_order() {
    let mut story = Story::live();
    let three = message(3, Author::AiAgent, "three");
    let two = message(2, Author::AiAgent, "two");
    assert_eq!(story.then(Fact::Received(1, three.clone())), [Effect::List(started(1), 1)]);
    story.then(Fact::Received(1, two.clone()));
    story.then(Fact::Received(1, three.clone()));
    assert_eq!(story.then(Fact::Listed(started(1).conversation, Ok(vec![two, three]))), []);
    assert_eq!(story.texts(), ["Hi!", "two", "three"]);
}

#[wasm_bindgen_test]
fn a_gap_the_server_knows_nothing_of_is_asked_about_once() {
    let mut story = Story::live();
    story.then(Fact::Received(1, message(5, Author::AiAgent, "five")));
    assert_eq!(story.then(Fact::Listed(started(1).conversation, Ok(vec![]))), []);
    assert_eq!(story.then(Fact::Received(1, message(6, Author::AiAgent, "six"))), []);
}

#[wasm_bindgen_test]
fn a_lost_socket_comes_back_after_growing_waits_and_goes_on_where_it_was() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::SocketClosed(1)), []);
    assert_eq!(story.chat.connection(), Connection::Reconnecting);
    assert_eq!(story.after(499), []);
    assert_eq!(story.after(1), [Effect::Connect(started(1), 2)]);
    story.then(Fact::SocketClosed(2));
    assert_eq!(story.after(999), []);
    assert_eq!(story.after(1), [Effect::Connect(started(1), 3), Effect::List(started(1), 1)]);
    story.then(Fact::Listed(started(1).conversation, Ok(vec![])));
    assert_eq!(story.then(Fact::SocketOpened(2)), []);
    assert_eq!(story.then(Fact::SocketOpened(3)), [Effect::Hello(started(1), 1)]);
    assert_eq!(story.then(Fact::Received(2, message(2, Author::AiAgent, "by a dead socket"))), []);
    assert_eq!(story.texts(), ["Hi!"]);
}

#[wasm_bindgen_test]
fn the_network_back_or_the_page_in_sight_means_now() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::WentOffline), [Effect::Disconnect]);
    assert_eq!(story.then(Fact::Written(draft(1, "one"))), [Effect::Keep(draft(1, "one"))]);
    assert_eq!((story.chat.connection(), story.chat.next_change_at()), (Connection::Offline, None));
    assert_eq!(story.shown()[1].1, Delivery::Waiting);
    assert_eq!(story.then(Fact::WentOnline), [Effect::Connect(started(1), 2), send(1, "one")]);
    story.then(Fact::SocketClosed(2));
    assert_eq!(story.then(Fact::BecameVisible)[0], Effect::Connect(started(1), 3));
}

#[wasm_bindgen_test]
fn where_sockets_never_open_asking_keeps_the_chat_alive() {
    let mut story = Story::begin();
    story.then(Fact::PanelOpened);
    story.then(Fact::Started(Ok(started(1))));
    for number in 1..3 {
        story.then(Fact::SocketClosed(number));
        story.wait();
    }
    story.then(Fact::Listed(started(1).conversation, Ok(vec![message(1, Author::AiAgent, "Hi!")])));
    assert_eq!((story.texts(), story.chat.connection()), (vec!["Hi!".to_owned()], Connection::Live));
}

#[wasm_bindgen_test]
fn a_socket_that_keeps_an_own_message_to_itself_is_replaced() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(1, "one")));
    story.then(Fact::Stored(id(1), Ok(2)));
    assert_eq!(story.after(9_999), []);
    assert_eq!(story.after(1), [Effect::Disconnect]);
    assert_eq!(story.wait(), [Effect::Connect(started(1), 2)]);
}

#[wasm_bindgen_test]
fn a_socket_that_delivered_less_than_the_list_is_replaced() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::BecameVisible), [Effect::List(started(1), 1)]);
    let list = vec![message(2, Author::Rep, "still there?")];
    let effects = story.then(Fact::Listed(started(1).conversation, Ok(list)));
    assert_eq!(effects, [Effect::Disconnect, Effect::Connect(started(1), 2)]);
}

#[wasm_bindgen_test]
fn an_old_token_opens_the_chat_again_and_nothing_shown_is_lost() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(1, "one")));
    assert_eq!(story.then(Fact::Stored(id(1), Err(Failure::SignedOut))), [Effect::Disconnect]);
    assert_eq!(story.texts(), ["Hi!", "one"]);
    assert_eq!(story.wait(), [Effect::Start]);
    let fresh = ChatStarted { token: "fresh".to_owned().into(), ..started(1) };
    let effects = story.then(Fact::Started(Ok(fresh.clone())));
    assert!(effects.contains(&Effect::Send(fresh, draft(1, "one"))), "{effects:?}");
    assert_eq!(story.texts(), ["Hi!", "one"]);
}

#[wasm_bindgen_test]
fn a_token_that_another_tab_replaced_is_taken_over_without_another_click() {
    let mut story = Story::live();
    let fresh = ChatStarted { token: "fresh".to_owned().into(), ..started(1) };
    story.then(Fact::Written(draft(1, "one")));
    story.then(Fact::Stored(id(1), Err(Failure::Replaced(fresh.clone()))));
    let mut effects = story.wait();
    effects.extend(story.wait());
    assert!(effects.contains(&Effect::Send(fresh.clone(), draft(1, "one"))), "{effects:?}");
    assert!(!effects.contains(&Effect::Start), "{effects:?}");
    assert_eq!(story.texts(), ["Hi!", "one"]);

    story.then(Fact::BecameVisible);
    let newer = ChatStarted { token: "newer".to_owned().into(), ..started(1) };
    let effects = story.then(Fact::Listed(fresh.conversation, Err(Failure::Replaced(newer.clone()))));
    assert!(effects.contains(&Effect::List(newer, 1)), "{effects:?}");
}

#[wasm_bindgen_test]
fn a_token_that_is_never_good_is_asked_for_ever_less_often() {
    let mut story = Story::live();
    let mut waits = Vec::new();
    for _ in 0..4 {
        story.then(Fact::BecameVisible);
        let of = started(1).conversation;
        story.then(Fact::Listed(of, Err(Failure::SignedOut)));
        let before = story.now;
        assert_eq!(story.wait(), [Effect::Start]);
        waits.push((story.now - before).0);
        story.then(Fact::Started(Ok(started(1))));
    }
    assert_eq!(waits, [500, 1_000, 2_000, 4_000]);
}

#[wasm_bindgen_test]
fn a_conversation_remembered_but_gone_is_forgotten_unless_something_is_to_be_sent() {
    let remembered = Remembered { started: Some(started(1)), unsent: vec![], read: 3 };
    let mut story = Story { chat: Chat::new(remembered, true), now: START };
    story.then(Fact::BecameVisible);
    let effects = story.then(Fact::Listed(started(1).conversation, Err(Failure::SignedOut)));
    assert_eq!(effects, [Effect::Disconnect, Effect::Forget]);
    assert_eq!(story.chat.next_change_at(), None);
}

#[wasm_bindgen_test]
fn another_conversation_begins_empty_and_takes_what_is_unsent_along() {
    let mut story = Story::live();
    story.then(Fact::WentOffline);
    story.then(Fact::Written(draft(1, "one")));
    story.then(Fact::WentOnline);
    story.then(Fact::Stored(id(1), Err(Failure::SignedOut)));
    story.wait();
    let effects = story.then(Fact::Started(Ok(started(2))));
    assert!(effects.contains(&Effect::Send(started(2), draft(1, "one"))), "{effects:?}");
    assert_eq!(story.texts(), ["one"]);
}

#[wasm_bindgen_test]
fn a_chat_that_is_refused_says_so_until_asked_again() {
    let mut story = Story::begin();
    story.then(Fact::PanelOpened);
    story.then(Fact::Started(Err(Failure::Refused("This link is no longer in use".to_owned()))));
    assert_eq!(story.chat.refusal(), Some("This link is no longer in use"));
    assert_eq!((story.then(Fact::PanelOpened), story.chat.next_change_at()), (vec![], None));
    assert_eq!(story.then(Fact::ReopenAsked), [Effect::Start]);
}

#[wasm_bindgen_test]
fn what_arrives_behind_a_closed_panel_is_unread_until_it_opens() {
    let mut story = Story::live();
    assert_eq!(story.chat.unread(), 0);
    story.then(Fact::PanelClosed);
    story.then(Fact::Received(1, message(2, Author::Rep, "Ana here")));
    story.then(Fact::Received(1, own(3, 1, "from another tab")));
    assert_eq!(story.chat.unread(), 1);
    story.then(Fact::PanelOpened);
    assert_eq!(story.chat.unread(), 0);
}

#[wasm_bindgen_test]
fn ids_are_in_the_order_of_writing_even_when_the_clock_is_put_back() {
    let mut story = Story::live();
    story.then(Fact::Written(draft(50, "one")));
    assert_eq!(story.chat.next_at(START), START + Millis(51));
    assert_eq!(story.chat.next_at(START + Millis(99)), START + Millis(99));
}

#[wasm_bindgen_test]
fn a_rep_who_writes_is_shown_until_their_message_is_there() {
    let mut story = Story::live();
    story.then(Fact::RepTypes(Some("Ann".to_owned())));
    story.then(Fact::Received(1, message(2, Author::AiAgent, "One moment")));
    assert_eq!(story.chat.typist().as_deref(), Some("Ann"));
    story.then(Fact::Received(1, message(3, Author::Rep, "Hello!")));
    assert_eq!(story.chat.typist(), None);
}

#[wasm_bindgen_test]
fn that_the_visitor_writes_is_said_by_an_open_line_alone() {
    let mut story = Story::live();
    assert_eq!(story.then(Fact::Typed), [Effect::Type]);
    story.then(Fact::SocketClosed(1));
    assert_eq!(story.then(Fact::Typed), []);
}
