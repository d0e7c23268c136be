//! The Meeting Status of a contact: its fields, meetings and history.

use knock_model::Permission;
use knock_wire::{MeetingFlowShown, MeetingRow, MeetingStatusWord, MeetingStep};
use leptos::prelude::*;

use super::facts::fact;
use super::standing_badge::StandingBadge;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::memo;
use crate::parts::page::badge::badge_class;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::session::use_session;
use crate::words::instant::{exact, iso};
use crate::words::meeting::{meeting_cause, meeting_tone, meeting_why, span_label, status_change_words};

/// The flag of a cancellation after the start.
const CANCELLED_LATE: &str = "cancel_after_start";

/// All of it; nothing for a contact without a Meeting Status.
#[component]
pub(crate) fn MeetingFlow(
    /// The Meeting Status with its history.
    #[prop(into)]
    flow: Signal<Option<Box<MeetingFlowShown>>>,
) -> impl IntoView {
    let flow = memo(move || flow.get());
    let may_open = use_session().may(Permission::UseInbox);
    move || flow.get().map(|flow| panels(*flow, may_open))
}

fn panels(flow: MeetingFlowShown, may_open: bool) -> AnyView {
    let clock = use_clock();
    let next = status_change_words(&flow, clock.now_untracked());
    let is_late = flow.flags.iter().any(|flag| flag == CANCELLED_LATE);
    let MeetingFlowShown {
        status,
        since,
        reject_reason,
        meeting_time,
        meeting_owner,
        cancelled_by,
        in_reports,
        history,
        meetings,
        ..
    } = flow;
    let rejected_by = reject_reason.as_ref().map(|_| "AI Agent".to_owned());
    let texts = [
        ("Meeting Owner", meeting_owner),
        ("Cancelled By", cancelled_by),
        ("Rejected By", rejected_by),
        ("Reject Reason", reject_reason),
    ];
    let texts = texts.into_iter().filter_map(|(name, text)| {
        let text = text?;
        Some(fact(name, view! { <bdi>{text}</bdi> }.into_any()))
    });
    let at = meeting_time.map(|at| {
        let words = exact(browser::local(at));
        fact("Meeting Time", view! { <time datetime=iso(at)>{words}</time> }.into_any())
    });
    let has_meetings = may_open && !meetings.is_empty();
    view! {
        <section class="panel" aria-labelledby="meeting-status">
            <h2 class="panel-title" id="meeting-status">"Meeting Status"</h2>
            {is_late.then(|| view! { <p class="note">"The meeting was cancelled after it began."</p> })}
            <p class="status-now"><Badge status=status.clone() /> <span class="next-change">{next}</span></p>
            <p class="muted status-why">{meeting_why(&status)}</p>
            <dl class="facts">
                {fact("Since", view! { <TimeAgo at=since /> }.into_any())}
                {at}
                {texts.collect::<Vec<_>>()}
            </dl>
            {(!in_reports).then(|| view! { <p class="muted">"Not in reports."</p> })}
            <details class="why">
                <summary>"Meeting Status history"</summary>
                <ol class="changes">{history.into_iter().rev().map(step).collect::<Vec<_>>()}</ol>
            </details>
        </section>
        {has_meetings.then(|| meetings_of(meetings))}
    }
    .into_any()
}

#[component]
fn Badge(status: MeetingStatusWord) -> impl IntoView {
    view! { <span class=badge_class(meeting_tone(&status))>{status.spelling().into_owned()}</span> }
}

fn step(MeetingStep { at, status, cause }: MeetingStep) -> AnyView {
    view! {
        <li class="change">
            <p class="change-cause"><Badge status /> <TimeAgo at /></p>
            <p class="muted">{meeting_cause(&cause).to_owned()}</p>
        </li>
    }
    .into_any()
}

/// A panel with a line for each meeting, the latest first.
pub(crate) fn meetings_of(meetings: Vec<MeetingRow>) -> AnyView {
    let clock = use_clock();
    let line = |row: MeetingRow| {
        let (start, end) = (browser::local(row.start_at), browser::local(row.end_at));
        let words = span_label(start, end, browser::local(clock.now_untracked()));
        view! {
            <div class="fact">
                <dt>
                    <a class="link" href=format!("/app/meetings/{}", row.id) title=exact(start)>{words}</a>
                </dt>
                <dd><StandingBadge meeting=row /></dd>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="contact-meetings">
            <h2 class="panel-title" id="contact-meetings">"Meetings"</h2>
            <dl class="facts">{meetings.into_iter().rev().map(line).collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}
