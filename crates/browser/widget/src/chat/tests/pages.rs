//! Tests of a chat over several pages and tabs: resumed, in the background, read elsewhere.

use super::*;

/// A chat that an earlier page has left open, on a page that shows it again.
fn resumed() -> (Story, Vec<Effect>) {
    let remembered = Remembered { started: Some(started(1)), read: 1, ..Remembered::default() };
    let mut story = Story { chat: Chat::new(remembered, true), now: START };
    let effects = story.then(Fact::PanelResumed);
    (story, effects)
}

#[wasm_bindgen_test]
fn a_resumed_panel_connects_and_does_not_open_the_chat() {
    let (mut story, effects) = resumed();
    assert_eq!(effects, [Effect::Connect(started(1), 1)]);
    assert_eq!(story.then(Fact::SocketOpened(1)).len(), 1, "the greeting of the socket");
    assert_eq!(story.then(Fact::Received(1, message(1, Author::AiAgent, "Hi!"))), []);
    story.then(Fact::Received(1, message(2, Author::Rep, "Still there?")));
    assert_eq!(story.chat.unread(), 0, "it is seen");
    assert_eq!(story.then(Fact::Written(draft(1, "Yes"))), [Effect::Keep(draft(1, "Yes")), send(1, "Yes")]);
}

#[wasm_bindgen_test]
fn a_resumed_panel_whose_token_is_not_valid_opens_its_chat_again() {
    let (mut story, _) = resumed();
    story.then(Fact::BecameVisible);
    let ended = story.then(Fact::Listed(started(1).conversation, Err(Failure::SignedOut)));
    assert!(!ended.contains(&Effect::Forget), "{ended:?}");
    assert_eq!(story.wait(), [Effect::Start]);
}

#[wasm_bindgen_test]
fn an_opening_and_requests_with_the_token_that_it_replaces_wait_for_each_other() {
    let remembered = Remembered { started: Some(started(1)), ..Remembered::default() };
    let mut story = Story { chat: Chat::new(remembered, true), now: START };
    let list = [Effect::List(started(1), 0), Effect::Connect(started(1), 1)];
    let effects = story.then(Fact::BecameVisible);
    assert!(list.iter().all(|wanted| effects.contains(wanted)), "{effects:?}");
    assert_eq!(story.then(Fact::PanelOpened), [], "the list is under way");
    assert_eq!(story.then(Fact::Listed(started(1).conversation, Ok(vec![]))), [Effect::Start]);
    assert_eq!(story.then(Fact::Written(draft(1, "one"))), [Effect::Keep(draft(1, "one"))]);
    assert_eq!(story.then(Fact::BecameVisible), []);
    assert_eq!(story.chat.open_conversation(), None);
    assert_eq!(story.chat.next_change_at(), None);
    let fresh = ChatStarted { token: "fresh".to_owned().into(), ..started(1) };
    let effects = story.then(Fact::Started(Ok(fresh.clone())));
    assert!(effects.contains(&Effect::Send(fresh.clone(), draft(1, "one"))), "{effects:?}");
    assert!(effects.contains(&Effect::List(fresh, 0)), "{effects:?}");
}

#[wasm_bindgen_test]
fn what_arrives_in_the_background_is_unread_until_the_page_is_seen() {
    let mut story = Story::live();
    story.then(Fact::BecameHidden);
    story.then(Fact::Received(1, message(2, Author::Rep, "One")));
    assert_eq!(story.chat.unread(), 1);
    assert_eq!(story.chat.news().map(|message| &*message.text), Some("One"));
    story.then(Fact::BecameVisible);
    assert_eq!((story.chat.unread(), story.chat.news()), (0, None));
}

#[wasm_bindgen_test]
fn what_another_tab_has_read_is_read_here() {
    let mut story = Story::live();
    story.then(Fact::PanelClosed);
    story.then(Fact::Received(1, message(2, Author::Rep, "One")));
    let (here, other) = (started(1).conversation, started(2).conversation);
    for (of, read, unread) in [(other, 2, 1), (here, 1, 1), (here, 2, 0), (here, 1, 0)] {
        story.then(Fact::ReadElsewhere(of, read));
        assert_eq!(story.chat.unread(), unread, "{of} {read}");
    }
}
