//! A page, a sitemap or a file: its state and its actions.

use knock_model::SourceState;
use knock_wire::KnowledgeSource;
use leptos::prelude::*;

use super::passages::Passages;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::badge::badge_class;
use crate::parts::page::technical::technical;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::agents::known::{Dropping, Known};
use crate::words::agent::{next_reading, passage_words, source_kind, source_name, source_state};
use crate::words::instant::{exact, iso};
use crate::words::network::plain;

/// A source of the list; its address and its error come from outside and are shown as text.
#[component]
pub(crate) fn SourceLine(
    source: Signal<KnowledgeSource>,
    /// The list it is in.
    known: Known,
) -> impl IntoView {
    // Drawn as a whole: its elements stay all the same.
    let head = move || {
        let source = source.get();
        let (state, tone) = source_state(&source.state);
        let error = source.error.as_deref().map(|error| {
            view! { <p class="known-error"><bdi>{plain(error).to_owned()}</bdi></p> {technical(error)} }
        });
        view! {
            <p class="mail-head">
                <bdi class="known-name">{source_name(&source).to_owned()}</bdi>
                <span class=badge_class(tone)>{state.to_owned()}</span>
            </p>
            <p class="mail-facts muted">
                <span>{source_kind(&source)}</span>
                <span>{passage_words(source.passages)}</span>
                {source.last_read_at.map(|at| view! { <span>"read " <TimeAgo at /></span> })}
                {next(&source)}
            </p>
            {error}
        }
    };
    view! {
        <li class="known">
            {dynamic(head)} <div class="known-actions">{known.agents.may_edit.then(|| view! { <Actions source known /> })}</div>
            <Passages source known />
        </li>
    }
}

/// The next reading, updated with the clock.
fn next(source: &KnowledgeSource) -> impl IntoView + use<> {
    let (words, at) = next_reading(source, use_clock().now())?;
    Some(view! {
        <time class="time" datetime=iso(at) title=exact(browser::local(at))>
            {words}
        </time>
    })
}

#[component]
fn Actions(source: Signal<KnowledgeSource>, known: Known) -> impl IntoView {
    let name = move || source.with(|source| source_name(source).to_owned());
    let of = move || view! { <span class="unseen">" " <bdi>{dynamic(name)}</bdi></span> };
    let is_file = source.with_untracked(|source| source.name.is_some());
    let is_reading = derived(move || source.with(|source| source.state == SourceState::Reading.into()));
    let again = (!is_file).then(|| {
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=is_reading
                on:click=handler(move |_| known.read_again(&source.get_untracked()))
            >
                "Read again"
                {of()}
            </button>
        }
    });
    let drop_it = move |_| {
        let dropping =
            source.with_untracked(|source| Dropping::Source(source.id.to_string(), source_name(source).to_owned()));
        known.ask(dropping);
    };
    view! {
        {again}
        <button class="button" type="button" on:click=handler(drop_it)>
            "Remove"
            {of()}
        </button>
    }
}
