//! The work that the events of a calendar may cause.

/// The maximum of busy blocks: more in one window is no calendar of a person.
pub(super) const MOST_INSTANCES: usize = 20_000;
/// The maximum of days and times of day that rules are tried on.
const MOST_STEPS: usize = 2_000_000;

/// The budget does not suffice: the rest is blocked, not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

/// The work that is left for all events of one reading.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    instances: usize,
    steps: usize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { instances: MOST_INSTANCES, steps: MOST_STEPS }
    }
}

impl Budget {
    /// Takes so many instances.
    pub(super) fn take_instances(&mut self, number: usize) -> Result<(), Exhausted> {
        self.instances = self.instances.checked_sub(number).ok_or(Exhausted)?;
        Ok(())
    }

    /// Takes so many days or times of day that a rule is tried on.
    pub(super) fn take_steps(&mut self, number: usize) -> Result<(), Exhausted> {
        self.steps = self.steps.checked_sub(number).ok_or(Exhausted)?;
        Ok(())
    }

    /// The instances that are left.
    pub(super) const fn instances(&self) -> usize {
        self.instances
    }
}
