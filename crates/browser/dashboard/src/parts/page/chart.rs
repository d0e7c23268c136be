//! A chart with its summary, and the table that has the same.

use knock_model::Millis;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::when::When;
use crate::kit::chart::{ChartTable, Picture};
use crate::kit::reactive::{derived, dynamic, effect, handler};
use crate::kit::{browser, chart};
use crate::words::instant::{exact, iso};

/// The chart; nothing is drawn without a picture.
#[component]
pub(crate) fn Chart(
    /// Its subject, as the rest of "Line chart of".
    #[prop(into)]
    subject: Signal<String>,
    picture: Signal<Option<Picture>>,
    /// What it shows, in a sentence.
    summary: Signal<String>,
    table: Signal<ChartTable>,
) -> impl IntoView {
    let host = NodeRef::<Div>::new();
    let is_missing = RwSignal::new(false);
    effect(move || {
        let Some(element) = host.get() else { return };
        let element: leptos::web_sys::HtmlElement = element.into();
        let Some(picture) = picture.get() else {
            chart::erase(&element);
            return;
        };
        spawn_local(async move {
            let is_drawn = chart::draw(element, picture).await;
            is_missing.try_set(!is_drawn);
        });
    });
    on_cleanup(move || {
        if let Some(element) = host.get_untracked() {
            chart::erase(&element.into());
        }
    });
    let label = derived(move || subject.with(|subject| format!("Line chart of {subject}; the table has the same")));
    view! {
        <p class="muted chart-summary">{summary}</p>
        <div class="chart" node_ref=host role="img" aria-label=label></div>
        <When is=is_missing>
            <p class="note" role="status">"The chart could not be loaded. The table has the same."</p>
        </When>
        <Table subject table />
    }
}

/// The table; its lines are drawn when it is opened.
#[component]
fn Table(subject: Signal<String>, table: Signal<ChartTable>) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let words = derived(move || if is_open.get() { "Hide the table" } else { "Show as table" });
    view! {
        <button
            class="button button-quiet"
            type="button"
            aria-expanded=derived(move || is_open.get().to_string())
            on:click=handler(move |_| is_open.update(|is_open| *is_open = !*is_open))
        >
            {words}
        </button>
        <When is=is_open>
            <div
                class="table-region chart-table"
                role="region"
                aria-label=derived(move || subject.with(|subject| format!("Table of {subject}")))
                tabindex="0"
            >
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            {dynamic(move || table.with(|table| table.columns.iter().map(head).collect_view()))}
                        </tr>
                    </thead>
                    <tbody>
                        {dynamic(move || table.with(|table| rows(table).collect_view()))}
                    </tbody>
                </table>
            </div>
        </When>
    }
}

fn head((label, is_number): &(String, bool)) -> AnyView {
    view! { <th scope="col" class=class_of(*is_number)>{label.clone()}</th> }.into_any()
}

fn rows(table: &ChartTable) -> impl Iterator<Item = AnyView> {
    let when =
        move |place: usize, at: Millis| table.whens.get(place).cloned().unwrap_or_else(|| exact(browser::local(at)));
    table.rows.iter().enumerate().map(move |(place, line)| row(table, line, when(place, line.0)))
}

fn row(table: &ChartTable, (at, texts): &(Millis, Vec<String>), when: String) -> AnyView {
    let cell = |((label, is_number), text): (&(String, bool), &String)| {
        let inner = if *is_number { "" } else { "chart-what" };
        view! {
            <td data-label=label.clone() class=class_of(*is_number)>
                <span class=inner>{text.clone()}</span>
            </td>
        }
        .into_any()
    };
    let cells: Vec<_> = table.columns.iter().zip(texts).map(cell).collect();
    view! {
        <tr>
            <td class="cell-when">
                <time datetime=iso(*at)>{when}</time>
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

const fn class_of(is_number: bool) -> &'static str {
    if is_number { "number" } else { "" }
}
