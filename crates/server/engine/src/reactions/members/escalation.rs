//! Who is notified of a wait, and when: the owner first, then the others of the pool, then the managers (7.6).

use crate::queue::audience;
use crate::working_hours::working_hours;
use knock_model::{HoursFor, MemberState, Millis, Permission, RepId};
use knock_ports::{Member, StoreError, View, Wait};
use knock_routing::Decision;
use knock_scheduling::{Hours, Span};
use knock_wire::{NotificationSettings, TeamNotifications};

/// The days in which the working hours of a wait are looked for.
const AHEAD: i64 = 21;

/// The members who are notified of a wait.
pub(super) struct Recipients {
    /// The members who have signed in and are ever notified of it.
    pub(super) members: Vec<Member>,
    /// The other members of the pool that the owner is of.
    pool: Vec<RepId>,
    /// The hours in which the wait counts: those of the owner, if there are any.
    hours: Option<Hours>,
    /// The minutes after which those who do not own the chat are notified.
    team: TeamNotifications,
}

impl Recipients {
    /// Whom to tell of a wait: of a chat of a rep its owner, their pool and the managers; of one that no one has,
    /// those who can take it later and the managers, or everybody where it is simply unassigned.
    pub(super) fn load(view: &dyn View, wait: &Wait, decision: Option<&Decision>) -> Result<Recipients, StoreError> {
        let team = view.members()?.into_iter().filter(|member| member.state == MemberState::Active);
        let Some(owner) = wait.rep else {
            let recipients = audience(view, decision)?;
            let is_notified =
                |member: &Member| recipients.as_ref().is_none_or(|recipients| recipients.contains(&member.id));
            let members = team.filter(is_notified).collect();
            return Ok(Recipients { members, pool: Vec::new(), hours: None, team: TeamNotifications::default() });
        };
        let pool = pool_of(view, decision, owner)?;
        let is_notified = |member: &Member| member.id == owner || pool.contains(&member.id) || manages(member);
        let members: Vec<Member> = team.filter(is_notified).collect();
        let owner = members.iter().find(|member| member.id == owner);
        let hours = owner.map(|owner| hours_of(view, owner, wait.since)).transpose()?.flatten();
        Ok(Recipients { members, pool, hours, team: view.team_notifications()? })
    }

    /// The instant at which a member is notified, apart from quiet hours; none for one who does not want it.
    pub(super) fn due_at(&self, member: &Member, settings: &NotificationSettings, wait: &Wait) -> Option<Millis> {
        let own = settings.wait_minutes;
        if own == 0 || (wait.rep.is_none() && !settings.covers_unassigned) {
            return None;
        }
        let minutes = match wait.rep {
            Some(owner) if owner != member.id => own.max(self.minutes_for(member)?),
            Some(_) | None => own,
        };
        let time = Millis(Millis::MINUTE.0 * i64::from(minutes));
        match &self.hours {
            Some(hours) => hours.after(wait.since, time, AHEAD),
            None => Some(wait.since + time),
        }
    }
}

impl Recipients {
    /// The minutes after which a member who does not own the chat is notified; none for one who never is. A manager of
    /// the pool is notified as the earlier of the two.
    fn minutes_for(&self, member: &Member) -> Option<u32> {
        let of_pool = Some(self.team.pool_minutes).filter(|_| self.pool.contains(&member.id));
        let of_managers = Some(self.team.manager_minutes).filter(|_| manages(member));
        of_pool.into_iter().chain(of_managers).filter(|minutes| *minutes > 0).min()
    }
}

/// The other members of the pool by which the owner of a chat was chosen; no one for another owner.
fn pool_of(view: &dyn View, decision: Option<&Decision>, owner: RepId) -> Result<Vec<RepId>, StoreError> {
    // A pool gives turns.
    let by_turn = decision.filter(|decision| decision.turn.as_ref().is_some_and(|turn| turn.rep == owner.to_string()));
    let Some(decision) = by_turn else { return Ok(Vec::new()) };
    let rules = view.rules()?;
    let rule = rules.iter().find(|rule| rule.id == decision.rule);
    let pools = rule.map(|rule| rule.pools()).unwrap_or_default();
    let pool = pools.iter().find(|(segment, ..)| Some(*segment) == decision.segment.as_deref());
    let reps = pool.map(|(.., reps)| reps.iter().filter_map(|rep| RepId::parse(rep).ok()));
    Ok(reps.into_iter().flatten().collect())
}

/// The working hours for chats of a member around an instant; none for one without, who counts as always at work.
fn hours_of(view: &dyn View, member: &Member, at: Millis) -> Result<Option<Hours>, StoreError> {
    if member.availability.hours_for == HoursFor::Meetings {
        return Ok(None);
    }
    let (holidays, window) = (view.meeting_settings()?.holidays, Span { start: at, end: at + Millis::days(AHEAD) });
    Ok(working_hours(&member.availability, holidays.as_deref(), window))
}

fn manages(member: &Member) -> bool {
    member.role.may(Permission::EditRouting)
}
