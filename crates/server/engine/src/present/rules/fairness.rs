//! Fairness of the pools of a rule: turns, skipped turns with the reason, the next turn.

use crate::availability::{Workloads, reps};
use crate::present::Presenter;
use knock_model::{Millis, RepId};
use knock_ports::{Decided, Member, StoreError};
use knock_routing::{Note, RepState, SegmentTrouble, Team};
use knock_wire::{Fairness, PoolFairness, RepFairness};
use std::collections::{BTreeMap, BTreeSet};

/// The maximum of decisions read at once.
const MOST: u32 = 20_000;

/// The team as routing input now.
struct Seen {
    members: Vec<Member>,
    loads: Workloads,
    now: Millis,
    team: Team,
}

/// The share of a member in a pool.
#[derive(Default)]
struct Share {
    turns: u32,
    skipped: BTreeMap<String, u32>,
    last_at: Option<Millis>,
}

impl Presenter<'_> {
    /// The shares of the pools of a rule's newest version in the last days; none if there is no such rule.
    ///
    /// # Errors
    /// When the database fails.
    pub fn fairness(&self, rule: &str, days: u32) -> Result<Option<Fairness>, StoreError> {
        let Some(rule) = self.view.rules()?.into_iter().find(|known| known.id == rule) else { return Ok(None) };
        let since = self.now - Millis::days(days.into());
        let decided = self.view.decisions_by_rule(&rule.id, since, MOST)?;
        let seen = self.team_seen()?;
        let pools = rule.pools().into_iter().map(|(segment, name, pool)| {
            let mut shares = shares(&decided, segment);
            let next = seen.team.next_of(&rule.id, segment, pool).map(|rep| rep.id.clone());
            let of_pool = |id: &String, share: Share, is_in_pool| RepFairness {
                is_next: next.as_ref() == Some(id),
                is_in_pool,
                ..seen.rep(id, share)
            };
            let mut reps: Vec<RepFairness> =
                pool.iter().map(|id| of_pool(id, shares.remove(id).unwrap_or_default(), true)).collect();
            let left = shares.into_iter().filter(|(_, share)| share.turns > 0);
            reps.extend(left.map(|(id, share)| of_pool(&id, share, false)));
            PoolFairness { segment: segment.to_owned(), name: name.to_owned(), reps }
        });
        Ok(Some(Fairness { pools: pools.collect() }))
    }

    fn team_seen(&self) -> Result<Seen, StoreError> {
        let (members, loads) = (self.view.members()?, self.view.workloads(self.now)?);
        let holidays = self.view.meeting_settings()?.holidays;
        let reps = reps(&members, &loads, holidays.as_deref(), self.now);
        let team = Team { reps, turns: self.view.turns()?, free_at_slot: None };
        Ok(Seen { members, loads, now: self.now, team })
    }
}

impl Seen {
    /// Converts a member with their share; a former member is named by the id.
    fn rep(&self, id: &str, share: Share) -> RepFairness {
        let member = self.members.iter().find(|member| member.id.to_string() == id);
        let load = RepId::parse(id).ok().and_then(|rep| self.loads.get(&rep)).map(|load| load.count(self.now));
        RepFairness {
            id: id.to_owned(),
            name: member.map_or_else(|| id.to_owned(), Member::display_name),
            state: self.team.rep(id).map_or(RepState::Removed, |rep| rep.state).into(),
            turns: share.turns,
            skipped: share.skipped,
            open_chats: load.unwrap_or_default(),
            last_at: share.last_at,
            is_next: false,
            is_in_pool: false,
        }
    }
}

/// The shares of the members of one pool, the newest decision first.
fn shares(decided: &[Decided], segment: &str) -> BTreeMap<String, Share> {
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for decided in decided {
        let decision = &decided.decision;
        let is_here = decision.segment.as_deref() == Some(segment);
        // A pool without an available member passes the lead to the fallback.
        let was_asked = Note::Segment(segment.to_owned(), SegmentTrouble::PoolUnavailable);
        if !is_here && !decision.notes.contains(&was_asked) {
            continue;
        }
        // A member of both pools is skipped once in each.
        let mut passed = BTreeSet::new();
        for skipped in decision.skipped.iter().filter(|skipped| passed.insert(&skipped.rep)) {
            let share = shares.entry(skipped.rep.clone()).or_default();
            *share.skipped.entry(skipped.reason.as_str().to_owned()).or_default() += 1;
        }
        if let Some(turn) = decision.turn.as_ref().filter(|_| is_here) {
            let share = shares.entry(turn.rep.clone()).or_default();
            share.turns += 1;
            share.last_at = share.last_at.or(Some(decided.at));
        }
    }
    shares
}
