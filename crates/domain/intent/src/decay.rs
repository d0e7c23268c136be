//! Powers of two by one function that gives the same bits on every machine.

use knock_model::Millis;

/// 2 to the power of `exponent`.
pub(crate) fn exp2(exponent: f64) -> f64 {
    libm::exp(exponent * core::f64::consts::LN_2)
}

/// How much of something done at `at` is left at `now`; nothing is younger than new.
pub(crate) fn remaining(at: Millis, now: Millis, half_life_days: f64) -> f64 {
    let age = (now - at).0.max(0);
    exp2(-(age as f64) / (Millis::DAY.0 as f64 * half_life_days))
}
