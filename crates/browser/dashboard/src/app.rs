//! The app: shared state and routes.

use knock_model::Permission;
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::api::Transport;
use crate::kit::clock::ServerClock;
use crate::kit::destination::HOME;
use crate::kit::history::History;
use crate::pages;
use crate::pages::inbox::NothingChosen;
use crate::pages::missing::MissingPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::SignInPage;
use crate::parts::frame::shell::Shell;
use crate::parts::page::heading::Visited;
use crate::parts::page::only::only;
use crate::state::inbox::notifications::Notifications;
use crate::state::inbox::writing::Writing;
use crate::state::live::Live;
use crate::state::records::announcer::Announcer;
use crate::state::session::Session;
use crate::state::settings::hand_over::HandOver;
use crate::state::settings::presence::provide_presence;
use crate::state::workflows::dry_runs::Tried;
use crate::words::workflows::MANAGE;

#[component]
pub(crate) fn App(send: Transport) -> impl IntoView {
    provide(send);
    view! {
        <Router>
            <Routes fallback=|| view! { <main class="lone"><MissingPage /></main> }>
                <Route path=path!("/app/sign-in") view=SignInPage />
                <ParentRoute path=path!("/app") view=Shell>
                    <Route path=path!("") view=|| view! { <Redirect path=HOME /> } />
                    <Route path=path!("home") view=|| only(Permission::UseInbox, pages::home::page) />
                    <Route path=path!("live") view=pages::live::page />
                    <ParentRoute path=path!("inbox") view=pages::inbox::page>
                        <Route path=path!("") view=NothingChosen />
                        <Route path=path!(":id") view=pages::conversation::page />
                    </ParentRoute>
                    <Route path=path!("contacts") view=pages::contacts::page />
                    <Route path=path!("contacts/:id") view=pages::contact::page />
                    <Route path=path!("accounts") view=pages::accounts::page />
                    <Route path=path!("accounts/:id") view=pages::account::page />
                    <Route path=path!("meetings") view=|| only(Permission::UseInbox, pages::meetings::page) />
                    <Route path=path!("meetings/:id") view=|| only(Permission::UseInbox, pages::meeting::page) />
                    <Route path=path!("agents/*page") view=|| only(Permission::SeeKnowledge, pages::agents::page) />
                    <Route path=path!("links") view=|| only(Permission::EditRouting, pages::links::page) />
                    <Route path=path!("routing-rules") view=|| only(Permission::EditRouting, pages::routing_rules::page) />
                    <Route path=path!("routing-rules/:id") view=|| only(Permission::EditRouting, pages::routing_rule::page) />
                    <Route path=path!("workflows") view=|| only(MANAGE, pages::workflows::page) />
                    <Route path=path!("workflows/:id") view=|| only(MANAGE, pages::workflow::page) />
                    <Route path=path!("reports/*page") view=|| only(Permission::SeeReports, pages::reports::page) />
                    <Route path=path!("install") view=|| only(Permission::ManageSites, pages::install::page) />
                    <Route path=path!("settings/*page") view=SettingsPage />
                    <Route path=path!("*any") view=MissingPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Provides the shared state of all pages.
pub(crate) fn provide(send: Transport) {
    let clock = ServerClock::start();
    provide_context(clock);
    provide_context(History::start());
    let session = Session::new(send, clock);
    provide_context(session);
    provide_context(Writing::new(session));
    provide_context(Live::new());
    provide_context(Notifications::new(session));
    provide_context(Announcer::new());
    provide_context(Visited::new());
    provide_presence();
    provide_context(HandOver::new(session));
    provide_context(Tried::new());
}
