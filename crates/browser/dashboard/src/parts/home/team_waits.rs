//! The chats of the team that wait, by the length of the wait.

use knock_wire::{HomeTeamWait, HomeWaitAge};
use leptos::prelude::*;
use leptos_router::components::A;

use super::today::{quiet, sentence};
use crate::parts::page::time_ago::TimeAgo;
use crate::words::home_team::age_words;
use crate::words::number::counted;

/// A bar for each length, with the chat that has waited longest.
pub(super) fn ages(waiting: &[HomeWaitAge]) -> AnyView {
    let most = waiting.iter().map(|age| age.count).max().unwrap_or_default();
    if most == 0 {
        return quiet("No chat of the team waits.");
    }
    let all: u32 = waiting.iter().map(|age| age.count).sum();
    let rows: Vec<_> = waiting.iter().map(|of| row(of, most)).collect();
    view! {
        <ul class="bars">{rows}</ul>
        {sentence(format!("In all: {}.", counted(all.into(), "chat")), "/app/inbox", "Open the inbox")}
    }
    .into_any()
}

fn row(of: &HomeWaitAge, most: u32) -> AnyView {
    let fill = format!("{:.2}%", 100.0 * f64::from(of.count) / f64::from(most));
    // The number beside it says the same.
    let bar = (of.count > 0).then(|| {
        view! {
            <div class="bar" aria-hidden="true">
                <div class="bar-fill" style:width=fill></div>
            </div>
        }
    });
    view! {
        <li class="bar-row">
            <span class="bar-name">{age_words(of)}</span>
            <span class="bar-figures number">{counted(of.count.into(), "chat")}</span>
            <div class="bar-track">{bar} {of.longest.as_ref().map(longest)}</div>
        </li>
    }
    .into_any()
}

fn longest(HomeTeamWait { conversation, name, since, owner_name }: &HomeTeamWait) -> AnyView {
    let name = name.clone();
    let owner = if owner_name.is_empty() { ", unassigned".to_owned() } else { format!(", with {owner_name}") };
    view! {
        <p class="muted">
            "Longest: "
            <A href=format!("/app/inbox/{conversation}") attr:class="link">
                <bdi>{name.clone()}</bdi>
            </A>
            ", wrote "
            <TimeAgo at=*since />
            <bdi>{owner}</bdi>
        </p>
    }
    .into_any()
}
