//! Knock Links: addresses that start a chat or a meeting.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::choice_box::{Choice, ChoiceBox};
use crate::parts::form::dialog::Dialog;
use crate::parts::links::link_card::LinkCard;
use crate::parts::links::link_fields::LinkFieldset;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::links::{LinkDialog, Links};

lazy!(links => LinksPage);

static SHOWN: Choice = Choice { name: "archived", label: "Links", options: &[("", "In use"), ("yes", "Archived")] };

/// All links, and the dialogs that change them.
#[component]
pub(crate) fn LinksPage() -> impl IntoView {
    let links = Links::start();
    let list = links.list;
    let is_open = derived(move || links.open.get() != LinkDialog::Nothing);
    let nothing =
        derived(move || if links.archived.with(String::is_empty) { "No links in use" } else { "No archived links" });
    view! {
        <div class="page-head">
            <Heading text="Knock Links" />
            <button
                class="button button-strong"
                type="button"
                on:click=handler(move |_| links.ask(LinkDialog::Create, None))
            >
                <IconMark icon=Icon::Plus />
                "Create a Knock Link"
            </button>
        </div>
        <p class="lead">
            "Addresses that start a chat or a meeting: for ads, profiles, mails, documents and print. Each has its channel and its routing rule."
        </p>
        <ChoiceBox choice=&SHOWN chosen=links.archived />
        <p class="muted webhook-said" role="status">
            {links.said}
        </p>
        <Loaded phase=list.phase retry=move |()| list.start()>
            <div class="webhooks" tabindex="-1" node_ref=links.region>
                <When is=derived(move || list.rows.is_empty())>
                    {dynamic(move || view! {
                        <Empty title=nothing.get() icon=Icon::Link>
                            <p>"The page of an archived link says that it is no longer in use."</p>
                        </Empty>
                    })}
                </When>
                <Lines of=derived(move || list.rows.drawn(move |link| view! { <LinkCard link links /> }.into_any())) />
            </div>
        </Loaded>
        <When is=is_open>
            <Question links />
        </When>
    }
}

#[component]
fn Question(links: Links) -> impl IntoView {
    let name = links.subject.with_value(|link| link.as_ref().map(|link| link.name.clone()).unwrap_or_default());
    let about = |what: &'static str| view! { <p><bdi>{name}</bdi> {what}</p> }.into_any();
    let (title, confirm, body) = match links.open.get_untracked() {
        LinkDialog::Nothing | LinkDialog::Create => {
            ("Create a Knock Link", "Create", view! { <LinkFieldset links /> }.into_any())
        }
        LinkDialog::Edit => ("Edit this Knock Link", "Save", view! { <LinkFieldset links /> }.into_any()),
        LinkDialog::Archive => (
            "Archive this Knock Link?",
            "Archive",
            about(" then says on its page that it is no longer in use. Its chats continue, its figures stay."),
        ),
        LinkDialog::Restore => ("Restore this Knock Link?", "Restore", about(" works again at its address.")),
    };
    view! {
        <Dialog
            title
            confirm
            is_busy=links.is_busy
            failure=derived(move || links.unplaced())
            confirmed=move |()| links.confirm()
            closed=move |()| links.close()
        >
            {body}
        </Dialog>
    }
}
