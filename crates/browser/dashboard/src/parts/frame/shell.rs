//! The frame of every page: navigation, the member, the state of the live feed.

use knock_model::Permission;
use knock_wire::{DeliveryTrouble, SessionState};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::{A, Outlet, Redirect};
use leptos_router::hooks::use_navigate;

use super::copy_note::CopyNote;
use super::hand_over::HandOverQuestion;
use super::name_offer::NameOffer;
use super::notification_offer::NotificationOffer;
use super::password_offer::PasswordOffer;
use super::personal_notes::PersonalNotes;
use crate::api::Failure;
use crate::kit::clock::use_clock;
use crate::kit::destination::{self, HOME, SIGN_IN};
use crate::kit::reactive::{dynamic, handler, memo};
use crate::kit::{browser, notifier};
use crate::parts::page::announcer::AnnouncerRegion;
use crate::parts::page::connection::{ConnectionMark, OfflineNote};
use crate::parts::page::failed::Failed;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::meeting_badge::MeetingBadge;
use crate::parts::page::presence_button::PresenceButton;
use crate::parts::page::skeleton::Skeleton;
use crate::parts::page::waiting_badge::WaitingBadge;
use crate::state::inbox::notifications::use_notifications;
use crate::state::inbox::writing::use_writing;
use crate::state::live::use_live;
use crate::state::session::{Absence, Session, SignedIn, use_session};
use crate::words::team::storage_words;
use crate::words::trouble::{trouble_page, trouble_words};
use crate::words::workflows::MANAGE;

/// The path of a site's settings.
pub(crate) const SITE_SETTINGS: &str = "/app/settings/sites";

#[derive(Clone, PartialEq)]
enum Standing {
    Unknown,
    Member { email: String, role: String, storage: String },
    SignedOut(Absence),
    Failed(Failure),
}

/// The app for a member; else the sign-in page.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let session = use_session();
    let check = move || spawn_local(async move { drop(session.check().await) });
    check();
    let standing = memo(move || match session.state() {
        SignedIn::Unknown => Standing::Unknown,
        SignedIn::As(SessionState { email, role, storage, .. }) => {
            Standing::Member { email, role: role.spelling().into_owned(), storage: storage.unwrap_or_default() }
        }
        SignedIn::NoOne(absence) => Standing::SignedOut(absence),
        SignedIn::Failed(failure) => Standing::Failed(failure),
    });
    move || match standing.get() {
        Standing::Unknown => view! { <main class="lone"><Skeleton /></main> }.into_any(),
        Standing::Failed(failure) => {
            view! { <main class="lone"><Failed failure retry=move |()| check() /></main> }.into_any()
        }
        Standing::SignedOut(absence) => {
            let path = match absence {
                Absence::SignedOut => SIGN_IN.to_owned(),
                Absence::FromStart | Absence::Ended => destination::sign_in_to(&browser::address()),
            };
            view! { <Redirect path /> }.into_any()
        }
        Standing::Member { email, role, storage } => view! { <Around email role storage /> }.into_any(),
    }
}

#[component]
fn Around(email: String, role: String, storage: String) -> impl IntoView {
    let session = use_session();
    connect(session);
    let writing = use_writing();
    writing.restore(&email);
    use_live().after_gap(move || writing.resend());
    let navigate = use_navigate();
    use_notifications().start(move |path| navigate(&path, NavigateOptions::default()));
    view! {
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <div class="shell">
            <header class="side">
                <a class="brand" href=HOME>
                    "Knock"
                </a>
                <Navigation />
                <div class="side-foot">
                    <ConnectionMark />
                    <PresenceButton />
                    <Member email role />
                </div>
            </header>
            <main class="main" id="main" tabindex="-1">
                <OfflineNote />
                <CopyNote />
                <p class="note note-offline" role="status" hidden=storage.is_empty()>
                    {storage_words(&storage)}
                </p>
                {move || session.troubles.get().into_iter().map(trouble).collect_view()}
                <NameOffer />
                <PasswordOffer />
                <NotificationOffer />
                <HandOverQuestion />
                <Outlet />
            </main>
        </div>
        <PersonalNotes />
        <AnnouncerRegion />
    }
}

/// A kind of destination that gets nothing or not everything, with the page that says why.
fn trouble(of: DeliveryTrouble) -> impl IntoView {
    let page = trouble_page(&of.destination).map(|(href, name)| {
        view! {
            " "
            <A href=href attr:class="link">
                {name}
            </A>
            " has more."
        }
    });
    view! {
        <p class="note note-offline" role="status">
            <span>{trouble_words(&of, use_clock().now_untracked())} {page}</span>
        </p>
    }
}

/// Keeps the live feed connected while a member is signed in; reacts to changes of the network at once.
fn connect(session: Session) {
    let (live, clock) = (use_live(), use_clock());
    live.start(session, clock);
    let online = window_event_listener(ev::online, move |_| live.start(session, clock));
    let offline = window_event_listener(ev::offline, move |_| live.start(session, clock));
    on_cleanup(move || {
        online.remove();
        offline.remove();
        live.stop();
    });
}

#[component]
fn Navigation() -> impl IntoView {
    let session = use_session();
    let item = |needs: Permission, href: &'static str, icon: Icon, name: &'static str| {
        view! {
            <li hidden=!session.may(needs)>
                <A href=href attr:class="nav-link">
                    <IconMark icon />
                    {name}
                    {(icon == Icon::Inbox).then(|| view! { <WaitingBadge /> })}
                    {(icon == Icon::Booked).then(|| view! { <MeetingBadge /> })}
                </A>
            </li>
        }
    };
    view! {
        <nav class="nav" aria-label="Main">
            <ul>
                {item(Permission::UseInbox, HOME, Icon::Home, "Home")}
                {item(Permission::SeeRecords, "/app/live", Icon::Live, "Live")}
                {item(Permission::UseInbox, "/app/inbox", Icon::Inbox, "Inbox")}
                {item(Permission::SeeRecords, "/app/contacts", Icon::Contacts, "Contacts")}
                {item(Permission::SeeRecords, "/app/accounts", Icon::Accounts, "Accounts")}
                {item(Permission::UseInbox, "/app/meetings", Icon::Booked, "Meetings")}
                {item(Permission::EditRouting, "/app/links", Icon::Link, "Knock Links")}
                {item(Permission::EditRouting, "/app/routing-rules", Icon::Route, "Routing Rules")}
                {item(MANAGE, "/app/workflows", Icon::Workflow, "Workflows")}
                {item(Permission::SeeKnowledge, "/app/agents", Icon::Agents, "Agents")}
                {item(Permission::SeeReports, "/app/reports", Icon::Rising, "Reports")}
                {item(Permission::ManageSites, "/app/install", Icon::Install, "Install")}
                {item(Permission::UseSession, "/app/settings", Icon::Key, "Settings")}
            </ul>
        </nav>
    }
}

#[component]
fn Member(email: String, role: String) -> impl IntoView {
    let (session, writing) = (use_session(), use_writing());
    let (title, failure) = (email.clone(), RwSignal::new(None::<Failure>));
    let sign_out = move |_| {
        // They could not be sent later.
        writing.send_all_now();
        session.leave(true);
        spawn_local(async move {
            match session.client().sign_out().await {
                Ok(()) => {
                    notifier::unsubscribe().await;
                    writing.clear();
                    destination::forget();
                    session.end();
                    session.leave(false);
                }
                Err(reason) => {
                    session.leave(false);
                    failure.try_set(Some(reason));
                }
            }
        });
    };
    view! {
        <div class="member">
            <p class="member-name" title=title>
                <bdi>{email}</bdi>
                <span class="muted">{role}</span>
            </p>
            <button class="button button-quiet" type="button" on:click=handler(sign_out)>
                <IconMark icon=Icon::SignOut />
                <span>"Sign out"</span>
            </button>
        </div>
        {dynamic(move || failure.get().map(|_| view! { <p class="form-error" role="alert">"Signing out failed: try again."</p> }))}
    }
}
