//! The app: shared state and routes.

use knock_model::Permission;
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::api::Transport;
use crate::clock::ServerClock;
use crate::history::History;
use crate::live::Live;
use crate::notifications::Notifications;
use crate::pages::{self, LivePage, MissingPage, NothingChosen, SettingsPage, SignInPage};
use crate::parts::{Announcer, Shell, Visited, only};
use crate::presence::provide_presence;
use crate::session::Session;
use crate::writing::Writing;

#[component]
pub(crate) fn App(send: Transport) -> impl IntoView {
    provide(send);
    view! {
        <Router>
            <Routes fallback=|| view! { <main class="lone"><MissingPage /></main> }>
                <Route path=path!("/app/sign-in") view=SignInPage />
                <ParentRoute path=path!("/app") view=Shell>
                    <Route path=path!("") view=|| view! { <Redirect path="/app/live" /> } />
                    <Route path=path!("live") view=LivePage />
                    <ParentRoute path=path!("inbox") view=pages::inbox>
                        <Route path=path!("") view=NothingChosen />
                        <Route path=path!(":id") view=pages::conversation />
                    </ParentRoute>
                    <Route path=path!("contacts") view=pages::contacts />
                    <Route path=path!("contacts/:id") view=pages::contact />
                    <Route path=path!("accounts") view=pages::accounts />
                    <Route path=path!("accounts/:id") view=pages::account />
                    <Route path=path!("meetings") view=|| only(Permission::UseInbox, pages::meetings) />
                    <Route path=path!("meetings/:id") view=|| only(Permission::UseInbox, pages::meeting) />
                    <Route path=path!("agents/*page") view=|| only(Permission::SeeKnowledge, pages::agents) />
                    <Route path=path!("links") view=|| only(Permission::EditRouting, pages::links) />
                    <Route path=path!("routing-rules") view=|| only(Permission::EditRouting, pages::routing_rules) />
                    <Route path=path!("routing-rules/:id") view=|| only(Permission::EditRouting, pages::routing_rule) />
                    <Route path=path!("install") view=|| only(Permission::ManageSites, pages::install) />
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
}
