//! A meeting: its facts and actions.

use futures_util::FutureExt;
use knock_model::MeetingId;
use knock_wire::ContactRecord;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::missing::MissingPage;
use crate::kit::notifier;
use crate::kit::reactive::{derived, memo};
use crate::kit::single::Single;
use crate::parts::meetings::actions::MeetingActions;
use crate::parts::meetings::calendar_change::calendar_change;
use crate::parts::meetings::facts::MeetingFacts;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::inbox::notifications::use_notifications;
use crate::state::meetings::changing::MeetingChanges;
use crate::state::meetings::keep_fresh;
use crate::state::session::use_session;

lazy!(meetings => MeetingPage);

/// The meeting of the address.
#[component]
pub(crate) fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.read().get("id").and_then(|id| MeetingId::parse(&id).ok()));
    move || match id.get() {
        Some(id) => view! { <MeetingOf id /> }.into_any(),
        None => view! { <MissingPage /> }.into_any(),
    }
}

#[component]
fn MeetingOf(id: MeetingId) -> impl IntoView {
    let session = use_session();
    let contact = RwSignal::new(None::<ContactRecord>);
    let meeting = Single::new(move || {
        let client = session.client();
        async move {
            let meeting = client.meeting(id).await?;
            // If this fails, the meeting is shown without its chats.
            contact.try_set(client.contact(meeting.lead, None).await.ok());
            Ok(meeting)
        }
        .boxed_local()
    });
    meeting.load();
    notifier::look(&id.to_string());
    use_notifications().look_at_meetings(Some(id));
    on_cleanup(|| notifier::look(""));
    let is_theirs = move |lead| meeting.value.with_untracked(|row| row.as_ref().is_some_and(|row| row.lead == lead));
    keep_fresh(false, is_theirs, move || meeting.load());
    let changes = MeetingChanges::new(id, meeting);
    // A reload of the same meeting causes no redraw: the focus stays in place.
    let shown = memo(move || meeting.value.get());
    let text = derived(move || {
        let title = meeting.value.with(|row| row.as_ref().map(|row| row.title.clone()));
        title.unwrap_or_else(|| "Meeting".to_owned())
    });
    view! {
        <a class="back" href="/app/meetings"><IconMark icon=Icon::Back /> "Meetings"</a>
        <Heading text />
        <Loaded phase=meeting.phase retry=move |()| meeting.load()>
            <When is=derived(move || meeting.value.with(Option::is_some))>
                {calendar_change(changes, shown)}
                <MeetingActions changes shown />
                <MeetingFacts meeting=shown contact />
            </When>
        </Loaded>
    }
}
