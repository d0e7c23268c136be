//! Home: what to do first, what is up today, and for managers how today goes for the team.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::home::{FirstSteps, Team, Today, Waits};
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::home::OnHome;
use crate::words::home::is_settled;

lazy!(home => HomePage);

/// The first steps above today while one is open, else below it. Leads who wait stand above all.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let on_home = OnHome::start();
    let is_over = derived(move || {
        on_home.home.value.with(|home| home.as_ref().is_some_and(|home| home.steps.iter().all(is_settled)))
    });
    let is_urgent =
        derived(move || on_home.home.value.with(|home| home.as_ref().is_some_and(|home| home.today.waiting > 0)));
    view! {
        <Heading text="Home" />
        <Loaded phase=on_home.home.phase retry=move |()| on_home.home.load()>
            <When is=is_urgent>
                <Waits on_home />
            </When>
            <When is=derived(move || !is_over.get())>
                <FirstSteps on_home />
            </When>
            <Team on_home />
            <Today on_home is_urgent />
            <When is=is_over>
                <FirstSteps on_home />
            </When>
        </Loaded>
    }
}
