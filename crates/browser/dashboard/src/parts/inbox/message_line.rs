//! A message: author, time, content and delivery state.

use knock_model::Millis;
use knock_model::message::{Piece, split};
use knock_wire::Author;
use leptos::prelude::*;

use super::card_line::CardLine;
use super::file_card::FileCard;
use super::held::held;
use super::mail_card::mail_notes;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::{dynamic, handler, memo};
use crate::parts::agents::found::FoundLine;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::inbox::lines::Line;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::writing::{Journey, use_writing};
use crate::words::failure::unsent_words;
use crate::words::instant::{exact, iso, time_of_day};
use crate::words::invitation::state_words;
use crate::words::mention::{NotePart, parts};
use crate::words::message::{author_words, not_sent_words};
use crate::words::work::Wall;

/// A message of the lead, the AI agent or a rep.
#[component]
pub(crate) fn MessageLine(
    /// The message.
    line: Signal<Line>,
    /// The conversation it belongs to.
    thread: Thread,
) -> impl IntoView {
    let clock = use_clock();
    let is_note = line.with_untracked(|line| line.is_note);
    let class = line.with_untracked(|line| match line.message.author {
        _ if line.is_note => "message message-rep message-note",
        Author::Lead => "message message-lead",
        Author::AiAgent => "message message-agent",
        Author::Rep => "message message-rep",
    });
    let said = move || {
        let (message, mentions) = line.with(|line| (line.message.clone(), line.mentions.clone()));
        let at = browser::local(message.at);
        view! {
            <p class="message-meta">
                <bdi class="message-author">{author_words(&message)}</bdi>
                {is_note.then_some("Internal note")}
                {message.by_mail.then_some("By mail")}
                <time class="time" datetime=iso(message.at) title=exact(at)>
                    {time_of_day(at)}
                </time>
            </p>
            {(!message.text.is_empty())
                .then(|| {
                    view! {
                        <p class="message-text" dir="auto">
                            {split(&message.text)
                                .into_iter()
                                .map(|piece| part(piece, &mentions))
                                .collect_view()}
                        </p>
                    }
                })}
            {message.card.map(|card| view! { <CardLine card /> }.into_any())}
            {message.files.into_iter().map(|file| view! { <FileCard file /> }.into_any()).collect_view()}
        }
    };
    // In the record only, which arrives after the message of the live feed.
    let source = memo(move || line.with(|line| thread.source_of(line.message.seq)));
    // Likewise.
    let mail = memo(move || line.with(|line| thread.mail_of(line.message.seq)));
    let mail = move || mail.get().map(|mail| mail_notes(&mail));
    let found = move || {
        let source = source.get()?;
        let confidence = source.confidence;
        Some(view! { <FoundLine source=source.source confidence /> })
    };
    view! {
        <li class=class>
            {dynamic(said)} {dynamic(mail)} {dynamic(found)} {dynamic(move || invitation(line, thread, clock))} <State line thread />
        </li>
    }
}

/// What became of a message by which a member wrote first.
fn invitation(line: Signal<Line>, thread: Thread, clock: ServerClock) -> Option<AnyView> {
    let (state, seq) = line.with(|line| (line.message.invitation.clone(), line.message.seq));
    // The words change at midnight only.
    let wall = Wall { local: browser::local, now: clock.now_since(Millis(0)) };
    let words = state_words(&*state?, thread.is_answered(seq), wall);
    (!words.is_empty()).then(|| view! { <p class="message-state muted">{words}</p> }.into_any())
}

/// A piece of a text; of a note, with the names that it mentions.
fn part(piece: Piece, mentions: &[String]) -> AnyView {
    match piece {
        Piece::Text(text) if mentions.is_empty() => text.into_any(),
        Piece::Text(text) => parts(&text, mentions).into_iter().map(note_part).collect::<Vec<_>>().into_any(),
        Piece::Link(address) => view! {
            <a class="link" href=address.clone() target="_blank" rel="noopener noreferrer nofollow">
                {address.clone()}
            </a>
        }
        .into_any(),
    }
}

fn note_part(part: NotePart) -> AnyView {
    match part {
        NotePart::Text(text) => text.into_any(),
        NotePart::Mention(name) => view! { <strong class="mention">{name}</strong> }.into_any(),
    }
}

/// The delivery state of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Progress {
    /// No words: the message is stored.
    Silent,
    /// Can be taken back until this instant.
    Held(Millis),
    Sending,
    /// Not sent yet, with the reason.
    Unsent(String),
    /// Stored after an outage.
    SentLate,
    Refused(Failure),
}

impl Progress {
    /// A new attempt changes nothing until it has an outcome.
    fn after(before: Option<&Progress>, journey: &Journey) -> Progress {
        match (journey, before) {
            (Journey::Stored, Some(Progress::Unsent(_) | Progress::SentLate)) => Progress::SentLate,
            (Journey::Stored, _) => Progress::Silent,
            (Journey::Held(until), _) => Progress::Held(*until),
            (Journey::Waiting | Journey::Sending, Some(Progress::Unsent(words))) => Progress::Unsent(words.clone()),
            (Journey::Waiting | Journey::Sending, _) => Progress::Sending,
            (Journey::Unsent(failure), _) => Progress::Unsent(unsent_words(failure)),
            (Journey::Failed(failure), _) => Progress::Refused(failure.clone()),
        }
    }
}

/// Whether another rep has replied in the meantime.
fn is_answered(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(problem) if problem.kind == "urn:knock:problem:answered")
}

/// The state of a message on its way, or of a failed one with the next step.
#[component]
fn State(line: Signal<Line>, thread: Thread) -> impl IntoView {
    let writing = use_writing();
    let id = line.with_untracked(|line| line.message.id);
    let progress = Memo::new(move |before| line.with(|line| Progress::after(before, &line.journey)));
    let discard = move || {
        view! {
            <button class="button button-quiet" type="button" on:click=handler(move |_| writing.discard(id))>
                "Discard"
            </button>
        }
    };
    move || match progress.get() {
        Progress::Silent => ().into_any(),
        Progress::Held(until) => held(thread, id, until),
        Progress::Sending => view! { <p class="message-state muted">"Sending\u{2026}"</p> }.into_any(),
        Progress::SentLate => view! { <p class="message-state muted" role="status">"Sent"</p> }.into_any(),
        Progress::Unsent(words) => view! {
            <div class="message-state message-unsent" role="status">
                <p><IconMark icon=Icon::Time /> <span>{words}</span></p>
                {discard()}
            </div>
        }
        .into_any(),
        Progress::Refused(failure) => view! {
            <div class="message-state message-failed" role="alert">
                <p><IconMark icon=Icon::Alert /> <span>"Not sent: " {not_sent_words(&failure)}</span></p>
                <button class="button" type="button" on:click=handler(move |_| writing.retry(thread.id, id))>
                    {if is_answered(&failure) { "Send anyway" } else { "Try again" }}
                </button>
                {discard()}
            </div>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_outage_is_shown_until_the_message_is_stored() {
        let unsent = Journey::Unsent(Failure::Unreachable);
        let words = Progress::Unsent(unsent_words(&Failure::Unreachable));
        let mut shown = None;
        for (journey, expected) in [
            (Journey::Sending, Progress::Sending),
            (unsent.clone(), words.clone()),
            (Journey::Sending, words.clone()),
            (unsent, words),
            (Journey::Stored, Progress::SentLate),
            (Journey::Stored, Progress::SentLate),
        ] {
            shown = Some(Progress::after(shown.as_ref(), &journey));
            assert_eq!(shown, Some(expected));
        }
        assert_eq!(Progress::after(Some(&Progress::Sending), &Journey::Stored), Progress::Silent);
        let held = Progress::Held(Millis(7));
        assert_eq!(Progress::after(None, &Journey::Held(Millis(7))), held);
        assert_eq!(Progress::after(Some(&held), &Journey::Waiting), Progress::Sending);
    }
}
