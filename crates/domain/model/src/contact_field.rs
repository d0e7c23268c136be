//! Details of a contact that the team can mend.

use crate::{spelled, vocabulary};

vocabulary! {
    /// A detail of a contact.
    ContactField {
        /// The name of the person.
        Name = "name",
        /// The telephone number.
        Phone = "phone",
        /// The name of the company.
        Company = "company",
    }
}

spelled!(ContactField);

vocabulary! {
    /// The source of a detail of a contact.
    DetailSource {
        /// A member, or a program with an API key: what they say wins over all others.
        Team = "team",
        /// A property of an `identify`.
        Identify = "identify",
        /// An answer in a booking.
        Booking = "booking",
        /// A message of the lead.
        Message = "message",
    }
}

spelled!(DetailSource);
