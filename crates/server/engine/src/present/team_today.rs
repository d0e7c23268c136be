//! The team now: chats that wait, by the length of the wait, and members that take chats.

use super::Presenter;
use crate::availability::{Workloads, is_full, state};
use knock_model::{MemberState, Millis, Permission};
use knock_ports::{Member, StoreError, Wait};
use knock_routing::RepState;
use knock_wire::{HomeMember, HomeTeamWait, HomeWaitAge};

/// The maximum of waits that are counted.
const MOST_WAITS: u32 = 10_000;
/// The limits between lengths of a wait, in minutes. After two a chat is in Rep Reply Needed (CS-05).
const AGES: [(u32, Option<u32>); 5] = [(0, Some(2)), (2, Some(10)), (10, Some(60)), (60, Some(1_440)), (1_440, None)];

impl Presenter<'_> {
    /// Returns the waits of the whole team by their length, the shortest first; each length is there, also without one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waits_by_age(&self) -> Result<Vec<HomeWaitAge>, StoreError> {
        let waits = self.view.waits_of_team(MOST_WAITS)?;
        AGES.iter().map(|(from, to)| self.waits_between(&waits, *from, *to)).collect()
    }

    fn waits_between(&self, waits: &[Wait], from: u32, to: Option<u32>) -> Result<HomeWaitAge, StoreError> {
        let limit = |minutes: u32| Millis(Millis::MINUTE.0 * i64::from(minutes));
        let is_between = |wait: &&Wait| {
            // A clock that was set back makes no wait disappear.
            let age = (self.now - wait.since).max(Millis(0));
            limit(from) <= age && to.is_none_or(|to| age < limit(to))
        };
        let found: Vec<&Wait> = waits.iter().filter(is_between).collect();
        let longest = found.first().map(|wait| self.team_wait(wait)).transpose()?.flatten();
        let count = u32::try_from(found.len()).unwrap_or(MOST_WAITS);
        Ok(HomeWaitAge { from_minutes: from, to_minutes: to, count, longest })
    }

    fn team_wait(&self, wait: &Wait) -> Result<Option<HomeTeamWait>, StoreError> {
        let newest = self.view.conversations_of_lead(wait.lead)?.into_iter().next();
        let (Some(newest), Some(contact)) = (newest, self.contact_ref_of(wait.lead)?) else { return Ok(None) };
        let owner_name = wait.rep.map(|rep| self.rep_name(rep)).transpose()?.unwrap_or_default();
        Ok(Some(HomeTeamWait { conversation: newest.id, name: contact.display_name, since: wait.since, owner_name }))
    }

    /// Returns the active members that take chats, by their name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn members_on_home(&self) -> Result<Vec<HomeMember>, StoreError> {
        let takes_chats =
            |member: &Member| member.state == MemberState::Active && member.role.may(Permission::UseInbox);
        let (loads, holidays) = (self.view.workloads(self.now)?, self.view.meeting_settings()?.holidays);
        let members = self.view.members()?.into_iter().filter(takes_chats);
        let shown = members.map(|member| self.member_on_home(&member, &loads, holidays.as_deref()));
        let mut shown = shown.collect::<Result<Vec<_>, StoreError>>()?;
        shown.sort_by_key(|member| (member.name.to_lowercase(), member.id));
        Ok(shown)
    }

    fn member_on_home(
        &self,
        member: &Member,
        loads: &Workloads,
        holidays: Option<&str>,
    ) -> Result<HomeMember, StoreError> {
        let state = state(&member.availability, holidays, self.now);
        // It lasts for some time after the last sign of an open dashboard.
        let seen = self.view.presence(member.id)?;
        let is_online = seen.is_some_and(|until| self.now < until);
        let since = match state {
            RepState::Away => member.availability.away_since,
            RepState::Active => seen.filter(|_| !is_online),
            RepState::OffHours | RepState::Removed => None,
        };
        Ok(HomeMember {
            id: member.id,
            name: member.display_name(),
            state: state.into(),
            is_online,
            is_full: is_full(member, loads, self.now),
            since,
            open_chats: loads.get(&member.id).map_or(0, |load| load.count(self.now)),
            capacity: member.availability.capacity,
        })
    }
}
