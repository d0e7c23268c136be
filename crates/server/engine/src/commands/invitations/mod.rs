//! Invitations: messages by which members write to visitors first, from the list of those who are on a site.
//!
//! A visitor id is no secret: who knows one reads what a member wrote first, and nothing that the visitor wrote. The first
//! browser that opens the conversation has it for itself; a later one gets the words in a conversation of its own.

mod answer;
mod invite;
mod note;
mod open;

pub(super) use answer::answered;
pub use invite::{InvitationRefusal, InviteLead, LeadInvited, MOST_INVITATION_CHARS};
pub use note::NoteInvitation;
pub use open::may_be_read_by_mail;
pub(super) use open::{Invited, Opener, invited, passed_on, resumed};
