//! The booking link of a member: a Knock Link that offers their own calendar.

use super::links::{LinkMade, create, replace};
use crate::audited::{Change, Note};
use crate::changes::Changes;
use knock_model::{MemberState, Millis, RepId};
use knock_ports::{Ledger, Link, Member, StoreError, View};
use knock_routing::Funnel;

/// The channel of booking links.
const CHANNEL: &str = "Booking link";
/// The longest name of a member in the name of their link, in characters.
const MOST_CHARS: usize = 60;

/// Turns the booking link of a member on or off; the first time on, it is made.
#[derive(Clone, Debug)]
pub struct SetBookingLink {
    pub member: RepId,
    /// The slug of a new one.
    pub slug: String,
    /// Whether a number may be appended to the slug if it is taken.
    pub is_slug_free: bool,
    pub is_on: bool,
    pub now: Millis,
}

impl Change for SetBookingLink {
    /// None if there was none and it stays so, or if there is no such member.
    type Outcome = Option<LinkMade>;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(Self::Outcome, Option<Note>), StoreError> {
        let member = ledger.member(self.member)?.filter(|member| member.state != MemberState::Removed);
        let Some(member) = member else { return Ok((None, None)) };
        let Some(before) = booking_link_of(ledger, self.member)? else {
            if !self.is_on {
                return Ok((None, None));
            }
            let (made, note) = create(ledger, new(&member, &self.slug), self.is_slug_free, self.now)?;
            return Ok((Some(made), note));
        };
        let archived_at = if self.is_on { None } else { before.archived_at.or(Some(self.now)) };
        let link = Link { archived_at, ..before.clone() };
        let note = replace(ledger, &before, &link, self.now)?;
        Ok((Some(LinkMade::Created(Box::new(link))), note))
    }
}

/// The booking link of a member, in use or archived.
///
/// # Errors
/// When the store fails.
pub fn booking_link_of(view: &dyn View, member: RepId) -> Result<Option<Link>, StoreError> {
    Ok(view.links()?.into_iter().find(|link| link.owner == Some(member)))
}

/// Archives the booking link of a member who leaves the team.
pub(super) fn archive(ledger: &mut dyn Ledger, member: RepId, now: Millis) -> Result<(), StoreError> {
    match booking_link_of(ledger, member)? {
        Some(link) if link.archived_at.is_none() => ledger.save_link(&Link { archived_at: Some(now), ..link }, now),
        Some(_) | None => Ok(()),
    }
}

fn new(member: &Member, slug: &str) -> Link {
    let name: String = member.display_name().chars().take(MOST_CHARS).collect();
    Link { owner: Some(member.id), ..Link::new(slug, &format!("Booking link of {name}"), Funnel::Meeting, CHANNEL) }
}
