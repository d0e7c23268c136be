//! The page of an unknown address.

use leptos::prelude::*;

use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;

/// A message, and a link back.
#[component]
pub(crate) fn MissingPage() -> impl IntoView {
    view! {
        <Heading text="Page not found" />
        <Empty title="There is no page at this address" icon=Icon::Alert>
            <a class="link" href="/app/">"Go to the start page"</a>
        </Empty>
    }
}
