//! Answers by mail: what becomes of them, the state of the mailbox, and its actions.

use knock_model::Millis;
use knock_wire::{InboundMailSettings, InboundWay};
use leptos::prelude::*;

use super::inbound_form::inbound_form;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::copy_line::CopyLine;
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::technical::technical;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::state::settings::inbound_mail::{InboundForm, Open, TITLE};
use crate::words::inbound_mail::{leaving_words, problem_words, way_words};
use crate::words::instant::exact;

/// The section: off, a mailbox that is read, or a provider that posts.
#[component]
pub(crate) fn InboundMail() -> impl IntoView {
    let form = InboundForm::start();
    let settings = memo(move || form.settings());
    let open = memo(move || form.open.get());
    let content = move || match open.get() {
        Open::Form(way) => inbound_form(form, way),
        Open::Nothing | Open::Leave | Open::NewHook => shown(form, &settings.get()),
    };
    view! {
        <section class="panel panels inbound-mail" aria-labelledby=TITLE>
            <h2 class="panel-title" id=TITLE tabindex="-1">"Answers by mail"</h2>
            <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
                <p>{derived(move || settings.with(way_words))}</p>
                {dynamic(content)}
                <p class="muted" role="status">{form.said}</p>
            </Loaded>
        </section>
        {dynamic(move || question(form, open.get(), &settings.get()))}
    }
}

fn shown(form: InboundForm, settings: &InboundMailSettings) -> AnyView {
    let failure = derived(move || form.unplaced().filter(|_| form.open.get() == Open::Nothing));
    view! {
        {trouble(settings)}
        {(settings.way != InboundWay::None).then(|| facts(settings))}
        {new_address(form)}
        <div class="form-actions">{actions(form, settings.way)}</div>
        <ActionFailure of=failure />
    }
    .into_any()
}

fn actions(form: InboundForm, way: InboundWay) -> AnyView {
    let button = move |label: &'static str, what: Open| {
        view! {
            <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.ask(what))>
                {label}
            </button>
        }
        .into_any()
    };
    let of_way = match way {
        InboundWay::None => vec![
            button("Read a mailbox by IMAP\u{2026}", Open::Form(InboundWay::Imap)),
            button("Receive from a mail provider\u{2026}", Open::Form(InboundWay::Hook)),
        ],
        InboundWay::Imap => vec![
            view! {
                <button class="button" type="button" prop:disabled=form.is_busy on:click=handler(move |_| form.look())>
                    "Look now"
                </button>
            }
            .into_any(),
            button("Change\u{2026}", Open::Form(InboundWay::Imap)),
            button("Disconnect\u{2026}", Open::Leave),
        ],
        InboundWay::Hook => vec![
            button("Change\u{2026}", Open::Form(InboundWay::Hook)),
            button("New URL\u{2026}", Open::NewHook),
            button("Disconnect\u{2026}", Open::Leave),
        ],
    };
    of_way.into_any()
}

fn trouble(settings: &InboundMailSettings) -> Option<AnyView> {
    let since = settings.problem_since.map(|since| exact(browser::local(since)));
    let words = problem_words(&settings.problem, since);
    let detail = technical(&settings.problem);
    (!words.is_empty()).then(|| view! { <p class="note note-wrong" role="alert">{words}</p> {detail} }.into_any())
}

fn facts(settings: &InboundMailSettings) -> AnyView {
    let tags = if settings.has_tags { "Yes" } else { "No" };
    let texts = [
        ("Address", settings.address.clone()),
        ("Takes tags", tags.to_owned()),
        ("Server", settings.server.clone()),
        ("Folder", settings.folder.clone()),
        ("Taken", settings.taken.to_string()),
    ];
    let text = |(name, value): (&'static str, String)| fact(name, view! { <bdi>{value}</bdi> }.into_any());
    let texts = texts.into_iter().filter(|(_, value)| !value.is_empty()).map(text).collect::<Vec<_>>();
    let instants = [("Last look", settings.checked_at), ("Last mail", settings.last_at)];
    let instant =
        |(name, at): (&'static str, Option<Millis>)| at.map(|at| fact(name, view! { <TimeAgo at /> }.into_any()));
    let instants = instants.into_iter().filter_map(instant).collect::<Vec<_>>();
    view! { <dl class="facts">{texts} {instants}</dl> }.into_any()
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div class="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// The address for the provider, while it is shown.
fn new_address(form: InboundForm) -> AnyView {
    let has_one = derived(move || !form.hook_url.with(String::is_empty));
    view! {
        <When is=has_one>
            <div class="note">
                <p>
                    "Have your mail provider post each mail for this address there, whole, as it arrived. The URL is shown this once; who has it can post mails."
                </p>
            </div>
            <CopyLine text=form.hook_url label="URL for the mail provider" />
        </When>
    }
    .into_any()
}

/// The question that is open.
fn question(form: InboundForm, open: Open, settings: &InboundMailSettings) -> Option<AnyView> {
    let (title, confirm, words) = match open {
        Open::Leave => ("Disconnect answers by mail?", "Disconnect", leaving_words(&settings.address)),
        Open::NewHook => (
            "Make a new URL?",
            "Make a new one",
            "The URL before ends at once: mails that the provider posts there are refused until it has the new one."
                .to_owned(),
        ),
        Open::Nothing | Open::Form(_) => return None,
    };
    let confirmed = move |()| if open == Open::Leave { form.disconnect() } else { form.renew() };
    let dialog = view! {
        <Dialog
            title
            confirm
            is_busy=form.is_busy
            failure=derived(move || form.unplaced())
            confirmed
            closed=move |()| form.close()
        >
            <p>{words}</p>
        </Dialog>
    };
    Some(dialog.into_any())
}
