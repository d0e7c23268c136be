//! Rules without a member who leaves the team.

use super::{CalendarMode, ChatTarget, MeetingTarget, Plan, Rule};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Rule {
    /// The rule with a successor in every place of a rep; without one the rep leaves the pools that have others, and
    /// stays where no one else is named. None where the rule does not change.
    pub fn without(&self, rep: &str, successor: Option<&str>) -> Option<Rule> {
        let mut rule = self.clone();
        match &mut rule.plan {
            Plan::Chat { segments, fallback } => {
                let targets = segments.iter_mut().map(|segment| &mut segment.target).chain([fallback]);
                targets.for_each(|target| of_chat(target, rep, successor));
            }
            Plan::Meeting { segments, fallback, .. } => {
                let targets = segments.iter_mut().map(|segment| &mut segment.target).chain([fallback]);
                targets.for_each(|target| of_meeting(target, rep, successor));
            }
        }
        (rule != *self).then_some(rule)
    }
}

fn of_chat(target: &mut ChatTarget, rep: &str, successor: Option<&str>) {
    match target {
        ChatTarget::Rep(id) => {
            if let Some(successor) = successor.filter(|_| id == rep) {
                *id = successor.to_string();
            }
        }
        ChatTarget::Pool(pool) => of_pool(pool, rep, successor),
        ChatTarget::AiAgent(_) => {}
    }
}

fn of_meeting(target: &mut MeetingTarget, rep: &str, successor: Option<&str>) {
    let MeetingTarget::Calendars(calendars) = target else { return };
    // Where all must be there, one less is another meeting: only a successor changes it.
    if calendars.mode != CalendarMode::All || successor.is_some() {
        of_pool(&mut calendars.reps, rep, successor);
    }
}

/// Replaces a rep of a pool, or takes them out if others are left; who was in it already is in it once.
fn of_pool(pool: &mut Vec<String>, rep: &str, successor: Option<&str>) {
    let Some(place) = pool.iter().position(|id| id == rep) else { return };
    match successor {
        Some(successor) if !pool.iter().any(|id| id == successor) => pool[place] = successor.to_string(),
        _ if pool.len() > 1 => drop(pool.remove(place)),
        _ => {}
    }
}
