//! Filtering a table by any routing field.

use leptos::prelude::*;

use super::condition_line::ConditionLine;
use super::menu::Menu;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::parts::page::when::When;
use crate::state::records::condition_lines::{Line, Lines};
use crate::state::records::crm_fields::CrmFields;
use crate::state::records::table_state::{TableState, WHERE};

/// A menu with the lines of the condition, which is applied while typing.
#[component]
pub(crate) fn ConditionMenu(state: TableState) -> impl IntoView {
    let (condition, crm) = (state.part(WHERE), CrmFields::new());
    let lines = RwSignal::new(Lines::default());
    // A saved view, or the address, may have another condition than these lines; an incomplete line has none yet.
    effect(move || {
        let wanted = condition.get();
        if lines.with_untracked(|lines| lines.condition() != wanted) {
            lines.set(Lines::read(&wanted).unwrap_or_default());
        }
    });
    let changed = move || condition.set(lines.with_untracked(Lines::condition));
    let count = derived(move || match condition.with(|condition| Lines::read(condition)) {
        Some(lines) if lines.lines.is_empty() => "Filter".to_owned(),
        Some(lines) => format!("Filter ({})", lines.lines.len()),
        None => "Filter (1)".to_owned(),
    });
    let is_nested = move || condition.with(|condition| Lines::read(condition).is_none());
    let places = memo(move || lines.with(|lines| lines.lines.len()));
    let shown = move || {
        (0..places.get())
            .map(|place| view! { <ConditionLine lines place crm changed=move |()| changed() /> }.into_any())
            .collect::<Vec<_>>()
    };
    let add = move |_| lines.update(|lines| lines.lines.push(Line::new()));
    view! {
        <Menu id="table-conditions" label=count is_wide=true pressed=move |()| crm.load()>
                <When is=derived(is_nested)>
                    <p class="field-hint">
                        "This condition has groups that cannot be edited here. A new line replaces it."
                    </p>
                </When>
                <Joint lines changed=move |()| changed() />
                {dynamic(shown)}
                <div class="form-actions">
                    <button class="button" type="button" on:click=handler(add)>
                        "Add a condition"
                    </button>
                    <button
                        class="button button-quiet"
                        type="button"
                        on:click=handler(move |_| {
                            lines.set(Lines::default());
                            changed();
                        })
                    >
                        "Clear"
                    </button>
                </div>
                <p class="field-hint">
                    "Fields of the session and of the Knock Link are those of the last routing decision; all others are as of now."
                </p>
        </Menu>
    }
}

#[component]
fn Joint(lines: RwSignal<Lines>, #[prop(into)] changed: Callback<()>) -> impl IntoView {
    let joint = derived(move || if lines.with(|lines| lines.is_any) { "any" } else { "all" });
    view! {
        <select
            class="input"
            aria-label="How the conditions are joined"
            prop:value=joint
            on:change:target=move |event| {
                let is_any = event.target().value() == "any";
                lines.update(|lines| lines.is_any = is_any);
                changed.run(());
            }
        >
            <option value="all">"All of these hold"</option>
            <option value="any">"Any of these holds"</option>
        </select>
    }
}
