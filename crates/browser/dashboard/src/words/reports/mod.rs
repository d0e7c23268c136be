//! Reports: what is asked, figures in words, and their charts.

pub(crate) mod ask;
pub(crate) mod figure;
pub(crate) mod over_time;
