//! A mail of the lead that is no message, among the messages; and what belongs to a mail that is one.

use knock_wire::MailShown;
use leptos::prelude::*;

use crate::kit::browser;
use crate::parts::page::icon::{Icon, IconMark};
use crate::words::instant::{exact, iso, time_of_day};
use crate::words::received_mail::{card_title, left_out_words, other_sender_words, sender_words};

/// What it is, its sender, its subject and its text.
#[component]
pub(crate) fn MailCard(mail: MailShown) -> impl IntoView {
    let at = browser::local(mail.at);
    view! {
        <li class="message message-lead message-form message-mail">
            <p class="message-meta">
                <IconMark icon=Icon::LinkOpen />
                <bdi class="message-author">{card_title(&mail.kind).to_owned()}</bdi>
                <span aria-hidden="true">"\u{b7}"</span>
                <time class="time" datetime=iso(mail.at) title=exact(at)>
                    {time_of_day(at)}
                </time>
            </p>
            {line(sender_words(&mail))}
            {line(mail.subject.clone())}
            {(!mail.text.is_empty()).then(|| view! { <p class="mail-said" dir="auto">{mail.text.clone()}</p> })}
            {quoted(&mail)}
        </li>
    }
}

/// Below the message of a mail: another sender, files that were left out, and what was cut.
pub(super) fn mail_notes(mail: &MailShown) -> AnyView {
    let files = mail.left_out.iter().map(left_out_words).map(note).collect::<Vec<_>>();
    view! {
        {other_sender_words(mail).map(note)}
        {files}
        {quoted(mail)}
    }
    .into_any()
}

fn note(words: String) -> AnyView {
    view! { <p class="message-state muted"><bdi>{words}</bdi></p> }.into_any()
}

fn line(words: String) -> Option<AnyView> {
    (!words.is_empty()).then(|| view! { <p><bdi>{words}</bdi></p> }.into_any())
}

/// The quoted text and the signature, closed.
fn quoted(mail: &MailShown) -> Option<AnyView> {
    let text = mail.quoted.clone();
    let closed = move || {
        view! {
            <details class="why mail-quoted">
                <summary>"Quoted text"</summary>
                <p class="mail-said" dir="auto">{text}</p>
            </details>
        }
        .into_any()
    };
    (!mail.quoted.is_empty()).then(closed)
}
