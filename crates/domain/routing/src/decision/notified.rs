//! The recipients of a decision's notifications.

use alloc::string::String;
use core::fmt;

/// A recipient; channels come before reps (RF-05..RF-07, RF-13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notified {
    Channel(String),
    /// A rep, directly.
    Rep(String),
}

impl fmt::Display for Notified {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notified::Channel(channel) => to.write_str(channel),
            Notified::Rep(rep) => write!(to, "dm:{rep}"),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Notified {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Notified {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Notified, D::Error> {
        let word = String::deserialize(from)?;
        Ok(match word.strip_prefix("dm:") {
            Some(rep) => Notified::Rep(rep.into()),
            None => Notified::Channel(word),
        })
    }
}
