//! Categories of signals (IF-05).

use crate::{spelled, vocabulary};

vocabulary! {
    /// The category of a signal, in the order of the category table (`docs/domain.md`, Categories).
    Category {
        /// Asking for a demo or for sales.
        Demo = "Demo/Contact sales",
        /// A chat message of a buyer.
        ChatBuying = "Chat: buying",
        /// Prices, plans, quotes.
        Pricing = "Pricing",
        /// Trust questions of a buyer's security team.
        Security = "Security/Compliance",
        /// Comparing with other vendors.
        Comparison = "Comparison/Alternatives",
        /// Integrations with other products.
        Integrations = "Integrations",
        /// Case studies of customers.
        CaseStudy = "Case study",
        /// The product and its features.
        Product = "Product",
        /// Documentation for developers.
        Docs = "Docs",
        /// Selling it or building on it.
        Partner = "Partner",
        /// Reading.
        Blog = "Blog",
        /// Needing help with it.
        Support = "Support/Help",
        /// All the rest.
        Home = "Home/Other",
        /// Signing in: a customer already.
        Login = "Login/Account",
        /// Looking for work.
        Job = "Find a Job",
    }
}

spelled!(Category);
