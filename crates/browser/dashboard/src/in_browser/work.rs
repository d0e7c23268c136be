//! Work on conversations: done, snoozed, reopened, one or several, and taken back.

use knock_status::chat::{EventKind, Folder, InboxView};
use knock_wire::{ConversationRow, WorkChange};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::inbox::{line, page, posts, started};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::{derived, memo};
use crate::parts::inbox::select_boxes::{SelectAll, SelectLine};
use crate::parts::inbox::selection_bar::SelectionBar;
use crate::parts::inbox::toast::ToastRegion;
use crate::parts::inbox::work_actions::WorkActions;
use crate::parts::inbox::work_history::{WorkHistory, WorkState};
use crate::parts::page::lines::Lines;
use crate::sample;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::working::Working;

fn answer(call: &Call) -> Reply {
    let body = match (call.method, call.path.as_str()) {
        (Method::Post, "/api/v1/contacts/actions") => r#"{"done":2}"#.to_owned(),
        (Method::Post, _) => return Reply { status_code: 204, body: String::new() },
        (_, "/api/v1/assignees") => {
            r#"{"assignees":[{"id":"08080808-0808-4808-8808-080808080808","email":"bo@us.test","name":"Bo"}]}"#
                .to_owned()
        }
        (_, path) if path.contains("?limit=") => return page(vec![line("ann", Some(9)), line("bob", None)]),
        _ => serde_json::to_string(&sample::record()).expect("a record can be written"),
    };
    Reply { status_code: 200, body }
}

/// The list with its boxes and its bar, and Ann's conversation, which is open.
fn list_and(open: ConversationRow) -> Stage {
    Stage::answering(answer, move || {
        let (inbox, went) = (started(), RwSignal::new(String::new()));
        let path = format!("/app/inbox/{}", open.id);
        let work = Working::start(inbox, memo(move || path.clone()), move |to| went.set(to.to_owned()));
        provide_context(work);
        let thread = Thread::start(open.id);
        let selection = work.selection;
        let lines =
            move || inbox.list.rows.drawn(move |row| view! { <li><SelectLine row selection /></li> }.into_any());
        view! {
            <SelectAll selection is_empty=derived(move || inbox.list.rows.is_empty()) />
            <ul class="lines"><Lines of=derived(lines) /></ul>
            <SelectionBar work view=Memo::new(|_| InboxView::Open) />
            <WorkActions thread row=Signal::stored(open) />
            <ToastRegion work />
            <p id="went">{went}</p>
        }
    })
}

fn bodies(stage: &Stage) -> Vec<String> {
    posts(stage).into_iter().map(|(_, body)| body).collect()
}

#[wasm_bindgen_test]
async fn what_is_done_gives_way_to_the_next_and_comes_back() {
    let stage = list_and(line("ann", Some(9)));
    settle().await;
    stage.find(".work-done").click();
    settle().await;
    assert_eq!(bodies(&stage), [r#""done""#]);
    let bob = line("bob", None).id;
    assert_eq!(stage.find("#went").inner_text(), format!("/app/inbox/{bob}?view=open"));
    assert!(stage.find(".toast").inner_text().contains("Marked as done."));
    stage.find(".toast .button").click();
    settle().await;
    assert_eq!(bodies(&stage), [r#""done""#, r#""reopen""#]);
    assert_eq!(stage.find("#went").inner_text(), format!("/app/inbox/{}?view=open", line("ann", None).id));
    assert!(!stage.has(".toast"));
}

#[wasm_bindgen_test]
async fn a_snooze_has_an_end_and_a_closed_conversation_is_only_reopened() {
    let stage = list_and(line("ann", Some(9)));
    settle().await;
    stage.find("#snooze .menu-link").click();
    settle().await;
    assert!(bodies(&stage)[0].starts_with(r#"{"snooze":{"until":"#), "{:?}", bodies(&stage));
    assert!(stage.find(".toast").inner_text().starts_with("Snoozed until "));
    let closed = ConversationRow { folder: Some(Folder::Closed.into()), ..line("ann", None) };
    let stage = list_and(closed);
    settle().await;
    assert!(!stage.has(".work-done"));
    stage.find(".work-actions .button").click();
    settle().await;
    assert_eq!(bodies(&stage), [r#""reopen""#]);
    assert!(!stage.has(".toast"));
}

#[wasm_bindgen_test]
async fn several_are_done_at_once_and_taken_back_at_once() {
    let stage = list_and(line("ann", Some(9)));
    settle().await;
    assert!(!stage.has(".inbox-bulk"));
    stage.find(".inbox-check-all input").click();
    settle().await;
    assert_eq!(stage.find(".inbox-bulk strong").inner_text(), "2 selected");
    stage.find(".inbox-bulk .work-done").click();
    settle().await;
    assert!(stage.find(".toast").inner_text().contains("2 conversations are done."));
    assert!(!stage.has(".inbox-bulk"));
    stage.find(".toast .button").click();
    settle().await;
    let leads = [line("ann", None).lead, line("bob", None).lead];
    let contacts = format!(r#"{{"contacts":["{}","{}"],"action":"#, leads[0], leads[1]);
    assert_eq!(bodies(&stage), [format!(r#"{contacts}"done"}}"#), format!(r#"{contacts}"reopen"}}"#)]);
    assert!(!stage.has(".toast"));
}

#[wasm_bindgen_test]
async fn spam_is_asked_with_its_number_and_an_assignment_names_the_member() {
    let stage = list_and(line("ann", Some(9)));
    settle().await;
    stage.find(".lines input").click();
    settle().await;
    let spam =
        stage.all(".inbox-bulk > .button").into_iter().find(|button| button.inner_text().starts_with("Mark as spam"));
    spam.expect("it is offered").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("Mark 1 conversation as spam?"));
    stage.find("dialog .button:not([type=submit])").click();
    settle().await;
    assert_eq!(bodies(&stage), [""; 0]);
    stage.find("[popovertarget=bulk-assign]").click();
    settle().await;
    let bo = stage.all("#bulk-assign .assignee").into_iter().find(|choice| choice.inner_text().contains("bo@us.test"));
    bo.expect("a member of the team").click();
    settle().await;
    assert!(bodies(&stage)[0].ends_with(r#""action":{"assign":{"to":"08080808-0808-4808-8808-080808080808"}}}"#));
    assert!(stage.find(".toast").inner_text().contains("assigned to Bo."));
    assert!(!stage.has(".toast .button"), "there is no way back to the owner before");
}

#[wasm_bindgen_test]
async fn the_head_and_the_details_say_who_did_what() {
    let change = |what: EventKind, by: &str| WorkChange {
        at: sample::AT + knock_model::Millis(60_000),
        what: what.into(),
        by: by.to_owned(),
        until: None,
    };
    let mut record = sample::record();
    record.work = vec![change(EventKind::Reopened, "Bo"), change(EventKind::Done, "Lena <b>")];
    record.conversation.folder = Some(Folder::Done.into());
    let stage = Stage::answering(answer, move || {
        let changes = record.work.clone();
        view! {
            <WorkState record=Signal::stored(record) />
            <WorkHistory changes=Signal::stored(changes) />
        }
    });
    settle().await;
    assert!(stage.find(".work-state").inner_text().starts_with("Done by Lena <b> \u{b7} "));
    let lines = stage.all(".change");
    assert!(lines[0].inner_text().contains("Done by Lena <b>"));
    assert!(lines[1].inner_text().contains("Reopened by Bo"));
}
