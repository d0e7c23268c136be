//! How today goes for the team, from one snapshot and the figures of the last minute.

use super::today::Asked;
use crate::http::FiguresOfDay;
use knock_engine::Presenter;
use knock_ports::{StoreError, View};
use knock_wire::HomeTeam;

impl Asked<'_> {
    /// The figures of a day, chats that wait, and members that take chats.
    pub(super) fn team(
        &self,
        view: &dyn View,
        FiguresOfDay { zone, date, figures }: FiguresOfDay,
    ) -> Result<HomeTeam, StoreError> {
        let presenter = Presenter::new(view, self.now)?;
        Ok(HomeTeam {
            zone,
            day: date,
            figures,
            waiting: presenter.waits_by_age()?,
            members: presenter.members_on_home()?,
        })
    }
}
