//! A form that the lead sent on the site, among the messages.

use knock_wire::FormShown;
use leptos::prelude::*;

use crate::kit::browser;
use crate::parts::page::icon::{Icon, IconMark};
use crate::words::form::{fields_words, is_web_page, sent_words};
use crate::words::instant::{exact, iso, time_of_day};

/// Its name and instant, its page, and the names of its fields.
#[component]
pub(crate) fn FormCard(form: FormShown) -> impl IntoView {
    let at = browser::local(form.at);
    let fields = fields_words(&form);
    let has_none = fields.is_empty();
    view! {
        <li class="message message-lead message-form">
            <p class="message-meta">
                <IconMark icon=Icon::FormSubmit />
                <bdi class="message-author">{sent_words(&form)}</bdi>
                <span aria-hidden="true">"\u{b7}"</span>
                <time class="time" datetime=iso(form.at) title=exact(at)>
                    {time_of_day(at)}
                </time>
            </p>
            <p>{page(form.page)}</p>
            <p hidden=has_none>
                <bdi>{fields}</bdi>
            </p>
            <p class="field-hint" hidden=has_none>
                "Knock keeps the names of the fields, not their values."
            </p>
        </li>
    }
}

/// The page as a link that sends no referrer; as text if it is not an address of the web.
fn page(page: String) -> AnyView {
    if !is_web_page(&page) {
        return view! { <bdi>{page}</bdi> }.into_any();
    }
    view! {
        <a class="link" href=page.clone() target="_blank" rel="noopener noreferrer nofollow">
            <bdi>{page.clone()}</bdi>
        </a>
    }
    .into_any()
}
