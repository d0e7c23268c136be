//! Ids: one type each, so that a visitor is never taken for a session.

use crate::Millis;
use core::fmt;
use uuid::Uuid;

/// The reason for which a text is not an id of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidId {
    /// Not a UUID at all.
    NotUuid,
    /// A UUID of another version than this one.
    NotOfVersion(usize),
}

impl fmt::Display for InvalidId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidId::NotUuid => out.write_str("is not a UUID"),
            InvalidId::NotOfVersion(version) => write!(out, "is not a UUID of version {version}"),
        }
    }
}

impl core::error::Error for InvalidId {}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $version:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Reads the hyphenated form.
            ///
            /// # Errors
            /// When it is no UUID, or not of the version this id has.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                let uuid = Uuid::try_parse(text).map_err(|_| InvalidId::NotUuid)?;
                if text.len() != 36 {
                    return Err(InvalidId::NotUuid);
                }
                if uuid.get_version_num() != $version {
                    return Err(InvalidId::NotOfVersion($version));
                }
                Ok(Self(uuid))
            }

            /// The id with these bytes, as they were stored.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The bytes to store; their order is the order of the ids.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Writes the hyphenated form into `buffer` and returns it.
            pub fn write<'b>(&self, buffer: &'b mut [u8; 36]) -> &'b str {
                self.0.hyphenated().encode_lower(buffer)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.write(&mut [0; 36]))
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.write(&mut [0; 36]))
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <alloc::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

macro_rules! id_v7 {
    ($(#[$meta:meta])* $name:ident) => {
        id!($(#[$meta])* $name, 7);

        impl $name {
            /// A new id for the instant `at`, made unique by ten random bytes.
            pub fn new(at: Millis, random: &[u8; 10]) -> Self {
                let at = u64::try_from(at.0).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(at, random).into_uuid())
            }

            /// The instant the id carries.
            pub fn at(&self) -> Millis {
                let mut bytes = [0u8; 8];
                bytes[2..].copy_from_slice(&self.0.as_bytes()[..6]);
                Millis(i64::from_be_bytes(bytes))
            }
        }
    };
}

macro_rules! id_v4 {
    ($(#[$meta:meta])* $name:ident) => {
        id!($(#[$meta])* $name, 4);

        impl $name {
            /// A new id from sixteen random bytes: it tells nothing about when it was made.
            pub fn new(random: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(random).into_uuid())
            }
        }
    };
}

id_v7!(
    /// A visitor, anonymous until identified; made in the browser.
    VisitorId
);
id_v7!(
    /// A session: signals with less than 30 minutes between them; made in the browser.
    SessionId
);
id_v7!(
    /// A signal; made by its first observer, the same on every attempt to send it.
    SignalId
);
id_v7!(
    /// A page view, carried by the actions done on that page; the id of its `page_view` signal.
    ViewId
);
id_v7!(
    /// A chat message; made by its author, the same on every attempt to send it.
    MessageId
);
id_v7!(
    /// An internal note; made by its author, the same on every attempt to send it.
    NoteId
);
id_v7!(
    /// A stored file; made by the server, so that its instant is the age of the file.
    FileId
);
id_v7!(
    /// A question with its answer that the AI agent knows.
    AnswerId
);
id_v7!(
    /// A source of the AI agent's knowledge: a page, a sitemap or a file.
    SourceId
);
id_v4!(
    /// A meeting, or a slot that is held for one.
    MeetingId
);
id_v4!(
    /// A conversation.
    ConversationId
);
id_v4!(
    /// A person.
    LeadId
);
id_v4!(
    /// A company.
    AccountId
);
id_v4!(
    /// A member of the team.
    RepId
);
id_v4!(
    /// An integration: a program that writes to leads and to the team by a name of its own.
    IntegrationId
);
id_v4!(
    /// A picture of a member; another picture has another id.
    PictureId
);
id_v4!(
    /// A calendar account that a member has connected.
    CalendarAccountId
);
id_v4!(
    /// A webhook endpoint: an address that receives events.
    WebhookId
);
id_v4!(
    /// A saved reply.
    SavedReplyId
);
id_v4!(
    /// A view of a table that a member saved.
    SavedViewId
);
id_v4!(
    /// A tag of the workspace.
    TagId
);
id_v4!(
    /// A workflow.
    WorkflowId
);
id_v4!(
    /// A nudge: a bubble that a workflow shows a visitor.
    NudgeId
);
id_v4!(
    /// A reminder that a member set for themselves.
    ReminderId
);

/// A site of the workspace, by its place in the `sites` table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub i64);

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn a_new_signal_id_carries_its_instant_and_reads_back() {
        let id = SignalId::new(Millis(1_780_000_000_123), &[7; 10]);
        assert_eq!(id.at(), Millis(1_780_000_000_123));
        assert_eq!(SignalId::parse(&id.to_string()), Ok(id));
    }

    #[test]
    fn other_versions_and_other_forms_are_refused() {
        let cases = [
            ("", InvalidId::NotUuid),
            ("0", InvalidId::NotUuid),
            ("not-a-uuid-at-all-not-a-uuid-at-all!", InvalidId::NotUuid),
            ("4bf92f3577b34da6a3ce929d0e0e4736", InvalidId::NotUuid),
            ("9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d", InvalidId::NotOfVersion(7)),
        ];
        for (text, expected) in cases {
            assert_eq!(SignalId::parse(text), Err(expected), "{text}");
        }
    }
}
