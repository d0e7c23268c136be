//! Mails that reach the workspace.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The channel by which a message of a lead came.
    #[derive(Default)]
    MessageChannel {
        /// The chat: the widget or its hosted page.
        #[default]
        Chat = "chat",
        /// An answer by mail.
        Mail = "mail",
    }
}

spelled!(MessageChannel);

vocabulary! {
    /// What a received mail of a conversation is. Only `message` is a fact of the chat.
    ReceivedKind {
        /// A message of the lead.
        Message = "message",
        /// An automatic reply, such as that of an absence.
        AutoReply = "auto_reply",
        /// The report of a mail server that a mail could not be delivered.
        Bounce = "bounce",
        /// An answer to an invitation of a calendar.
        CalendarReply = "calendar_reply",
        /// A mail of a member of the team.
        Member = "member",
        /// A mail above the largest length.
        TooLarge = "too_large",
        /// A mail above the number of mails of an hour.
        TooMany = "too_many",
        /// A mail that cannot be read.
        Unreadable = "unreadable",
        /// A mail without a text and without a file.
        Empty = "empty",
    }
}

spelled!(ReceivedKind);
