//! The meetings of the team: lists, a day, a week, the time of all members, and leads with a refused address.

use futures_util::FutureExt;
use knock_wire::{Assignee, MeetingRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::kit::clock::use_clock;
use crate::kit::paged::Paged;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::meetings::add_meeting::AddMeetingForm;
use crate::parts::meetings::calendar::MeetingCalendar;
use crate::parts::meetings::spam_table::{NotSpamQuestion, SpamTable};
use crate::parts::meetings::table::MeetingTable;
use crate::parts::meetings::team_week::TeamWeek;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::inbox::notifications::use_notifications;
use crate::state::meetings::adding::{Adding, MeetingFor};
use crate::state::meetings::{MeetingLine, MeetingsQuery, keep_fresh};
use crate::state::session::use_session;
use crate::words::meeting_view::MeetingView;

lazy!(meetings => MeetingsPage);

/// The view and the owner of the address.
#[component]
pub(crate) fn MeetingsPage() -> impl IntoView {
    use_notifications().look_at_meetings(None);
    let query = use_query_map();
    let asked = memo(move || query.with(MeetingsQuery::of));
    let view = memo(move || asked.with(|asked| asked.view));
    let (adding, navigate) = (Adding::new(Signal::stored(MeetingFor::default())), use_navigate());
    let added = move |row: MeetingRow| navigate(&format!("/app/meetings/{}", row.id), NavigateOptions::default());
    view! {
        <div class="page-head">
            <Heading text="Meetings" />
            <OwnerChoice asked />
            <button class="button" type="button" on:click=handler(move |_| adding.ask())>
                "Add a meeting"
            </button>
        </div>
        <AddMeetingForm adding done=added />
        <Views asked />
        {dynamic(move || match view.get() {
            MeetingView::Day | MeetingView::Week => view! { <MeetingCalendar asked /> }.into_any(),
            MeetingView::Team => view! { <TeamWeek asked /> }.into_any(),
            view => view! { <List view asked /> }.into_any(),
        })}
    }
}

#[component]
fn Views(asked: Memo<MeetingsQuery>) -> impl IntoView {
    let link = move |view: MeetingView| {
        let is_current = move || asked.with(|asked| asked.view == view);
        view! {
            <a
                class="settings-link"
                href=derived(move || MeetingsQuery { view, ..asked.get() }.address())
                aria-current=derived(move || if is_current() { "page" } else { "false" })
            >
                {view.label()}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="settings-nav" aria-label="Views of meetings">
            {MeetingView::ALL.map(link).into_iter().collect::<Vec<_>>()}
        </nav>
    }
}

/// The filter of meetings by owner.
#[component]
fn OwnerChoice(asked: Memo<MeetingsQuery>) -> impl IntoView {
    let (session, members, navigate) = (use_session(), RwSignal::new(Vec::<Assignee>::new()), use_navigate());
    let client = session.client();
    spawn_local(async move {
        if let Ok(found) = client.assignees().await {
            members.try_set(found.assignees);
        }
    });
    let owner = memo(move || asked.with(|asked| asked.owner.clone()));
    let option = move |value: String, name: String| {
        let is_chosen = owner.get() == value;
        view! { <option value=value selected=is_chosen>{name}</option> }.into_any()
    };
    let options = move || {
        let fixed = [("", "All owners"), ("me", "Mine")].map(|(value, name)| (value.to_owned(), name.to_owned()));
        let members = members.get().into_iter().map(|member| (member.id.to_string(), member.email));
        fixed.into_iter().chain(members).map(|(value, name)| option(value, name)).collect::<Vec<_>>()
    };
    let choose = move |owner: String| {
        navigate(&MeetingsQuery { owner, ..asked.get_untracked() }.address(), NavigateOptions::default());
    };
    view! {
        <select
            class="input table-choice"
            aria-label="Owner"
            hidden=derived(move || asked.with(|asked| matches!(asked.view, MeetingView::Spam | MeetingView::Team)))
            on:change:target=move |event| choose(event.target().value())
        >
            {dynamic(options)}
        </select>
    }
}

#[component]
fn List(view: MeetingView, asked: Memo<MeetingsQuery>) -> impl IntoView {
    let (session, clock) = (use_session(), use_clock());
    // The number of shown lines, for the next refresh.
    let shown = StoredValue::new(0);
    let list = Paged::new(move |after| {
        let asked = MeetingsQuery { view, ..asked.get_untracked() };
        asked.lines(session.client(), clock.instant(), shown.get_value(), after).boxed_local()
    });
    let refresh = move || {
        shown.set_value(list.rows.values().len());
        list.ask_anew();
    };
    list.start();
    keep_fresh(true, move |lead| list.rows.values().iter().any(|line: &MeetingLine| line.lead() == lead), refresh);
    Effect::new(move |before: Option<String>| {
        let owner = asked.with(|asked| asked.owner.clone());
        if before.is_some_and(|before| before != owner) {
            list.start();
        }
        owner
    });
    let pardoned = RwSignal::new(None);
    let (title, text) = view.nothing();
    let is_spam = view == MeetingView::Spam;
    view! {
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When
                is=derived(move || !list.rows.is_empty())
                fallback=move || view! { <Empty title icon=Icon::Booked><p>{text}</p></Empty> }
            >
                {if is_spam {
                    view! { <SpamTable rows=list.rows pardoned /> }.into_any()
                } else {
                    view! { <MeetingTable rows=list.rows /> }.into_any()
                }}
            </When>
            <LoadMore list label="Load more" />
        </Loaded>
        {is_spam.then(|| view! { <NotSpamQuestion pardoned done=move |()| refresh() /> })}
    }
}
