//! First steps that were put aside: a row for each, without a member for the workspace.

use super::{Connection, Db, params};
use knock_model::{FirstStep, Millis, RepId};
use knock_ports::{FirstStepLedger, FirstStepView, StoreError};

impl<C: Connection> FirstStepLedger for Db<C> {
    fn save_first_step(
        &mut self,
        step: FirstStep,
        member: Option<RepId>,
        put_aside_at: Option<Millis>,
    ) -> Result<(), StoreError> {
        let member: &[u8] = member.as_ref().map_or(&[], |member| member.as_bytes());
        self.done("DELETE FROM first_steps WHERE step = ?1 AND member = ?2", params![step.as_str(), member])?;
        let Some(at) = put_aside_at else { return Ok(()) };
        let sql = "INSERT INTO first_steps (step, member, put_aside_at) VALUES (?1, ?2, ?3)";
        self.done(sql, params![step.as_str(), member, at.0])
    }
}

impl<C: Connection> FirstStepView for Db<C> {
    fn steps_put_aside(&self, member: RepId) -> Result<Vec<FirstStep>, StoreError> {
        let (sql, workspace) = ("SELECT step FROM first_steps WHERE member = ?1 OR member = ?2", [].as_slice());
        let words = self.rows(sql, params![member.as_bytes(), workspace], |row| row.get::<String>(0))?;
        // A step of a newer version is none of ours.
        Ok(words.iter().filter_map(|word| FirstStep::parse(word)).collect())
    }
}
