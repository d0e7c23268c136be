//! The Slack workspace in the store: what lets in there, what was posted, and who its people are.
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::{ConversationId, EffectKind, MeetingId, MessageId, Millis, NoteId};
use knock_wire::{NOTE_MARK, SlackProblem};
use serde::{Deserialize, Serialize};

/// What the team has chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackChoice {
    /// The channel where every chat is shown; empty for none.
    pub monitoring_channel: String,
    /// Its name, as it was then.
    #[serde(default)]
    pub channel_name: String,
    /// What a message begins with that stays inside.
    pub note_mark: String,
}

impl Default for SlackChoice {
    fn default() -> SlackChoice {
        let (monitoring_channel, channel_name) = (String::new(), String::new());
        SlackChoice { monitoring_channel, channel_name, note_mark: NOTE_MARK.to_owned() }
    }
}

/// What lets the server in at Slack, sealed by its own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackApp {
    /// The token of the bot.
    pub token: String,
    /// What posts of Slack are signed with.
    pub signing_secret: String,
    /// The app that the token was got by; none where a person pasted the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<SlackOauthClient>,
}

/// An app that can be installed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackOauthClient {
    /// Its public id.
    pub id: String,
    /// Its secret, sealed by the server's own key.
    pub secret: String,
}

/// What Slack says of the token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackIdentity {
    /// The id of the Slack workspace.
    pub team_id: String,
    /// Its name.
    pub team: String,
    /// The user of the bot.
    pub bot_user: String,
    /// The name of that user.
    pub bot: String,
    /// What the app needs and the token may not do.
    pub missing_scopes: Vec<String>,
}

/// Somebody of the Slack workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlackPerson {
    /// Their id.
    pub id: String,
    /// How they are called.
    pub name: String,
    /// Their address in lower case; empty where it is not shown.
    pub email: String,
    /// What they are: `member`, `no_email`, `guest`, `deactivated`, `bot`.
    pub state: String,
}

impl SlackPerson {
    /// Whether they can answer leads, as far as Slack says it.
    pub fn is_member(&self) -> bool {
        self.state == "member"
    }

    /// Whether they have left the workspace.
    pub fn has_left(&self) -> bool {
        self.state == "deactivated"
    }

    /// Whether they are of the house: no guest, no bot, and still there.
    pub fn is_colleague(&self) -> bool {
        self.is_member() || self.state == "no_email"
    }
}

/// What a post is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackAbout {
    /// A chat.
    Chat(ConversationId),
    /// A meeting.
    Meeting(MeetingId),
}

/// Something that was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlackPost {
    /// Which of ours it is: it stands in the metadata of the post too.
    pub key: String,
    /// The chat or the meeting that it is about.
    pub about: SlackAbout,
    /// The channel.
    pub channel: String,
    /// Its id within the channel, of a file its id; empty while it is unknown whether it arrived.
    pub ts: String,
    /// A hash of what it says, to see whether it has changed; of a file its id at Slack.
    pub said: String,
    /// When it was tried first.
    pub tried_at: Millis,
}

/// The effect: a conversation is shown in Slack as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackShow {
    /// Which.
    pub conversation: ConversationId,
}

impl SlackShow {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.show");
}

/// The effect: a meeting is shown in Slack as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackMeeting {
    /// Which.
    pub meeting: MeetingId,
}

impl SlackMeeting {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.meeting");
}

/// The effect: a file that a member posted in their thread is fetched, and goes to the lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackFile {
    /// The channel of its message.
    pub channel: String,
    /// The message.
    pub ts: String,
    /// The first message of the thread.
    pub thread: String,
    /// Who wrote it.
    pub user: String,
    /// The id of the message to the lead that it becomes.
    pub message: MessageId,
    /// The id of the note that its message would be.
    pub note: NoteId,
    /// What it is called.
    pub name: String,
    /// What its sender calls it.
    pub title: String,
    /// Where its content is; empty where Slack does not have it.
    pub url: String,
    /// Bytes of it, as Slack says.
    pub size: u64,
    /// How long it may take to reach the lead's browser before it is mailed; none is never mailed.
    pub mail_after: Option<Millis>,
}

impl SlackFile {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.file");
}

/// The effect: a message to one person alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackTell {
    /// Where.
    pub channel: String,
    /// In which thread; empty for none.
    pub thread: String,
    /// Whom.
    pub user: String,
    /// What.
    pub text: String,
}

impl SlackTell {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.tell");
}

/// Writing what is known of Slack.
pub trait SlackLedger {
    /// Stores what the team has chosen.
    fn save_slack_choice(&mut self, choice: &SlackChoice) -> Result<(), StoreError>;

    /// Stores what lets in; none removes it.
    fn save_slack_app(&mut self, app: Option<&SlackApp>) -> Result<(), StoreError>;

    /// Stores what Slack says of the token; none removes it.
    fn save_slack_identity(&mut self, identity: Option<&SlackIdentity>) -> Result<(), StoreError>;

    /// Stores what a person has to mend.
    fn save_slack_problems(&mut self, problems: &[SlackProblem]) -> Result<(), StoreError>;

    /// Stores somebody of the workspace, new or known.
    fn save_slack_person(&mut self, person: &SlackPerson) -> Result<(), StoreError>;

    /// Removes somebody of the workspace.
    fn drop_slack_person(&mut self, id: &str) -> Result<(), StoreError>;

    /// Stores a post, new or known.
    fn save_slack_post(&mut self, post: &SlackPost) -> Result<(), StoreError>;

    /// Removes a post: it is gone in Slack.
    fn drop_slack_post(&mut self, key: &str) -> Result<(), StoreError>;

    /// Removes all posts: those of another Slack workspace mean nothing in this one.
    fn drop_slack_posts(&mut self) -> Result<(), StoreError>;
}

/// Reading what is known of Slack.
pub trait SlackView {
    /// What the team has chosen; the default before.
    fn slack_choice(&self) -> Result<SlackChoice, StoreError>;

    /// What lets in; none where nothing is connected.
    fn slack_app(&self) -> Result<Option<SlackApp>, StoreError>;

    /// What Slack said of the token last; none before it did.
    fn slack_identity(&self) -> Result<Option<SlackIdentity>, StoreError>;

    /// What a person has to mend.
    fn slack_problems(&self) -> Result<Vec<SlackProblem>, StoreError>;

    /// All people of the workspace, by their names.
    fn slack_people(&self) -> Result<Vec<SlackPerson>, StoreError>;

    /// One of them.
    fn slack_person(&self, id: &str) -> Result<Option<SlackPerson>, StoreError>;

    /// The posts about a conversation.
    fn slack_posts(&self, conversation: ConversationId) -> Result<Vec<SlackPost>, StoreError>;

    /// The posts about a meeting.
    fn slack_meeting_posts(&self, meeting: MeetingId) -> Result<Vec<SlackPost>, StoreError>;

    /// The post about a chat that stands there.
    fn slack_post_at(&self, channel: &str, ts: &str) -> Result<Option<SlackPost>, StoreError>;
}
