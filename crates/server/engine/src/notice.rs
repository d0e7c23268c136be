//! Notices of a commit: the keys that it changed, for watchers.

use knock_model::{AccountId, ConversationId, LeadId, MeetingId, NoteId, ReminderId, RepId, SiteId, VisitorId};
use knock_ports::StoredSignal;
use knock_wire::{Doing, MeetingChangeKind};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// The delay between a commit and the read of the store: commits come hundreds of times a second, so one read serves
/// many.
pub(crate) const SETTLE: Duration = Duration::from_millis(20);

/// A change that is on the disk.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// A signal was stored.
    Signal(Box<StoredSignal>),
    /// A person changed.
    Lead(LeadId),
    /// A company changed.
    Account(AccountId),
    /// A chat's status or summary changed.
    Chat(LeadId),
    /// A conversation has new messages.
    Message(ConversationId),
    /// What the team or a workflow says to a browser first changed: its invitations, or the nudges of its lead.
    Invitation(VisitorId),
    /// A conversation has a new internal note.
    Note(ConversationId),
    /// The presence of a member or a lead in a conversation, which is not stored.
    Presence(Presence),
    /// A meeting changed in a way that concerns its owner.
    Meeting(MeetingNotice),
    /// Something happened that concerns one member alone.
    Personal(Personal),
    /// A timer was set.
    Timer,
    /// A site changed, or the mail server that mail of all sites is sent by.
    Site,
    /// A change of access: of a member, or of a secret.
    Access,
    /// A destination or a delivery changed.
    Outbox,
    /// A question with an answer or a source of knowledge of a site changed.
    Knowledge(SiteId),
    /// A workflow, or what holds for all of them, changed.
    Workflows,
    /// A number of changes of another server that are not sent one by one.
    Missed(u64),
    /// Notices of peers were missed for a while: anything may have changed.
    Unheard,
}

/// The presence in a conversation at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub conversation: ConversationId,
    /// The member; none is the lead.
    pub member: Option<RepId>,
    pub doing: Doing,
}

/// A change of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingNotice {
    pub meeting: MeetingId,
    pub what: MeetingChangeKind,
    /// The owner before, if another member owns it now; of a change in a calendar, its member, if that is not the owner.
    pub former: Option<RepId>,
    /// The member who made it; none for the lead, an API key and the server.
    #[serde(default)]
    pub by: Option<RepId>,
}

/// Something that concerns one member alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    pub member: RepId,
    pub what: PersonalFact,
}

/// What concerns one member alone, by the id of what is stored of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonalFact {
    /// They are named in this note.
    Mention(NoteId),
    /// This reminder of theirs is due.
    Reminder(ReminderId),
}

/// Waits for a commit with this notice, and a little for those that follow it.
///
/// # Errors
/// When the writer is gone.
pub(crate) async fn changed(changes: &mut Receiver<Arc<[Notice]>>, what: &Notice) -> Result<(), ()> {
    changed_where(changes, |notice| notice == what).await
}

/// Waits for a commit with a notice of some kind, and a little for those that follow it.
///
/// # Errors
/// When the writer is gone.
pub(crate) async fn changed_where(
    changes: &mut Receiver<Arc<[Notice]>>,
    is_it: impl Fn(&Notice) -> bool,
) -> Result<(), ()> {
    loop {
        match changes.recv().await {
            Ok(notices) if !notices.iter().any(&is_it) => {}
            Ok(_) | Err(RecvError::Lagged(_)) => break,
            Err(RecvError::Closed) => return Err(()),
        }
    }
    tokio::time::sleep(SETTLE).await;
    // Later changes are in the store already; unread notices would stay in memory.
    *changes = changes.resubscribe();
    Ok(())
}
