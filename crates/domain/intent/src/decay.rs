//! Powers of two by one function that gives the same bits on every machine.

use core::f64::consts::{LN_2, LOG2_E};
use knock_model::Millis;

/// Up to here, half of ln 2 and a little more, nothing whole is split off.
const SMALL: f64 = f64::from_bits(0x3fd6_2e43_0000_0000);
/// ln 2 in two parts; a whole number times the first one is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN_2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// The factors of the polynomial, that of the highest power first.
const FACTORS: [f64; 5] = [
    f64::from_bits(0x3e66_3769_72be_a4d0),
    f64::from_bits(0xbebb_bd41_c5d2_6bf1),
    f64::from_bits(0x3f11_566a_af25_de2c),
    f64::from_bits(0xbf66_c16c_16be_bd93),
    f64::from_bits(0x3fc5_5555_5555_553e),
];

/// 2 to the power of `exponent`, with the same bits as `libm::exp(exponent * LN_2)`: its steps in its order, without
/// those for arguments that no span of time gives. Half the bytes of the original, for the browser.
pub(crate) fn exp2(exponent: f64) -> f64 {
    let x = exponent * LN_2;
    let half = if x < 0.0 { -0.5 } else { 0.5 };
    let whole = if -SMALL < x && x < SMALL { 0 } else { (LOG2_E * x + half) as i32 };
    let high = x - f64::from(whole) * LN_2_HIGH;
    let low = f64::from(whole) * LN_2_LOW;
    let x = high - low;
    let square = x * x;
    let c = x - FACTORS.iter().fold(0.0, |sum, factor| square * (sum + factor));
    let rest = 1.0 + (x * c / (2.0 - c) - low + high);
    // In two steps, of which only the second can round; beyond the bounds all is 0 or infinite.
    let whole = whole.clamp(-2000, 2000);
    rest * power(whole / 2) * power(whole - whole / 2)
}

/// 2 to the power of a whole number from -1022 to 1023.
const fn power(whole: i32) -> f64 {
    f64::from_bits(((1023 + whole) as u64) << 52)
}

/// The share of something done at `at` that is left at `now`; never more than 1.
pub(crate) fn remaining(at: Millis, now: Millis, half_life_days: f64) -> f64 {
    let age = (now - at).0.max(0);
    exp2(-(age as f64) / (Millis::DAY.0 as f64 * half_life_days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::profile;
    use knock_model::Category;

    fn check(exponent: f64) {
        let expected = libm::exp(exponent * LN_2);
        assert_eq!(exp2(exponent).to_bits(), expected.to_bits(), "2^{exponent}");
    }

    /// The cases in which the original takes another branch: near zero, at each half, and outside the range of the
    /// result.
    #[test]
    fn powers_have_the_bits_of_the_library() {
        let ends = [-1_100.0, -1_076.0, -1_075.0, -1_074.0, -1_023.0, -1_022.0, -1_021.0, 1_023.0, 1_024.0, 1_025.0];
        let halves = (-100..100).map(|halves| f64::from(halves) / 2.0);
        for middle in ends.into_iter().chain(halves).filter(|middle| *middle != 0.0) {
            for step in -2_000..2_000_i64 {
                check(f64::from_bits(middle.to_bits().wrapping_add_signed(step)));
            }
        }
        for exponent in [f64::from(u32::MAX), -f64::from(u32::MAX) - 1.0, 0.0, -0.0] {
            check(exponent);
        }
    }

    #[test]
    fn every_span_of_a_half_life_has_the_bits_of_the_library() {
        for category in Category::ALL {
            let half_life = profile(*category).half_life_days * Millis::DAY.0 as f64;
            let few = (0..2_000).map(f64::from);
            let many = (0..20_000).map(|part| f64::from(part) * 0.000_05 * half_life).map(libm::floor);
            for into in few.chain(many).map(|span| span / half_life) {
                for whole in [-700.0, -41.0, -3.0, -1.0, 0.0, 1.0] {
                    check(into);
                    check(whole - into);
                }
            }
        }
    }
}
