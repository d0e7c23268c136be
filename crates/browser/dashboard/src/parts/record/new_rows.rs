//! The button for new lines, which are deferred so that the list does not move.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::when::When;
use crate::words::number::counted;

/// A button that names the number of deferred lines and shows them.
#[component]
pub(crate) fn NewRows(
    #[prop(into)] count: Signal<usize>,
    /// The name of a line: `new signal`, `new contact`.
    noun: &'static str,
    /// Shows them.
    #[prop(into)]
    show: Callback<()>,
) -> impl IntoView {
    let is_any = move || count.get() > 0;
    let label = move || counted(i64::try_from(count.get()).unwrap_or(i64::MAX), noun);
    view! {
        <When is=derived(is_any)>
            <div class="new-rows">
                <button class="button button-strong" type="button" on:click=handler(move |_| show.run(()))>
                    <IconMark icon=Icon::Up />
                    {dynamic(label)}
                </button>
            </div>
        </When>
    }
}
