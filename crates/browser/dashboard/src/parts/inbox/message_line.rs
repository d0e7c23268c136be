//! A message: who wrote it, when, what, and how far it is.

use knock_wire::Author;
use leptos::prelude::*;

use crate::browser;
use crate::parts::{Icon, IconMark};
use crate::thread::{Line, Thread};
use crate::words::{author_words, exact, failure_words, iso, time_of_day};
use crate::writing::{Journey, use_writing};
use knock_model::message::{Piece, split};

/// A message of the lead, the AI agent or a rep.
#[component]
pub(crate) fn MessageLine(
    /// The message.
    line: Signal<Line>,
    /// The conversation it belongs to.
    thread: Thread,
) -> impl IntoView {
    let class = line.with_untracked(|line| match line.message.author {
        Author::Lead => "message message-lead",
        Author::AiAgent => "message message-agent",
        Author::Rep => "message message-rep",
    });
    let said = move || {
        let message = line.with(|line| line.message.clone());
        let at = browser::local(message.at);
        view! {
            <p class="message-meta">
                <bdi class="message-author">{author_words(&message)}</bdi>
                <time class="time" datetime=iso(message.at) title=exact(at)>
                    {time_of_day(at)}
                </time>
            </p>
            <p class="message-text" dir="auto">
                {split(&message.text).into_iter().map(|piece| view! { <Part piece /> }.into_any()).collect_view()}
            </p>
        }
    };
    view! {
        <li class=class>{said} <State line thread /></li>
    }
}

#[component]
fn Part(piece: Piece) -> impl IntoView {
    match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link(address) => view! {
            <a class="link" href=address.clone() target="_blank" rel="noopener noreferrer nofollow">
                {address.clone()}
            </a>
        }
        .into_any(),
    }
}

/// That a message is on its way, or that it did not arrive and what to do.
#[component]
fn State(line: Signal<Line>, thread: Thread) -> impl IntoView {
    let writing = use_writing();
    let id = line.with_untracked(|line| line.message.id);
    let journey = Memo::new(move |_| line.with(|line| line.journey.clone()));
    move || match journey.get() {
        Journey::Stored => ().into_any(),
        Journey::Waiting | Journey::Sending => {
            view! { <p class="message-state muted">"Sending\u{2026}"</p> }.into_any()
        }
        Journey::Failed(failure) => view! {
            <div class="message-state message-failed" role="alert">
                <p><IconMark icon=Icon::Alert /> <span>"Not sent: " {failure_words(&failure).title}</span></p>
                <button class="button" type="button" on:click=move |_| writing.retry(thread.id, id)>
                    "Try again"
                </button>
                <button class="button button-quiet" type="button" on:click=move |_| writing.discard(id)>
                    "Discard"
                </button>
            </div>
        }
        .into_any(),
    }
}
