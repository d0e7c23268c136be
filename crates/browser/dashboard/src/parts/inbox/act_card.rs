//! What the visitor did beside writing, among the messages: a form, the end of the chat, a rating, a transcript.

use knock_wire::{FormAnswer, VisitorActShown};
use leptos::prelude::*;

use crate::kit::browser;
use crate::parts::page::icon::{Icon, IconMark};
use crate::words::instant::{exact, iso, time_of_day};
use crate::words::visitor_act::{act_words, consent_words, field_words, rated_with};

/// What it was, and what the visitor said with it.
#[component]
pub(crate) fn ActCard(act: VisitorActShown) -> impl IntoView {
    let at = browser::local(act.at);
    let answers = act.values.iter().map(answer).collect::<Vec<_>>();
    view! {
        <li class="message message-lead message-form">
            <p class="message-meta">
                <IconMark icon=Icon::FormSubmit />
                <bdi class="message-author">{act_words(&act)}</bdi>
                <span aria-hidden="true">"\u{b7}"</span>
                <time class="time" datetime=iso(act.at) title=exact(at)>
                    {time_of_day(at)}
                </time>
            </p>
            {answers}
            {line(act.comment.clone())}
            {line(rated_with(&act))}
            {line(consent_words(&act))}
        </li>
    }
}

fn answer(answer: &FormAnswer) -> AnyView {
    let (field, value) = (field_words(answer), answer.value.clone());
    view! { <p><bdi>{field}</bdi>": "<bdi>{value}</bdi></p> }.into_any()
}

fn line(words: String) -> Option<AnyView> {
    (!words.is_empty()).then(|| view! { <p class="mail-said" dir="auto">{words}</p> }.into_any())
}
