//! A line to copy.

use leptos::html::Code;
use leptos::prelude::*;

use super::copy_button::CopyButton;

/// A line of code, and a button that copies it.
#[component]
pub(crate) fn CopyLine(
    /// The line.
    #[prop(into)]
    text: Signal<String>,
    #[prop(into)] label: Signal<String>,
    /// Its ARIA role: a region, unless a page has many of them.
    #[prop(default = "region")]
    role: &'static str,
) -> impl IntoView {
    let code = NodeRef::<Code>::new();
    view! {
        <pre class="snippet-code" tabindex="0" role=role aria-label=label><code node_ref=code>{text}</code></pre>
        <CopyButton from=code text />
    }
}
