//! A run of a lead: its state, where it waits, and what its steps did.

use knock_wire::{RunEntry, RunRow};
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::memo;
use crate::parts::page::time_ago::TimeAgo;
use crate::words::instant::{exact, iso};
use crate::words::workflows::reasons::{entry_words, run_state};
use crate::words::workflows::texts::kind_label;

/// The state of a run, its cause, where it waits, and its log.
pub(crate) fn run_facts(run: &RunRow) -> AnyView {
    let (class, word) = run_state(&run.state);
    let by = (!run.by.is_empty()).then(|| view! { <p class="muted">"Stopped by: " <bdi>{run.by.clone()}</bdi></p> });
    let waits = run.waits.clone().map(|waits| {
        view! {
            <p>
                "Waits at: "
                <bdi>{kind_label(named(&waits.kind, &waits.step)).to_owned()}</bdi>
                ", until "
                {instant(waits.until)}
            </p>
        }
    });
    let log = (!run.log.is_empty()).then(|| {
        view! {
            <details class="why">
                <summary>"What was done"</summary>
                <ol class="rule-changes">{run.log.iter().map(entry).collect::<Vec<_>>()}</ol>
            </details>
        }
    });
    let (word, cause, at) = (word.to_owned(), run.cause.clone(), run.enrolled_at);
    view! {
        <p class="mail-facts">
            <span class=class>{word}</span>
            <bdi>{cause}</bdi>
            <TimeAgo at />
        </p>
        {by}
        {waits}
        {log}
    }
    .into_any()
}

fn entry(entry: &RunEntry) -> AnyView {
    let step = kind_label(named(&entry.kind, &entry.step)).to_owned();
    let until = entry.until.map(|until| view! { ", until " {instant(until)} });
    view! {
        <li>
            <bdi>{step}</bdi>
            ": "
            {entry_words(entry)}
            {until}
            " "
            <TimeAgo at=entry.at />
        </li>
    }
    .into_any()
}

/// The kind of a step; its id where an earlier server does not send the kind.
fn named<'s>(kind: &'s str, step: &'s str) -> &'s str {
    if kind.is_empty() { step } else { kind }
}

/// An instant to come or past, exactly, in the reader's time.
fn instant(at: knock_model::Millis) -> AnyView {
    let words = memo(move || exact(browser::local(at)));
    view! { <time datetime=iso(at)>{words}</time> }.into_any()
}
