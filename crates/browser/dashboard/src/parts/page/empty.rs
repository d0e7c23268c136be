//! The empty state of a page, with the next step.

use leptos::prelude::*;

use super::icon::{Icon, IconMark};

/// A heading, and the next step as children.
#[component]
pub(crate) fn Empty(
    #[prop(into)] title: String,
    #[prop(default = Icon::Inbox)] icon: Icon,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="state">
            <IconMark icon />
            <p class="state-title">{title}</p>
            <div class="state-text">{children()}</div>
        </div>
    }
}
