//! The link to the demo site.

use leptos::prelude::*;

use super::when::When;
use crate::state::session::use_session;

/// The link between two parts of a sentence, while the demo site is in use.
#[component]
pub(crate) fn DemoLink(before: &'static str, #[prop(optional)] after: &'static str) -> impl IntoView {
    view! {
        <When is=use_session().has_demo>
            {before} <a class="link" href="/demo/" rel="external">"demo site"</a> {after}
        </When>
    }
}
