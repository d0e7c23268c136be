//! The time stamp of a message, which is its id within its channel.

use knock_model::Millis;
use std::fmt;

/// Microseconds since 1970, as Slack's clock gave them: unique within a channel, in the order of its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ts(u64);

/// Digits behind the point.
const FRACTION: usize = 6;
const MICROS: u64 = 1_000_000;

impl Ts {
    /// Reads one, such as `1503435956.000247`.
    pub fn parse(text: &str) -> Option<Ts> {
        let (seconds, micros) = text.split_once('.')?;
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(seconds) || !is_number(micros) || micros.len() != FRACTION {
            return None;
        }
        let seconds: u64 = seconds.parse().ok()?;
        Some(Ts(seconds.checked_mul(MICROS)?.checked_add(micros.parse().ok()?)?))
    }

    /// The first one of an instant, to look for what came since.
    pub fn at(instant: Millis) -> Ts {
        Ts(u64::try_from(instant.0).unwrap_or_default().saturating_mul(1_000))
    }

    /// The instant by Slack's clock.
    pub fn instant(self) -> Millis {
        Millis(i64::try_from(self.0 / 1_000).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Ts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:06}", self.0 / MICROS, self.0 % MICROS)
    }
}

impl<'de> serde::Deserialize<'de> for Ts {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Ts, D::Error> {
        let text = String::deserialize(from)?;
        Ts::parse(&text).ok_or_else(|| serde::de::Error::custom("a time stamp such as 1503435956.000247 is wanted"))
    }
}

impl serde::Serialize for Ts {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_slack_writes_is_read_and_written_back() {
        for text in ["1503435956.000247", "0.000000", "1794000000.999999"] {
            assert_eq!(Ts::parse(text).map(|ts| ts.to_string()).as_deref(), Some(text));
        }
        for text in ["", ".", "1503435956", "1503435956.1", "1503435956.0000001", "-1.000000", "1.00000a", "+1.000000"]
        {
            assert_eq!(Ts::parse(text), None, "{text}");
        }
        assert_eq!(Ts::parse("99999999999999999999.000000"), None);
    }

    #[test]
    fn order_is_that_of_time() {
        let ts = |text| Ts::parse(text).expect("one");
        assert!(ts("999.999999") < ts("1000.000000"));
        assert!(ts("1000.000001") > Ts::at(Millis(1_000_000)));
        assert_eq!(ts("1503435956.000247").instant(), Millis(1_503_435_956_000));
        assert_eq!(Ts::at(Millis(1_503_435_956_123)).to_string(), "1503435956.123000");
    }
}
