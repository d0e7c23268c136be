//! The menu that shows a table as of an instant.

use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::browser;
use crate::kit::reactive::handler;
use crate::state::records::table_state::TableState;
use crate::words::instant::input_value;

const ID: &str = "table-past";

/// A menu with a field for the instant. What a past state does not support is reset.
#[component]
pub(crate) fn AsOfMenu(state: TableState) -> impl IntoView {
    let value = RwSignal::new(state.instant().map(|at| input_value(browser::local(at))).unwrap_or_default());
    let show = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(instant) = browser::instant(&value.get_untracked()) {
            state.show_past(instant);
            browser::close_popover(ID);
        }
    };
    view! {
            <Menu id=ID label=Signal::stored("As of".to_owned())>
    <form class="menu-group" on:submit=handler(show)>
                    <label class="field-label" for="table-as-of">"Show the table as of"</label>
                    <input
                        class="input"
                        id="table-as-of"
                        type="datetime-local"
                        required
                        prop:value=value
                        on:input:target=move |event| value.set(event.target().value())
                    />
                    <button class="button" type="submit">"Show"</button>
                </form>
            </Menu>
        }
}
