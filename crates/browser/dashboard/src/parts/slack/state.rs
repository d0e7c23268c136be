//! The connected workspace: problems with advice, a test, another token, disconnecting.

use knock_wire::{SlackProblem, SlackSettings};
use leptos::prelude::*;

use super::connect::slack_connect;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::dialog::Dialog;
use crate::parts::installing::install_again;
use crate::parts::page::technical::technical;
use crate::parts::page::when::When;
use crate::state::settings::slack_form::SlackForm;
use crate::words::instant::exact;
use crate::words::network::vendor_words;
use crate::words::number::counted;
use crate::words::slack::{
    SLACK, mend_words, monitoring_words, parked_words, places_words, slack_people_words, slack_tested_words,
};

/// Kinds of problems that another token or secret solves.
const OF_ACCESS: [&str; 3] = ["token", "secret", "missing_scope"];

/// The state of the connection and its actions.
pub(crate) fn slack_state(form: SlackForm) -> AnyView {
    let is_configured = memo(move || form.of(|stored| stored.is_configured));
    view! {
        <section class="panel panels" aria-labelledby="slack-state">
            <h2 class="panel-title" id="slack-state">"Workspace"</h2>
            {dynamic(move || form.stored.value.get().map(|stored| known(&stored)))}
            {actions(form, is_configured)}
            <p role="status" aria-label="Result of the test">
                {dynamic(move || form.tested.get().map(|tested| slack_tested_words(&tested)))}
            </p>
            {access(form, is_configured)}
        </section>
        <When is=form.is_leaving>
            <Dialog
                title="Disconnect Slack?"
                confirm="Disconnect"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.disconnect()
                closed=move |()| form.stay()
            >
                <p>
                    "Chats are no longer shown in Slack, and replies there no longer reach leads. What was still to be posted is dropped; what was posted stays there. The inbox has every chat as before."
                </p>
            </Dialog>
        </When>
    }
    .into_any()
}

fn actions(form: SlackForm, is_configured: Memo<bool>) -> AnyView {
    view! {
        <div class="form-actions">
            <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.test())>
                "Send a test message"
            </button>
            <button class="button" type="button" on:click=handler(move |_| form.stored.load())>
                "Refresh"
            </button>
            <When is=derived(move || !is_configured.get())>
                <button
                    class="button"
                    type="button"
                    prop:disabled=form.is_busy
                    on:click=handler(move |_| form.is_leaving.set(true))
                >
                    "Disconnect"
                </button>
            </When>
        </div>
    }
    .into_any()
}

/// Where the access is changed: in the configuration, or here.
fn access(form: SlackForm, is_configured: Memo<bool>) -> AnyView {
    let is_access_wrong = memo(move || {
        form.of(|stored| stored.problems.iter().any(|problem| OF_ACCESS.contains(&problem.kind.as_str())))
    });
    view! {
        <When is=is_configured>
            <p class="muted">"Token and secret stand in the configuration of the server and are changed there."</p>
        </When>
        <When is=derived(move || !is_configured.get())>
            <When is=derived(move || form.of(|stored| stored.is_app_known))>
                <p class="field-hint">
                    "Installing the app again gets another token, with the scopes that Knock needs now."
                </p>
                {install_again(form.install, "Install again".to_owned())}
            </When>
            <details class="why" open=is_access_wrong>
                <summary>"Connect with another token"</summary>
                {slack_connect(form)}
            </details>
        </When>
    }
    .into_any()
}

fn known(stored: &SlackSettings) -> AnyView {
    let messages = |number: u64| counted(i64::try_from(number).unwrap_or(i64::MAX), "message");
    let facts = [
        ("Workspace", stored.team.clone()),
        ("Bot", stored.bot.clone()),
        ("Every chat is shown in", monitoring_words(stored)),
        ("People", slack_people_words(stored)),
        ("Still to be posted", messages(stored.waiting)),
        ("Given up", parked_words(stored)),
    ];
    let fact = |(name, value): (&'static str, String)| {
        view! {
            <div class="fact">
                <dt>{name}</dt>
                <dd><bdi>{value}</bdi></dd>
            </div>
        }
        .into_any()
    };
    let scopes = stored.missing_scopes.join(", ");
    let scopes = (!scopes.is_empty()).then(|| {
        view! { <p class="note note-wrong">"The app may not do everything that Knock needs. Add these scopes in Slack and install it again: " <bdi>{scopes}</bdi></p> }
    });
    view! {
        <div role="status" aria-label="Problems">
            {scopes}
            {stored.problems.iter().map(problem).collect::<Vec<_>>()}
        </div>
        <dl class="facts">{facts.into_iter().map(fact).collect::<Vec<_>>()}</dl>
    }
    .into_any()
}

fn problem(problem: &SlackProblem) -> AnyView {
    let channel = (!problem.channel.is_empty()).then(|| format!("Channel {}. ", problem.channel));
    let places = places_words(&problem.places);
    let places = (!places.is_empty()).then(|| view! { <p><bdi>{places}</bdi></p> });
    let since = exact(browser::local(problem.since));
    view! {
        <div class="note note-wrong">
            <p>
                {channel}
                <bdi>{vendor_words(SLACK, &problem.text)}</bdi>
                <span class="muted">" Since " {since} "."</span>
            </p>
            {places}
            <p>{mend_words(&problem.kind)}</p>
            {technical(&problem.text)}
        </div>
    }
    .into_any()
}
