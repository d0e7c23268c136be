//! A conversation in the inbox.

use knock_model::Millis;
use knock_status::chat::{Folder, InboxView};
use knock_wire::{Author, ConversationRow, Word};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::search_hits::SearchHits;
use super::select_boxes::SelectLine;
use super::status_badge::StatusBadge;
use super::waiting::Waiting;
use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::badge::badge_class;
use crate::parts::page::tag_chips::TagChips;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::page::when::When;
use crate::parts::record::intent_type::IntentTypeMark;
use crate::parts::record::score_badge::ScoreBadge;
use crate::state::inbox::chat_ownership::Owner;
use crate::state::inbox::list::Inbox;
use crate::state::inbox::selection::Selection;
use crate::state::inbox::team::use_team;
use crate::state::inbox::writing::use_writing;
use crate::state::session::use_session;
use crate::words::chat::{StatusTone, lead_label};
use crate::words::form::form_line;
use crate::words::message::{author_words, said_in};
use crate::words::number::counted;
use crate::words::work::{Wall, snoozed_words};

/// A conversation: lead, waiting time, end of a snooze or status, visit, intent, last message and unread count.
#[component]
pub(crate) fn InboxLine(row: Signal<ConversationRow>, inbox: Inbox, selection: Selection) -> impl IntoView {
    let label = memo(move || row.with(lead_label));
    let intent = derived(move || row.with(|row| row.intent.clone()));
    let at = derived(move || row.with(said_at));
    let unread = memo(move || row.with(|row| row.unread.unwrap_or_default()));
    let tags = derived(move || row.with(|row| row.tags.clone()));
    let own = row.with_untracked(|row| format!("/app/inbox/{}", row.id));
    // A search leads to the conversation that it found.
    let found = move || row.with(|row| row.hits.iter().find_map(|hit| hit.conversation).unwrap_or(row.id).to_string());
    let path = use_location().pathname;
    let current = memo(move || path.with(|path| path.trim_end_matches('/') == own).then_some("page"));
    let hits = memo(move || row.with(|row| row.hits.clone()));
    let said = move || match row.with(|row| (newest_form(row), row.last.clone())) {
        (Some(form), _) => said_by("Lead".to_owned(), true, form),
        (None, Some(last)) => said_by(author_words(&last), last.author == Author::Lead, said_in(&last)),
        (None, None) => view! { <span>"No messages yet"</span> }.into_any(),
    };
    let (writing, of) = (use_writing(), row.with_untracked(|row| row.id));
    let draft = memo(move || writing.has_draft(of));
    let draft = move || draft.get().then(|| view! { <span class="inbox-draft">"Draft"</span> });
    let new = move || (unread.get() > 0).then(|| counted(unread.get().into(), "new message"));
    view! {
        <li class="line inbox-line" class=("inbox-unread", move || unread.get() > 0)>
            <SelectLine row selection />
            <p class="inbox-who">
                <a
                    class="line-link"
                    href=derived(move || inbox.address(Some(&found())))
                    aria-current=derived(move || current.get())
                >
                    <bdi>{label}</bdi>
                </a>
                <TimeAgo at />
            </p>
            <When
                is=derived(move || hits.with(Vec::is_empty))
                fallback=move || view! { <SearchHits hits /> }
            >
                <p class="inbox-said">{dynamic(said)}</p>
            </When>
            <p class="inbox-marks">
                <LineState row view=inbox.view />
                <OnSiteMark row />
                <ScoreBadge intent />
                <IntentTypeMark intent />
                <LineOwner row view=inbox.view />
                <TagChips tags />
                {dynamic(draft)}
                <span class="inbox-new">{dynamic(new)}</span>
            </p>
        </li>
    }
}

/// The end of the snooze, else the waiting time, else Chat Status.
#[component]
fn LineState(row: Signal<ConversationRow>, view: Memo<InboxView>) -> impl IntoView {
    let clock = use_clock();
    let status = memo(move || row.with(|row| row.state.status.spelling().into_owned()));
    let waiting_since = memo(move || row.with(|row| row.waiting_since));
    let snoozed_until = memo(move || row.with(snoozed_until));
    // Beside others, in what a search found.
    let is_done = memo(move || {
        let is_done = row.with(|row| row.folder == Some(Word::Known(Folder::Done)));
        is_done && view.get() != InboxView::Done
    });
    dynamic(move || match (snoozed_until.get(), waiting_since.get()) {
        (Some(until), _) => {
            // The words change at midnight only.
            let wall = Wall { local: browser::local, now: clock.now_since(Millis(0)) };
            view! { <span class="badge badge-low">{snoozed_words(until, wall)}</span> }.into_any()
        }
        (None, Some(since)) => view! { <Waiting since=Signal::stored(since) /> }.into_any(),
        (None, None) if is_done.get() => view! { <span class="badge badge-low">"Done"</span> }.into_any(),
        (None, None) => view! { <StatusBadge status /> }.into_any(),
    })
}

/// Shown while the lead has a page of a site open.
#[component]
fn OnSiteMark(row: Signal<ConversationRow>) -> impl IntoView {
    let clock = use_clock();
    let is_here = memo(move || row.with(|row| row.on_site_until).is_some_and(|until| until > clock.now()));
    dynamic(move || is_here.get().then(|| view! { <span class=badge_class(StatusTone::Good)>"On the site"</span> }))
}

/// The owner, where the view does not say who it is.
#[component]
fn LineOwner(row: Signal<ConversationRow>, view: Memo<InboxView>) -> impl IntoView {
    let (team, session) = (use_team(), use_session());
    let words = memo(move || {
        let owner = row.with(|row| Owner::of(&row.state, &session.email()));
        match (view.get(), &owner) {
            (InboxView::Mine, _) | (InboxView::Unassigned, Owner::Unassigned | Owner::Queue) => String::new(),
            _ => owner.label(|email| team.name(email)),
        }
    });
    view! {
        <span class="inbox-owner" hidden=derived(move || words.with(String::is_empty))>
            <span class="unseen">"Owner: "</span>
            <bdi>{words}</bdi>
        </span>
    }
}

/// The author and the text. That of the lead is read aloud only.
fn said_by(author: String, is_lead: bool, text: String) -> AnyView {
    view! {
        <span class="inbox-author" class:unseen=is_lead>
            <bdi>{author}": "</bdi>
        </span>
        <bdi>{text}</bdi>
    }
    .into_any()
}

/// The last form in words, where nothing was written since.
fn newest_form(row: &ConversationRow) -> Option<String> {
    let form = row.form.as_ref().filter(|form| row.last.as_ref().is_none_or(|last| last.at <= form.at))?;
    Some(form_line(form))
}

/// The instant of the last message or form.
fn said_at(row: &ConversationRow) -> Millis {
    let last = row.last.as_ref().map(|last| last.at);
    last.max(row.form.as_ref().map(|form| form.at)).unwrap_or(row.opened_at)
}

/// The end of the snooze of a snoozed conversation.
fn snoozed_until(row: &ConversationRow) -> Option<Millis> {
    row.snoozed_until.filter(|_| row.folder == Some(Word::Known(Folder::Snoozed)))
}
