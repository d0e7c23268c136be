//! A place among the steps of a workflow.

use super::Step;
use alloc::vec::Vec;

/// The lists of steps from the outermost inwards, each with the place in it.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'w>(Vec<(&'w [Step], usize)>);

impl<'w> Cursor<'w> {
    /// The first step.
    pub(crate) fn start(steps: &'w [Step]) -> Cursor<'w> {
        let mut cursor = Cursor(alloc::vec![(steps, 0)]);
        cursor.leave_ended();
        cursor
    }

    /// The step with this id.
    pub(crate) fn at(steps: &'w [Step], id: &str) -> Option<Cursor<'w>> {
        for (place, step) in steps.iter().enumerate() {
            if step.id == id {
                return Some(Cursor(alloc::vec![(steps, place)]));
            }
            if let Some(Cursor(inner)) = step.branches().into_iter().find_map(|branch| Cursor::at(branch, id)) {
                let outer = core::iter::once((steps, place));
                return Some(Cursor(outer.chain(inner).collect()));
            }
        }
        None
    }

    /// The step; `None` behind the last one.
    pub(crate) fn step(&self) -> Option<&'w Step> {
        let (steps, place) = self.0.last()?;
        steps.get(*place)
    }

    /// Goes to the step behind this one: behind a branch the run goes on behind its step (WF-B1).
    pub(crate) fn advance(&mut self) {
        if let Some((_, place)) = self.0.last_mut() {
            *place += 1;
        }
        self.leave_ended();
    }

    /// Goes to the first step of a branch of this step.
    pub(crate) fn enter(&mut self, branch: &'w [Step]) {
        self.0.push((branch, 0));
        self.leave_ended();
    }

    fn leave_ended(&mut self) {
        while self.0.len() > 1 && self.step().is_none() {
            self.0.pop();
            if let Some((_, place)) = self.0.last_mut() {
                *place += 1;
            }
        }
    }
}
