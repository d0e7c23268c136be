//! The location of a network address, from a database in MaxMind's format.

use maxminddb::{MaxMindDbError, Reader, geoip2};
use std::net::IpAddr;

/// A location database.
pub struct Locations(Reader<Vec<u8>>);

impl Locations {
    /// Reads a database, of countries or of cities.
    ///
    /// # Errors
    /// When the bytes are no such database.
    pub fn read(bytes: Vec<u8>) -> Result<Locations, MaxMindDbError> {
        Reader::from_source(bytes).map(Locations)
    }

    /// Returns country (ISO 3166-1 alpha-2) and city (its English name) of an address; empty if unknown.
    pub(crate) fn of(&self, address: IpAddr) -> (String, String) {
        // An IPv4 address may arrive as IPv6, and a database may contain no such addresses.
        let found = self.0.lookup(address.to_canonical()).and_then(|found| found.decode::<geoip2::City<'_>>());
        let Ok(Some(place)) = found else { return Default::default() };
        let text = |name: Option<&str>| name.unwrap_or_default().to_owned();
        (text(place.country.iso_code), text(place.city.names.english))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maxminddb_writer::Database;
    use maxminddb_writer::paths::IpAddrWithMask;
    use serde_json::json;

    fn database(network: &str, place: &serde_json::Value) -> Vec<u8> {
        let mut database = Database::default();
        database.metadata.binary_format_major_version = 2;
        database.metadata.database_type = "Test-City".into();
        let place = database.insert_value(place).expect("it is kept");
        database.insert_node(network.parse::<IpAddrWithMask>().expect("a network"), place);
        database.write_to(Vec::new()).expect("it is written")
    }

    #[test]
    fn an_address_is_where_the_database_says_and_nowhere_else() {
        let city = json!({"country": {"iso_code": "AT"}, "city": {"names": {"de": "Wien", "en": "Vienna"}}});
        let country = json!({"country": {"iso_code": "AT", "is_in_european_union": true}});
        let cases = [
            (&city, "203.0.113.9", ("AT", "Vienna")),
            (&city, "::ffff:203.0.113.9", ("AT", "Vienna")),
            (&country, "203.0.113.9", ("AT", "")),
        ];
        let nowhere = ["198.51.100.1", "127.0.0.1", "2001:db8::1"].map(|address| (&city, address, ("", "")));
        for (place, address, (country, city)) in cases.into_iter().chain(nowhere) {
            let locations = Locations::read(database("203.0.113.0/24", place)).expect("a database");
            let found = locations.of(address.parse().expect("an address"));
            assert_eq!(found, (country.to_owned(), city.to_owned()), "{address}");
        }
    }

    #[test]
    fn what_is_no_database_is_refused_and_a_broken_one_says_nothing() {
        assert!(Locations::read(b"PK\x03\x04".to_vec()).is_err());
        let mut broken = database("203.0.113.0/24", &json!({"country": {"iso_code": "AT"}}));
        for byte in 0..broken.len() {
            broken[byte] ^= 0x5a;
            if let Ok(locations) = Locations::read(broken.clone()) {
                drop(locations.of("203.0.113.9".parse().expect("an address")));
            }
            broken[byte] ^= 0x5a;
        }
    }
}
