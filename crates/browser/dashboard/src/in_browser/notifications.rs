//! Settings > Notifications, and the count beside the inbox.

use knock_wire::{Channels, NotificationSettings, TeamNotifications, WaitingChats};
use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::notifications::NotificationsPage;
use crate::parts::page::waiting_badge::WaitingBadge;
use crate::sample;
use crate::state::inbox::notifications::use_notifications;

fn json<T: serde::Serialize>(value: &T) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(value).expect("it is JSON") }
}

fn answer(call: &Call) -> Reply {
    match (call.method, call.path.as_str()) {
        (Method::Put, _) => Reply { status_code: 200, body: call.body.clone().unwrap_or_default() },
        (_, "/api/v1/notifications") => json(&NotificationSettings::default()),
        (_, "/api/v1/notifications/team") => json(&TeamNotifications::default()),
        (_, "/api/v1/notifications/waiting") => {
            let waiting_since = Some(sample::AT);
            json(&WaitingChats {
                conversations: vec![knock_wire::ConversationRow { waiting_since, ..sample::conversation() }],
            })
        }
        _ => Reply { status_code: 200, body: r#"{"key":"","devices":[]}"#.to_owned() },
    }
}

fn saved(stage: &Stage) -> Vec<NotificationSettings> {
    let puts =
        stage.calls().into_iter().filter(|call| call.method == Method::Put && call.path == "/api/v1/notifications");
    puts.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("settings")).collect()
}

#[wasm_bindgen_test]
async fn what_is_switched_and_added_is_saved() {
    let stage = Stage::answering(answer, || view! { <Router><NotificationsPage /></Router> });
    settle().await;
    assert_eq!(stage.all(".alerts-table input").len(), 21);
    stage.find(r#"[aria-label="Sound: A chat is assigned to you"]"#).click();
    stage.find(r#"[aria-label="Push: A meeting is booked, moved or cancelled"]"#).click();
    let add = stage.all(".alerts-quiet button").pop().expect("a button");
    add.click();
    add.click();
    settle().await;
    stage.find(r#"[aria-label="Quiet hours 1"] [aria-label="Monday"]"#).click();
    let remove = stage.all(".alerts-hours button").pop().expect("a button");
    remove.click();
    settle().await;
    stage.find(".alerts-form [type=submit]").click();
    settle().await;
    let [settings] = saved(&stage).try_into().expect("saved once");
    assert_eq!(settings.assigned, Channels { sound: false, browser: true, push: true });
    assert!(!settings.meeting.push);
    assert_eq!(settings.quiet.len(), 1);
    assert_eq!((&*settings.quiet[0].days, &*settings.quiet[0].from), (&[2, 3, 4, 5][..], "18:00"));
    assert!(!settings.time_zone.is_empty() && stage.text().contains("Saved."));
}

#[wasm_bindgen_test]
async fn the_count_of_waiting_chats_stands_beside_the_inbox() {
    let stage = Stage::answering(answer, || {
        use_notifications().start(|_| ());
        view! { <WaitingBadge /> }
    });
    settle().await;
    assert_eq!(stage.text(), "1 waiting");
    assert!(!stage.find(".nav-badge").has_attribute("hidden"));
}
