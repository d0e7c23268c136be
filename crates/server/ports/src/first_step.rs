//! First steps that were put aside. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{FirstStep, Millis, RepId};

/// Writing first steps.
pub trait FirstStepLedger {
    /// Puts a step aside from an instant on, or takes it up again without one: for a member, or for the workspace.
    fn save_first_step(
        &mut self,
        step: FirstStep,
        member: Option<RepId>,
        put_aside_at: Option<Millis>,
    ) -> Result<(), StoreError>;
}

/// Reading first steps.
pub trait FirstStepView {
    /// The steps that are put aside for the workspace, and by this member.
    fn steps_put_aside(&self, member: RepId) -> Result<Vec<FirstStep>, StoreError>;
}
