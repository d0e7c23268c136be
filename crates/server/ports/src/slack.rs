//! The Slack workspace in the store: its credentials, posts and users.
//! Every method fails only when the database does.

use crate::StoreError;
use knock_model::{ConversationId, EffectKind, LeadId, MeetingId, MessageId, Millis, NoteId, PersonName};
use knock_wire::{NOTE_MARK, SlackEveryone, SlackProblem};
use serde::{Deserialize, Serialize};

/// The settings that the team chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackChoice {
    /// The monitoring channel, which shows every chat; empty for none.
    pub monitoring_channel: String,
    /// The name of the channel at the time of the choice.
    #[serde(default)]
    pub channel_name: String,
    /// The prefix of internal notes.
    pub note_mark: String,
    /// Whether the people of the workspace become members by themselves.
    #[serde(default)]
    pub everyone: SlackEveryone,
}

impl Default for SlackChoice {
    fn default() -> SlackChoice {
        let (monitoring_channel, channel_name) = (String::new(), String::new());
        let everyone = SlackEveryone::default();
        SlackChoice { monitoring_channel, channel_name, note_mark: NOTE_MARK.to_owned(), everyone }
    }
}

/// The credentials for Slack, sealed by the server's own key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackApp {
    /// The token of the bot.
    pub token: String,
    /// The secret that signs Slack's requests.
    pub signing_secret: String,
    /// The app from whose installation the token is; none if a person pasted the token.
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

/// The identity of the token in Slack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackIdentity {
    /// The id of the Slack workspace.
    pub team_id: String,
    /// Its name.
    pub team: String,
    pub bot_user: String,
    /// The name of that user.
    pub bot: String,
    /// The scopes that the app needs and the token lacks.
    pub missing_scopes: Vec<String>,
}

/// A Slack user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlackPerson {
    pub id: String,
    /// The display name.
    pub name: PersonName,
    /// The address in lower case; empty if Slack does not show it.
    pub email: String,
    /// The kind of user: `member`, `no_email`, `guest`, `deactivated`, `bot`.
    pub state: String,
}

impl SlackPerson {
    /// Whether the user can answer leads, by their state in Slack.
    pub fn is_member(&self) -> bool {
        self.state == "member"
    }

    /// Whether the user has left the workspace.
    pub fn has_left(&self) -> bool {
        self.state == "deactivated"
    }

    /// Whether the user belongs to the team: not a guest, not a bot, and not deactivated.
    pub fn is_colleague(&self) -> bool {
        self.is_member() || self.state == "no_email"
    }
}

/// The subject of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlackAbout {
    Chat(ConversationId),
    Meeting(MeetingId),
    /// A lead who asked for a meeting and has none.
    Lead(LeadId),
}

/// A post in Slack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlackPost {
    /// The key of the post, also stored in its metadata.
    pub key: String,
    /// The chat, the meeting or the lead that it is about.
    pub about: SlackAbout,
    pub channel: String,
    /// The id within the channel, for a file its id at Slack; empty while it is unknown whether it arrived.
    pub ts: String,
    /// The hash of the content, to detect a change; for a file, its id at Slack.
    pub said: String,
    /// The instant of the first attempt.
    pub tried_at: Millis,
}

/// The effect that shows a conversation in Slack, with its state at the time of delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackShow {
    pub conversation: ConversationId,
}

impl SlackShow {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.show");
}

/// The effect that shows a meeting in Slack, with its state at the time of delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackMeeting {
    pub meeting: MeetingId,
}

impl SlackMeeting {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.meeting");
}

/// The effect that shows a lead who asked for a meeting, with their state at the time of delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackMeetingLead {
    pub lead: LeadId,
}

impl SlackMeetingLead {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.meeting_lead");
}

/// The effect that posts the words of a workflow in a channel, with the card of the lead as it is at the time of delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackWorkflowPost {
    /// The step of a run, as a part of the key of its post.
    pub id: String,
    /// The id of the channel.
    pub channel: String,
    pub text: String,
    /// The name of the workflow.
    pub workflow: String,
    pub lead: LeadId,
}

impl SlackWorkflowPost {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.workflow");
    /// The beginning of the keys of its posts.
    const KEY: &str = "workflow:";

    /// The key of its post.
    pub fn key(&self) -> String {
        format!("{}{}", SlackWorkflowPost::KEY, self.id)
    }
}

impl SlackPost {
    /// Whether a workflow posted it: it stays as it is, and is no card of a chat or a meeting.
    pub fn is_of_workflow(&self) -> bool {
        self.key.starts_with(SlackWorkflowPost::KEY)
    }
}

/// The effect that fetches a file that a member posted in their thread, and sends it to the lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackFile {
    /// The channel of its message.
    pub channel: String,
    /// The message.
    pub ts: String,
    /// The first message of the thread.
    pub thread: String,
    /// The author.
    pub user: String,
    /// The id of the resulting message to the lead.
    pub message: MessageId,
    /// The id of the note, if its message is one.
    pub note: NoteId,
    pub name: String,
    /// The title that its sender gave it.
    pub title: String,
    /// The address of its content; empty if Slack does not have it.
    pub url: String,
    /// The size in bytes, according to Slack.
    pub size: u64,
    /// The time for it to reach the lead's browser before it is mailed; without it, it is never mailed.
    pub mail_after: Option<Millis>,
}

impl SlackFile {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.file");
}

/// The effect that shows a message to one user only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlackTell {
    pub channel: String,
    /// The thread; empty for none.
    pub thread: String,
    pub user: String,
    pub text: String,
}

impl SlackTell {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("slack.tell");
}

/// Writing the data of Slack.
pub trait SlackLedger {
    /// Stores the team's settings of Slack.
    fn save_slack_choice(&mut self, choice: &SlackChoice) -> Result<(), StoreError>;

    /// Stores the credentials; none removes them.
    fn save_slack_app(&mut self, app: Option<&SlackApp>) -> Result<(), StoreError>;

    /// Stores the data of Slack about the token; none removes it.
    fn save_slack_identity(&mut self, identity: Option<&SlackIdentity>) -> Result<(), StoreError>;

    /// Stores the problems that a person has to fix.
    fn save_slack_problems(&mut self, problems: &[SlackProblem]) -> Result<(), StoreError>;

    /// Stores a user of the Slack workspace, new or known.
    fn save_slack_person(&mut self, person: &SlackPerson) -> Result<(), StoreError>;

    /// Removes a user of the Slack workspace.
    fn drop_slack_person(&mut self, id: &str) -> Result<(), StoreError>;

    /// Stores a post, new or known.
    fn save_slack_post(&mut self, post: &SlackPost) -> Result<(), StoreError>;

    /// Removes a post that no longer exists in Slack.
    fn drop_slack_post(&mut self, key: &str) -> Result<(), StoreError>;

    /// Removes all posts: those of another Slack workspace are not valid in this one.
    fn drop_slack_posts(&mut self) -> Result<(), StoreError>;
}

/// Reading the data of Slack.
pub trait SlackView {
    /// The settings that the team chose; the default before.
    fn slack_choice(&self) -> Result<SlackChoice, StoreError>;

    /// The credentials; none if no workspace is connected.
    fn slack_app(&self) -> Result<Option<SlackApp>, StoreError>;

    /// The identity as of the last check; none before it.
    fn slack_identity(&self) -> Result<Option<SlackIdentity>, StoreError>;

    /// The problems that need a person.
    fn slack_problems(&self) -> Result<Vec<SlackProblem>, StoreError>;

    /// Returns all users of the Slack workspace, by name.
    fn slack_people(&self) -> Result<Vec<SlackPerson>, StoreError>;

    /// Returns a user of the Slack workspace.
    fn slack_person(&self, id: &str) -> Result<Option<SlackPerson>, StoreError>;

    /// The posts about a conversation.
    fn slack_posts(&self, conversation: ConversationId) -> Result<Vec<SlackPost>, StoreError>;

    /// The posts about a meeting.
    fn slack_meeting_posts(&self, meeting: MeetingId) -> Result<Vec<SlackPost>, StoreError>;

    /// The posts about a lead who asked for a meeting.
    fn slack_lead_posts(&self, lead: LeadId) -> Result<Vec<SlackPost>, StoreError>;

    /// Returns the post about a chat with this channel and id.
    fn slack_post_at(&self, channel: &str, ts: &str) -> Result<Option<SlackPost>, StoreError>;

    /// Returns the posts about chats that were tried in this channel, and whose id is not recorded.
    fn slack_posts_tried(&self, channel: &str) -> Result<Vec<SlackPost>, StoreError>;
}
