//! The values of the two intent fields (IF-01, IF-02).

use crate::{spelled, vocabulary};

vocabulary! {
    /// `Knock: Intent Score`: how ready to buy (IF-01).
    Bucket {
        /// Below 18 points.
        Low = "Low",
        /// From 18 points.
        Medium = "Medium",
        /// From 45 points.
        High = "High",
    }
}

spelled!(Bucket);

vocabulary! {
    /// `Knock: Intent Type`: what the lead wants (IF-02); `Unknown` before the first message (IF-04).
    IntentType {
        /// Wants to buy.
        Buying = "Buying",
        /// Wants to sell with us or build on us.
        Partnership = "Partnership",
        /// Needs help.
        Support = "Support",
        /// Wants to work here.
        JobSeeker = "Job seeker",
        /// No evidence yet.
        Unknown = "Unknown",
    }
}

spelled!(IntentType);
