//! The inbox: its order during many changes, and its read markers.

use knock_model::{ConversationId, LeadId, Millis, SignalType};
use knock_status::chat::InboxView;
use knock_wire::{ContactRef, ContactRow, ConversationPage, ConversationRow, InboxCounts, LiveEvent};
use leptos::prelude::*;
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::wasm_bindgen_test;

use super::tables::contact;
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::parts::inbox::view_list::ViewList;
use crate::parts::inbox::waiting::Waiting;
use crate::sample;
use crate::state::inbox::list::Inbox;
use crate::state::inbox::reading::Reading;
use crate::state::inbox::thread::Thread;
use crate::state::live::use_live;
use crate::state::records::saved_views::SavedViews;
use crate::words::chat::lead_label;
use crate::words::inbox_filter::{InboxFilter, SCORE, WAITING, YES};

const MINUTE: i64 = 60_000;

/// A conversation whose lead has waited since an instant.
pub(super) fn line(name: &str, waits: Option<i64>) -> ConversationRow {
    let number = name.as_bytes()[0];
    let lead = LeadId::new([number; 16]);
    ConversationRow {
        id: ConversationId::new([number; 16]),
        lead,
        contact: Some(ContactRef {
            id: lead,
            email: String::new(),
            display_name: name.to_owned(),
            phone: String::new(),
        }),
        waiting_since: waits.map(Millis),
        ..sample::conversation()
    }
}

pub(super) fn page(conversations: Vec<ConversationRow>) -> Reply {
    let counts = Some(InboxCounts { open: 10_000, waiting: 2, ..InboxCounts::default() });
    let page = ConversationPage { conversations, counts, next: None };
    Reply { status_code: 200, body: serde_json::to_string(&page).expect("a page can be written") }
}

pub(super) fn posts(stage: &Stage) -> Vec<(String, String)> {
    let posts = stage.calls().into_iter().filter(|call| call.method == Method::Post);
    posts.map(|call| (call.path, call.body.unwrap_or_default())).collect()
}

pub(super) fn started() -> Inbox {
    narrowed(InboxFilter::default())
}

fn narrowed(filter: InboxFilter) -> Inbox {
    let filter = Memo::new(move |_| filter.clone());
    Inbox::start(Memo::new(|_| InboxView::Open), filter, RwSignal::new(String::new()))
}

/// An inbox whose server has these lines, with buttons that report `changed` and hold the lines.
fn inbox(server: Arc<Mutex<Vec<ConversationRow>>>, changed: ConversationRow) -> Stage {
    filtered(InboxFilter::default(), server, LiveEvent::Conversation(Box::new(changed)))
}

/// The same with a filter and any event.
fn filtered(filter: InboxFilter, server: Arc<Mutex<Vec<ConversationRow>>>, event: LiveEvent) -> Stage {
    let answer = move |_: &Call| page(server.lock().expect("no panic while locked").clone());
    Stage::answering(answer, move || {
        let (inbox, live) = (narrowed(filter.clone()), use_live());
        let names = move || {
            let names = inbox.list.rows.all().into_iter().map(|row| row.value.with(lead_label));
            names.collect::<Vec<_>>().join(" ")
        };
        let is_here = |row: &ConversationRow| row.on_site_until.is_some();
        let here = move || inbox.list.rows.all().iter().filter(|row| row.value.with(is_here)).count();
        view! {
            <p id="names">{names}</p>
            <p id="here">{here}</p>
            <p id="behind">{move || inbox.is_behind.get().to_string()}</p>
            <button id="tell" on:click=handler(move |_| live.tell(&event))></button>
            <button id="hold" on:click=handler(move |_| inbox.hold(true))></button>
            <button id="leave" on:click=handler(move |_| inbox.hold(false))></button>
        }
    })
}

#[wasm_bindgen_test]
async fn a_lead_who_begins_to_wait_moves_up_and_one_of_another_view_leaves() {
    let server = Arc::new(Mutex::new(vec![line("ann", Some(9)), line("bob", None)]));
    let stage = inbox(server.clone(), line("bob", Some(1)));
    settle().await;
    assert_eq!(stage.find("#names").inner_text(), "ann bob");
    stage.find("#tell").click();
    settle().await;
    assert_eq!(stage.find("#names").inner_text(), "bob ann");
    let mut spam = line("ann", None);
    spam.folder = Some(knock_status::chat::Folder::Spam.into());
    let stage = inbox(server, spam);
    settle().await;
    stage.find("#tell").click();
    settle().await;
    assert_eq!(stage.find("#names").inner_text(), "bob");
}

#[wasm_bindgen_test]
async fn a_line_that_fits_the_filter_no_longer_leaves_and_a_new_one_comes_from_the_server_alone() {
    let waits = || InboxFilter::default().with(WAITING, YES);
    let server = || Arc::new(Mutex::new(vec![line("ann", Some(9)), line("bob", Some(10))]));
    for (changed, expected) in
        [(line("ann", None), "bob"), (line("ann", Some(11)), "bob ann"), (line("cid", Some(1)), "ann bob")]
    {
        let stage = filtered(waits(), server(), LiveEvent::Conversation(Box::new(changed)));
        settle().await;
        assert_eq!(stage.find("#names").inner_text(), "ann bob");
        stage.find("#tell").click();
        settle().await;
        assert_eq!(stage.find("#names").inner_text(), expected);
        let asked = stage.calls().iter().filter(|call| call.path.contains("&waiting=true")).count();
        assert!(asked > 0, "the server filters");
    }
}

#[wasm_bindgen_test]
async fn a_contact_whose_score_fits_no_longer_leaves() {
    let low = InboxFilter::default().with(SCORE, "Low");
    let server = Arc::new(Mutex::new(vec![line("ann", None)]));
    let contact = ContactRow { id: line("ann", None).lead, ..contact() };
    let stage = filtered(low, server, LiveEvent::Contact(contact));
    settle().await;
    stage.find("#tell").click();
    settle().await;
    assert_eq!(stage.find("#names").inner_text(), "");
}

#[wasm_bindgen_test]
async fn a_page_view_of_a_lead_shows_that_they_are_on_the_site() {
    let server = Arc::new(Mutex::new(vec![line("ann", Some(9))]));
    let mut seen = sample::entry();
    seen.kind = SignalType::PageView;
    seen.contact = line("ann", None).contact;
    let stage = filtered(InboxFilter::default(), server, LiveEvent::Signal(seen));
    settle().await;
    assert_eq!(stage.find("#here").inner_text(), "0");
    stage.find("#tell").click();
    settle().await;
    assert_eq!(stage.find("#here").inner_text(), "1");
}

#[wasm_bindgen_test]
async fn lines_that_are_held_stay_until_they_are_left() {
    let server = Arc::new(Mutex::new(vec![line("ann", Some(9)), line("bob", None)]));
    let stage = inbox(server.clone(), line("bob", Some(1)));
    settle().await;
    stage.find("#hold").click();
    stage.find("#tell").click();
    settle().await;
    let shown = |stage: &Stage| (stage.find("#names").inner_text(), stage.find("#behind").inner_text());
    assert_eq!(shown(&stage), ("ann bob".to_owned(), "true".to_owned()));
    *server.lock().expect("no panic while locked") =
        vec![line("bob", Some(1)), line("cid", Some(5)), line("ann", Some(9))];
    stage.find("#leave").click();
    settle().await;
    assert_eq!(shown(&stage), ("bob cid ann".to_owned(), "false".to_owned()));
}

#[wasm_bindgen_test]
async fn what_is_open_is_read_once_and_can_be_marked_as_unread() {
    let answer = |call: &Call| match call.method {
        Method::Post => Reply { status_code: 204, body: String::new() },
        _ if call.path.contains("?limit=") => page(vec![sample::conversation()]),
        _ => Reply { status_code: 200, body: serde_json::to_string(&sample::record()).expect("a record") },
    };
    let stage = Stage::answering(answer, || {
        let (inbox, live) = (started(), use_live());
        let thread = Thread::start(sample::conversation().id);
        let reading = Reading::start(thread, inbox);
        let mut next = sample::conversation();
        next.last = Some(sample::message(2));
        next.intent.at = next.intent.at + Millis(1);
        let unread = RwSignal::new(false);
        view! {
            <button id="tell" on:click=handler(move |_| live.tell(&LiveEvent::Conversation(Box::new(next.clone()))))></button>
            <button id="unread" on:click=handler(move |_| reading.mark_unread(move || unread.set(true)))></button>
            <p id="marked">{move || unread.get().to_string()}</p>
        }
    });
    settle().await;
    let path = format!("/api/v1/conversations/{}/read", sample::conversation().id);
    let read = |seq: u64| (path.clone(), format!(r#"{{"seq":{seq}}}"#));
    assert_eq!(posts(&stage), [read(1)]);
    stage.find("#unread").click();
    settle().await;
    assert_eq!(posts(&stage), [read(1), read(0)]);
    assert_eq!(stage.find("#marked").inner_text(), "true");
    // The next message is marked as read again.
    stage.find("#tell").click();
    settle().await;
    assert_eq!(posts(&stage), [read(1), read(0), read(2)]);
}

#[wasm_bindgen_test]
async fn each_view_is_a_link_with_its_count() {
    let stage = Stage::answering(
        |_| page(Vec::new()),
        || {
            let inbox = started();
            let views = SavedViews::new("inbox", Signal::stored(String::new()), true);
            view! { <ViewList inbox views /> }
        },
    );
    settle().await;
    let views: Vec<String> = stage.all(".view").iter().map(|view| view.inner_text().replace('\n', " ")).collect();
    assert_eq!(views.len(), 11);
    assert!(views[3].starts_with("Waiting") && views[3].ends_with('2'), "{views:?}");
    assert!(views[4].starts_with("Follow up") && views[5].ends_with("10,000+"), "{views:?}");
    assert_eq!(stage.find(".view[aria-current=page]").get_attribute("href").as_deref(), Some("/app/inbox?view=open"));
    assert_eq!(stage.all(".view")[0].get_attribute("href").as_deref(), Some("/app/inbox?view=mine"));
}

#[wasm_bindgen_test]
async fn a_wait_is_shown_with_a_tone_that_grows() {
    for (waited, words, class) in
        [(0, "Waiting", "badge-low"), (6, "Waiting 6 min", "badge-medium"), (45, "Waiting 45 min", "badge-late")]
    {
        let stage = Stage::answering(
            |_| page(Vec::new()),
            move || {
                let since = crate::kit::clock::use_clock().now_untracked() - Millis(waited * MINUTE);
                view! { <Waiting since=Signal::stored(since) /> }
            },
        );
        assert_eq!(stage.find(&format!(".{class}")).inner_text(), words);
    }
}
