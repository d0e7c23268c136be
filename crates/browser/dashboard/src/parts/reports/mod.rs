//! A report: what it is asked, its figures, one of them over time, its rows, and the leads behind a number.

pub(crate) mod behind_list;
pub(crate) mod cell;
pub(crate) mod chips;
pub(crate) mod figure;
pub(crate) mod figures;
pub(crate) mod filters;
pub(crate) mod goal;
pub(crate) mod heat;
pub(crate) mod monday;
pub(crate) mod over_time;
pub(crate) mod rows;
pub(crate) mod share;
