//! A visitor on a site: who, where, for how long, and what a member can do.

use knock_model::{Millis, Permission};
use knock_wire::VisitRow;
use leptos::prelude::*;

use super::filter_bar::Filtering;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::page::when::When;
use crate::parts::record::intent_type::IntentTypeMark;
use crate::parts::record::score_badge::ScoreBadge;
use crate::state::session::use_session;
use crate::state::visits::inviting::{Inviting, write_button};
use crate::words::invitation::{has_left, visit_words, visitor_name, wrote_words};
use crate::words::signal::bare_path;
use crate::words::work::Wall;

/// One line.
#[component]
pub(super) fn VisitLine(row: Signal<VisitRow>, filtering: Filtering, inviting: Inviting) -> impl IntoView {
    let clock = use_clock();
    let intent = derived(move || row.with(|row| row.intent.clone()));
    let spent = memo(move || row.with(|row| visit_words(row, clock.now())));
    let is_gone = memo(move || row.with(|row| has_left(row, clock.now())));
    let site = derived(move || row.with(|row| row.site_title.clone()));
    view! {
        <li class="visit" class=("visit-gone", move || is_gone.get())>
            <p class="visit-who">{dynamic(move || row.with(who))}</p>
            <p class="visit-page">{dynamic(move || row.with(page))}</p>
            <p class="visit-marks">
                <span class="number">{spent}</span>
                <When is=is_gone>
                    <span class="badge badge-low">"Left"</span>
                </When>
                <ScoreBadge intent />
                <IntentTypeMark intent />
                {dynamic(move || row.with(owner))}
                <When is=derived(move || filtering.has_sites())>
                    <bdi class="muted">{site}</bdi>
                </When>
            </p>
            <div class="visit-actions">
                {dynamic(move || row.with(open_chat))}
                <WriteButton row inviting />
            </div>
            <Wrote row />
        </li>
    }
}

fn who(row: &VisitRow) -> AnyView {
    let name = match &row.contact {
        Some(contact) => view! {
            <a class="link" href=format!("/app/contacts/{}", contact.id)>
                <bdi>{contact.display_name.clone()}</bdi>
            </a>
        }
        .into_any(),
        None => view! { <span>{row.visitor.label()}</span> }.into_any(),
    };
    let company = row.account.as_ref().map(|account| {
        view! {
            <a class="link visit-company" href=format!("/app/accounts/{}", account.id)>
                <bdi>{account.domain.clone()}</bdi>
            </a>
        }
    });
    view! {
        {name}
        {company}
    }
    .into_any()
}

/// The title of the page and its path; the path alone where there is no title.
fn page(row: &VisitRow) -> AnyView {
    let path = bare_path(&row.url).to_owned();
    let title = (!row.title.is_empty()).then(|| view! { <bdi class="visit-title">{row.title.clone()}</bdi> });
    view! {
        {title}
        <bdi class="visit-path">{path}</bdi>
    }
    .into_any()
}

fn owner(row: &VisitRow) -> AnyView {
    let owner = row.owner.clone();
    (!owner.is_empty())
        .then(|| {
            view! {
                <span class="inbox-owner">
                    <span class="unseen">"Owner: "</span>
                    <bdi>{owner}</bdi>
                </span>
            }
        })
        .into_any()
}

fn open_chat(row: &VisitRow) -> AnyView {
    let name = visitor_name(row);
    row.conversation
        .map(|chat| {
            view! {
                <a class="button" href=format!("/app/inbox/{chat}")>
                    "Open chat"
                    <span class="unseen">": " {name}</span>
                </a>
            }
        })
        .into_any()
}

/// The button for the message, else the reason why it cannot be written; nothing while a colleague awaits an answer.
#[component]
fn WriteButton(row: Signal<VisitRow>, inviting: Inviting) -> impl IntoView {
    let may_write = use_session().may(Permission::UseInbox);
    let refusal = memo(move || row.with(|row| row.refusal.clone()));
    let is_others = move || row.with(|row| row.invitation.as_ref().is_some_and(|invitation| !invitation.is_own));
    let can_write = derived(move || may_write && refusal.with(String::is_empty) && !is_others());
    let id = row.with_untracked(|row| write_button(row.visitor));
    let name = memo(move || row.with(visitor_name));
    view! {
        <When
            is=can_write
            fallback=move || view! { <span class="muted visit-refusal">{refusal}</span> }
        >
            <button
                class="button"
                type="button"
                id=id.clone()
                on:click=handler(move |_| inviting.open(row.get_untracked()))
            >
                "Write to them"
                <span class="unseen">": " {name}</span>
            </button>
        </When>
    }
}

/// What became of the message that a member wrote first, with a link to it.
#[component]
fn Wrote(row: Signal<VisitRow>) -> impl IntoView {
    let clock = use_clock();
    let chat = memo(move || row.with(|row| row.conversation));
    let words = memo(move || {
        // The words change at midnight only.
        let wall = Wall { local: browser::local, now: clock.now_since(Millis(0)) };
        row.with(|row| row.invitation.as_ref().map(|invitation| wrote_words(invitation, wall)).unwrap_or_default())
    });
    let link = move || {
        let (chat, words) = (chat.get(), words.get());
        match chat {
            Some(chat) => view! {
                <a class="link" href=format!("/app/inbox/{chat}")>
                    <bdi>{words}</bdi>
                </a>
            }
            .into_any(),
            None => view! { <bdi>{words}</bdi> }.into_any(),
        }
    };
    view! {
        <p class="visit-wrote" hidden=derived(move || words.with(String::is_empty))>
            {dynamic(link)}
        </p>
    }
}
