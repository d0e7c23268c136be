//! The empty state of a site without knowledge.

use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::handler;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::agents::known::Known;

/// The first steps for a site without knowledge.
#[component]
pub(crate) fn KnowsNothing(known: Known) -> impl IntoView {
    let way = |name: &'static str, what: &'static str, press: Box<dyn Fn()>| {
        let button = known.agents.may_edit.then(|| {
            view! {
                <button class="button" type="button" on:click=handler(move |_| press())>
                    {name}
                </button>
            }
        });
        view! {
            <li class="agents-way">
                <p>{what}</p>
                {button}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="panel agents-part" aria-labelledby="knows-nothing">
            <h2 class="panel-title" id="knows-nothing">
                <IconMark icon=Icon::Agents />
                " No knowledge for this site yet"
            </h2>
            <p>
                "Without knowledge the AI agent greets visitors, finds out what a chat is about, asks for an e-mail address and hands over to a person. It answers no questions."
            </p>
            <p>"There are three ways to give it answers:"</p>
            <ul class="agents-ways">
                {way(
                    "Write an answer",
                    "Write the questions you hear most, each with its answer.",
                    Box::new(move || known.is_adding.set(true)),
                )}
                {way(
                    "Enter an address",
                    "Name a page or a sitemap of your website. It is read within a minute, and again every day.",
                    Box::new(|| browser::focus_on("source-address")),
                )}
                {way(
                    "Choose a file",
                    "Upload a handbook, a price list or a document as text, Markdown, HTML or PDF.",
                    Box::new(|| browser::focus_on("file-input")),
                )}
            </ul>
        </section>
    }
}
