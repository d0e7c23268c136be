//! How today goes for the team: figures beside their usual value, waits by age, and members that take chats.

use knock_model::Millis;
use knock_wire::{HomeFigure, HomeMember, HomeTeam};
use leptos::prelude::*;
use leptos_router::components::A;

use super::team_waits::ages;
use super::today::{part, quiet};
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::when::When;
use crate::state::home::OnHome;
use crate::words::home_team::{beside_usual, is_without_data, member_words, report_path, value_words};

/// Shown to roles that may see reports: for others the server says nothing of the team.
#[component]
pub(crate) fn Team(on_home: OnHome) -> impl IntoView {
    let team = memo(move || on_home.home.value.with(|home| home.as_ref().and_then(|home| home.team.clone())));
    // Each part is drawn again for its own changes alone: links keep the focus.
    let day = memo(move || {
        team.with(|team| {
            let HomeTeam { zone, day, figures, .. } = team.clone().unwrap_or_default();
            HomeTeam { zone, day, figures, ..HomeTeam::default() }
        })
    });
    let waiting = memo(move || team.with(|team| team.as_ref().map(|team| team.waiting.clone()).unwrap_or_default()));
    let members = memo(move || team.with(|team| team.as_ref().map(|team| team.members.clone()).unwrap_or_default()));
    view! {
        <When is=derived(move || team.with(Option::is_some))>
            <section class="home-steps" aria-labelledby="home-figures">
                <h2 class="panel-title" id="home-figures">"Today"</h2>
                {dynamic(move || figures(&day.get()))}
            </section>
            <div class="home-today">
                {part("Waiting by age", "home-ages", dynamic(move || ages(&waiting.get())).into_any())}
                {part(
                    "Team now",
                    "home-members",
                    dynamic(move || list(&members.get(), on_home.instant())).into_any(),
                )}
            </div>
        </When>
    }
}

fn figures(team: &HomeTeam) -> AnyView {
    if team.figures.iter().all(is_without_data) {
        return quiet("There is nothing to count yet: figures come with the first visit of a site.");
    }
    let cards: Vec<_> = team.figures.iter().map(|of| card(team, of)).collect();
    view! {
        <ul class="report-figures" aria-label="Figures of today">
            {cards}
        </ul>
    }
    .into_any()
}

fn card(team: &HomeTeam, of: &HomeFigure) -> AnyView {
    let today = of.today.map_or_else(|| "No data".to_owned(), |today| value_words(&of.unit, today));
    let beside = beside_usual(of);
    let tone = match beside.is_better {
        Some(true) => "report-change report-better",
        Some(false) => "report-change report-worse",
        None => "report-change",
    };
    let label = of.label.clone();
    view! {
        <li class="panel">
            <A href=report_path(team, &of.metric) attr:class="report-figure">
                <span class="link">{label.clone()}</span>
                <strong class="report-value">{today.clone()}</strong>
                <span class=tone>{beside.text.clone()}</span>
            </A>
        </li>
    }
    .into_any()
}

fn list(members: &[HomeMember], now: Millis) -> AnyView {
    if members.is_empty() {
        return quiet("No active member takes chats.");
    }
    let line = |of: &HomeMember| {
        view! {
            <li class="home-line">
                <bdi>{of.name.clone()}</bdi>
                <span class="muted">{member_words(of, now)}</span>
            </li>
        }
        .into_any()
    };
    let lines: Vec<_> = members.iter().map(line).collect();
    view! { <ul class="home-list">{lines}</ul> }.into_any()
}
