//! The work that the events of a calendar may cause.

/// The maximum of busy blocks: more in one window is no calendar of a person.
const MOST_INSTANCES: usize = 20_000;
/// The maximum of dates that rules may produce to find them.
const MOST_STEPS: usize = 500_000;

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
    pub(super) fn take_instances(&mut self, number: usize) -> Result<(), String> {
        let left = self.instances.checked_sub(number);
        self.instances = left.ok_or_else(|| format!("with the others it repeats more than {MOST_INSTANCES} times"))?;
        Ok(())
    }

    /// Takes so many dates of a rule, in the window or before it.
    pub(super) fn take_steps(&mut self, number: usize) -> Result<(), String> {
        let left = self.steps.checked_sub(number);
        self.steps = left.ok_or("its rule repeats too often before the time that is asked for")?;
        Ok(())
    }

    /// The instances that are left.
    pub(super) const fn instances(&self) -> usize {
        self.instances
    }
}
