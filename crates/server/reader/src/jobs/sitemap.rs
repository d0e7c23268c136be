//! The addresses of a sitemap.

use crate::job::Job;
use knock_pages::{Listed, read_sitemap};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct Sitemap;

impl Job for Sitemap {
    type Read = Listed;
    type Refused = String;

    fn read(&self, content: &[u8]) -> Result<Listed, String> {
        read_sitemap(content)
    }
}
