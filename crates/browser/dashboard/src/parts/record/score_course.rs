//! The score of a contact over time, as a chart and as a table.

use futures_util::FutureExt;
use knock_model::{LeadId, Millis};
use knock_wire::ScoreCourse;
use leptos::prelude::*;

use crate::kit::reactive::{derived, effect, memo};
use crate::kit::single::Single;
use crate::parts::form::choice_box::{Choice, ChoiceBox};
use crate::parts::page::chart::Chart;
use crate::parts::page::loaded::Loaded;
use crate::state::session::use_session;
use crate::words::course::{course_picture, course_summary, course_table};

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
                <Chart
                    subject="the score"
                    picture=derived(move || shown.with(course_picture))
                    summary=derived(move || shown.with(course_summary))
                    table=derived(move || shown.with(course_table))
                />
            </Loaded>
        </section>
    }
}

fn nothing() -> ScoreCourse {
    let (samples, changes, causes) = (Vec::new(), Vec::new(), Vec::new());
    ScoreCourse { from: Millis(0), to: Millis(0), samples, changes, causes, left_out: 0 }
}
