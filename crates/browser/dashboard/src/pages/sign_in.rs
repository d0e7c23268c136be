//! Signing in by a one-time link, and asking for one. Opening the link changes nothing: mail scanners open links too.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::Failure;
use crate::parts::{Asking, Heading, Icon, IconMark, LinkForm, When};
use crate::session::use_session;
use crate::words::failure_words;

const MAILED: &str = "If this address belongs to a member, a link is on its way. It works once, within an hour.";
const NO_MAIL: &str = "This server does not send mail. Get a link on the server:";

/// A button that signs in, or ways to get a link.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let token = Memo::new(move |_| query.read().get("token").filter(|token| !token.is_empty()));
    view! {
        <main class="lone">
            <div class="panel sign-in">
                <p class="brand">"Knock"</p>
                <Heading text="Sign in" />
                {move || match token.get() {
                    Some(token) => view! { <ByToken token /> }.into_any(),
                    None => view! { <GetALink /> }.into_any(),
                }}
            </div>
        </main>
    }
}

#[component]
fn ByToken(token: String) -> impl IntoView {
    let session = use_session();
    let navigate = use_navigate();
    let is_asking = RwSignal::new(false);
    let failure = RwSignal::new(None::<Failure>);
    let sign_in = move |_| {
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        let (token, navigate) = (token.clone(), navigate.clone());
        spawn_local(async move {
            match session.client().sign_in(&token).await {
                Ok(state) => {
                    session.begin(state);
                    // The token is used up: it must not stay in the history.
                    navigate("/app/live", NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(reason) => {
                    failure.try_set(Some(reason));
                    is_asking.try_set(false);
                }
            }
        });
    };
    let wrong = move || {
        failure.get().map(|failure| {
            let words = failure_words(&failure);
            view! {
                <div class="note note-wrong" role="alert">
                    <p><strong>{words.title}</strong></p>
                    <p>{words.advice}</p>
                </div>
                <GetALink />
            }
        })
    };
    // Once it has failed, another link is what to ask for.
    let class = Signal::derive(move || {
        if failure.read().is_some() { "button button-wide" } else { "button button-strong button-wide" }
    });
    view! {
        <p>"This link signs you in once, in this browser."</p>
        <button class=class type="button" prop:disabled=is_asking on:click=sign_in>
            {Signal::derive(move || if is_asking.get() { "Signing in\u{2026}" } else { "Sign in" })}
        </button>
        {wrong}
    }
}

/// By mail, or on the server; where the server sends no mail, the other way is what it answers.
#[component]
fn GetALink() -> impl IntoView {
    let asking = RwSignal::new(Asking::Idle);
    let is_mailed = Memo::new(move |_| match asking.get() {
        Asking::Answered(answer) => Some(answer.is_mail_set_up),
        Asking::Idle | Asking::Asked | Asking::Failed(_) => None,
    });
    let answer = move || match is_mailed.get()? {
        true => Some(view! { <p class="check check-done">{MAILED}</p> }.into_any()),
        false => Some(view! { <OnTheServer intro=NO_MAIL /> }.into_any()),
    };
    view! {
        <LinkForm asking />
        <div role="status">{answer}</div>
        <When is=move || is_mailed.get() != Some(false)>
            <OnTheServer intro="Or get a link on the server:" />
        </When>
    }
}

#[component]
fn OnTheServer(intro: &'static str) -> impl IntoView {
    view! {
        <div class="how">
            <p><IconMark icon=Icon::Key /> {intro}</p>
            <pre class="snippet-code" tabindex="0" role="region" aria-label="Command"><code>"knock login-link"</code></pre>
            <p class="muted">"It prints an address that works once. Open it in this browser."</p>
        </div>
    }
}
