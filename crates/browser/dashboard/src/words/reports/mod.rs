//! Reports: what is asked, figures in words, and their charts.

pub(crate) mod ask;
pub(crate) mod figure;
pub(crate) mod goal;
pub(crate) mod heat;
pub(crate) mod over_time;
pub(crate) mod picture;
