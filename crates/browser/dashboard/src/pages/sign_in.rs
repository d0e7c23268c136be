//! Signing in: by a one-time link, by a password, and asking for a link. Opening the link changes nothing: mail scanners
//! open links too.

use futures_util::FutureExt;
use knock_wire::SignInMethods;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use crate::api::Failure;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::single::Single;
use crate::kit::{browser, destination};
use crate::parts::form::link_form::{Asking, LinkForm};
use crate::parts::form::password_form::PasswordForm;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::loaded::Loaded;
use crate::state::inbox::writing::use_writing;
use crate::state::session::{Absence, use_session};
use crate::words::failure::failure_words;

const MAILED: &str = "If this address belongs to a member, a link is on its way. It works once, within an hour.";
/// The last resort, folded where there is another way in: a heading and a sentence.
const BESIDE_MAIL: (&str, &str) = ("Or get a link on the server", "If you run this server, get a link there:");
const NO_MAIL: (&str, &str) =
    ("This server does not send mail.", "Ask an admin for a sign-in link, or get one on the server:");
const NO_PASSWORD: (&str, &str) = (
    "No password yet?",
    "Open the link of your invitation, or ask an admin for a sign-in link. If you run this server, get one there:",
);

/// The button of an opened sign-in link, or the sign-in methods.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let token = memo(move || query.read().get("token").filter(|token| !token.is_empty()));
    view! {
        <main class="lone">
            <div class="panel sign-in">
                <p class="brand">"Knock"</p>
                <Heading text="Sign in" />
                <WhyHere />
                {dynamic(move || match token.get() {
                    Some(token) => view! { <ByToken token /> }.into_any(),
                    None => view! { <WaysIn /> }.into_any(),
                })}
            </div>
        </main>
    }
}

/// Why a member is here, where they did not come to sign in.
#[component]
fn WhyHere() -> impl IntoView {
    let (session, writing) = (use_session(), use_writing());
    // That of the router: the page's own address may follow later.
    let next = browser::parameter(&use_location().search.get_untracked(), destination::PARAMETER);
    let has_destination = destination::keep(&next);
    let words = memo(move || why_words(session.absence(), writing.draft_count(), has_destination));
    let shown = move || (!words.get().is_empty()).then(|| view! { <p class="note">{words}</p> });
    dynamic(shown)
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
                    let page = destination::take().unwrap_or_else(|| destination::HOME.to_owned());
                    // The token is redeemed: it must not stay in the history.
                    navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() });
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
                <WaysIn />
            }
        })
    };
    // After a failure, requesting another link is the main action.
    let class =
        derived(
            move || {
                if failure.read().is_some() { "button button-wide" } else { "button button-strong button-wide" }
            },
        );
    view! {
        <p>"This link signs you in once, in this browser."</p>
        <button class=class type="button" prop:disabled=is_asking on:click=handler(sign_in)>
            {derived(move || if is_asking.get() { "Signing in\u{2026}" } else { "Sign in" })}
        </button>
        {dynamic(wrong)}
    }
}

/// The sign-in methods of this server.
#[component]
fn WaysIn() -> impl IntoView {
    let session = use_session();
    let methods = Single::new(move || {
        let client = session.client();
        async move { client.sign_in_methods().await }.boxed_local()
    });
    methods.load();
    let ways = move || {
        let SignInMethods { mail, password } = methods.value.get()?;
        let by_password = password.then(|| view! { <PasswordForm /> });
        let by_mail = mail.then(|| view! { <ByMail /> });
        let intro = match (mail, password) {
            (true, _) => BESIDE_MAIL,
            (false, true) => NO_PASSWORD,
            (false, false) => NO_MAIL,
        };
        let is_only_way = !mail && !password;
        Some(view! { {by_password} {by_mail} <OnTheServer intro is_open=is_only_way /> })
    };
    view! { <Loaded phase=methods.phase retry=move |()| methods.load()>{dynamic(ways)}</Loaded> }
}

/// The form for a link by mail.
#[component]
fn ByMail() -> impl IntoView {
    let asking = RwSignal::new(Asking::Idle);
    let is_answered = memo(move || asking.with(|asking| matches!(asking, Asking::Answered(_))));
    let answer = move || is_answered.get().then(|| view! { <p class="check check-done">{MAILED}</p> });
    view! {
        <LinkForm asking />
        <div role="status">{dynamic(answer)}</div>
    }
}

#[component]
fn OnTheServer(intro: (&'static str, &'static str), is_open: bool) -> impl IntoView {
    let (heading, words) = intro;
    view! {
        <details class="how" open=is_open>
            <summary>{heading}</summary>
            <p><IconMark icon=Icon::Key /> {words}</p>
            <pre class="snippet-code" tabindex="0" role="region" aria-label="Command">
                <code>"knock login-link"</code>
            </pre>
            <p class="muted">"It prints an address that works once. Open it in this browser."</p>
        </details>
    }
}

/// Why a member is asked to sign in; empty where they came for it.
const fn why_words(absence: Option<Absence>, drafts: usize, has_destination: bool) -> &'static str {
    match (absence, drafts, has_destination) {
        (Some(Absence::Ended), 0, _) => "Your session has ended. Sign in again to go on.",
        (Some(Absence::Ended), 1, _) => "Your session has ended. Sign in again; your draft is kept.",
        (Some(Absence::Ended), _, _) => "Your session has ended. Sign in again; your drafts are kept.",
        (_, _, true) => "Sign in to go on to the page that you opened.",
        (_, _, false) => "",
    }
}
