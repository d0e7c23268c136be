//! Invitations: messages by which members write to visitors first, from the list of those who are on a site.
//!
//! A visitor id is no secret: who knows one reads the first words of a member, and nothing that anybody wrote after them.

mod answer;
mod invite;
mod note;
mod open;

pub(super) use answer::answered;
pub use invite::{InvitationRefusal, InviteLead, LeadInvited, MOST_INVITATION_CHARS};
pub use note::NoteInvitation;
pub(super) use open::{Invited, Opener, invited, passed_on};
