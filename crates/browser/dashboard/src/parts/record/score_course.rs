//! The score of a contact over time, as a chart and as a table.

use futures_util::FutureExt;
use knock_model::{LeadId, Millis};
use knock_wire::ScoreCourse;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser;
use crate::chart;
use crate::parts::{Choice, ChoiceBox, Loaded, When};
use crate::reactive::{derived, dynamic, effect, handler, memo};
use crate::session::use_session;
use crate::single::Single;
use crate::words::{CourseLine, course_lines, course_picture, course_summary, exact, iso, score};

static SPANS: Choice =
    Choice { name: "days", label: "Time shown", options: &[("30", "30 days"), ("90", "90 days"), ("365", "A year")] };

/// The score of a contact, now or as of an instant; loaded again when the record changes.
#[component]
pub(crate) fn ScoreOverTime(
    /// The contact.
    id: LeadId,
    /// The instant shown; none is now.
    at: Option<Millis>,
    /// The record, which changes with the score.
    #[prop(into)]
    follow: Signal<(f64, i64)>,
) -> impl IntoView {
    let days = RwSignal::new("90".to_owned());
    let session = use_session();
    let course = Single::new(move || {
        let (client, days) = (session.client(), days.get_untracked());
        async move { client.score_course(id, &days, at).await }.boxed_local()
    });
    let asked = memo(move || (days.get(), follow.get()));
    effect(move || {
        // Read, not only tracked: a memo without a read never computes its value.
        asked.with(|_| course.load());
    });
    let shown = derived(move || course.value.get().unwrap_or_else(nothing));
    view! {
        <section class="panel course" aria-labelledby="score-course">
            <div class="course-head">
                <h2 class="panel-title" id="score-course">"Score over time"</h2>
                <ChoiceBox choice=&SPANS chosen=days />
            </div>
            <Loaded phase=course.phase retry=move |()| course.load()>
                <Drawn course=shown />
                <Lines course=shown />
            </Loaded>
        </section>
    }
}

fn nothing() -> ScoreCourse {
    let (samples, changes, causes) = (Vec::new(), Vec::new(), Vec::new());
    ScoreCourse { from: Millis(0), to: Millis(0), samples, changes, causes, left_out: 0 }
}

#[component]
fn Drawn(course: Signal<ScoreCourse>) -> impl IntoView {
    let host = NodeRef::<Div>::new();
    let is_missing = RwSignal::new(false);
    effect(move || {
        let Some(element) = host.get() else { return };
        let element: leptos::web_sys::HtmlElement = element.into();
        let Some(picture) = course.with(course_picture) else {
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
    let summary = derived(move || course.with(course_summary));
    view! {
        <p class="muted course-summary">{summary}</p>
        <div class="chart" node_ref=host role="img" aria-label="Line chart of the score; the table has the same"></div>
        <When is=is_missing>
            <p class="note" role="status">"The chart could not be loaded. The table has the same."</p>
        </When>
    }
}

/// The table; its lines are drawn when it is opened.
#[component]
fn Lines(course: Signal<ScoreCourse>) -> impl IntoView {
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
            <div class="table-region course-table" role="region" aria-label="Score over time, as a table" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col" class="number">"Score"</th>
                            <th scope="col">"What happened"</th>
                        </tr>
                    </thead>
                    <tbody>{dynamic(move || course.with(course_lines).into_iter().map(row).collect_view())}</tbody>
                </table>
            </div>
        </When>
    }
}

fn row(line: CourseLine) -> AnyView {
    let CourseLine { at, score: points, what } = line;
    view! {
        <tr>
            <td class="cell-when">
                <time datetime=iso(at)>{exact(browser::local(at))}</time>
            </td>
            <td data-label="Score" class="number"><span>{points.map(score)}</span></td>
            <td data-label="What happened"><span class="course-what">{what}</span></td>
        </tr>
    }
    .into_any()
}
