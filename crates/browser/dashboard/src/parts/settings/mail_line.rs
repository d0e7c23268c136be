//! A mail: kind, recipient, state, attempts and text.

use knock_model::DeliveryState;
use knock_wire::Mail;
use leptos::html::Li;
use leptos::prelude::*;

use super::send_again::SendAgain;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::parts::page::badge::badge_class;
use crate::parts::page::technical::technical;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::settings::mails::{Mails, Which};
use crate::words::instant::{exact, iso};
use crate::words::mail::{delivery_words, mail_kind, next_try, tried_words};
use crate::words::network::plain;

/// A mail of the outbox; its texts come from outside and are shown as text.
#[component]
pub(crate) fn MailLine(
    mail: Signal<Mail>,
    /// The list it is in.
    mails: Mails,
) -> impl IntoView {
    let line = NodeRef::<Li>::new();
    // Drawn as a whole, not part by part: its elements stay all the same, and it is a third of the code.
    move || {
        let mail = mail.get();
        let (state, tone) = delivery_words(&mail.state);
        let state = state.to_owned();
        let (what, tried, next) = (what(&mail), tried(&mail), next_try_of(&mail));
        let detail = technical(&mail.answer);
        let (which, to) = (Which::One(mail.number), mail.to.clone());
        let again = (mail.state == DeliveryState::Parked.into()).then(|| {
            let send = move |()| mails.send_again(which, line.get_untracked().map(Into::into));
            view! {
                <SendAgain mails which send>
                    "Send again"
                    <span class="unseen">" to " <bdi>{to}</bdi></span>
                </SendAgain>
            }
        });
        let text = (!mail.text.is_empty()).then(|| {
            view! {
                <details class="why">
                    <summary>
                        "Text"
                        <span class="unseen">" of the mail to " <bdi>{mail.to}</bdi></span>
                    </summary>
                    <p class="mail-text" dir="auto">
                        {mail.text}
                    </p>
                </details>
            }
        });
        view! {
            <li class="mail" tabindex="-1" node_ref=line>
                <p class="mail-head">
                    <bdi class="mail-subject">{mail.subject}</bdi>
                    <span class=badge_class(tone)>{state}</span>
                </p>
                <p class="mail-facts muted">
                    {what}
                    <TimeAgo at=mail.at />
                    {tried}
                    {next}
                </p>
                {detail}
                <div class="mail-foot">{again} {text}</div>
            </li>
        }
    }
}

/// Its kind and recipient.
fn what(mail: &Mail) -> impl IntoView + use<> {
    let kind = mail_kind(&mail.kind).to_owned();
    let to = (!mail.to.is_empty()).then(|| view! { " to " <bdi class="mail-to">{mail.to.clone()}</bdi> });
    view! { <span><bdi>{kind}</bdi> {to}</span> }
}

/// The number of attempts, and the last response.
fn tried(mail: &Mail) -> impl IntoView + use<> {
    let answer = (!mail.answer.is_empty()).then(|| view! { ": " <bdi>{plain(&mail.answer).to_owned()}</bdi> });
    view! { <span>{tried_words(mail.attempts)} {answer}</span> }
}

/// The next attempt, updated with the clock.
fn next_try_of(mail: &Mail) -> impl IntoView + use<> {
    let clock = use_clock();
    mail.due_at.and_then(|_| next_try(&mail.state, mail.due_at, clock.now())).map(|(words, at)| {
        view! {
            <time class="time" datetime=iso(at) title=exact(browser::local(at))>
                {words}
            </time>
        }
    })
}
