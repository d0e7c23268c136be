//! The work that the events of a calendar may cause.

/// The maximum of busy blocks: more in one window is no calendar of a person.
const MOST_INSTANCES: usize = 20_000;
/// The maximum of dates that rules may produce to find them.
const MOST_STEPS: usize = 500_000;
/// The maximum nesting of components, the calendar itself included.
const DEEPEST: usize = 10;

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

/// Refuses components that are nested too deeply: the parser calls itself for each.
pub(super) fn check_depth(unfolded: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    for line in unfolded.lines() {
        let line = line.trim_start();
        let begins = |word: &str| line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins("BEGIN:") {
            depth += 1;
        } else if begins("END:") {
            depth = depth.saturating_sub(1);
        }
        if depth > DEEPEST {
            return Err(format!("its components are nested more than {DEEPEST} deep"));
        }
    }
    Ok(())
}
