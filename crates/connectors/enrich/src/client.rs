//! Asks a provider, and says what its answer means.

use crate::mapping::{Mapped, map};
use crate::template::Template;
use knock_model::{Email, Millis};
use knock_outbound::{Outbound, Reply, Request};
use knock_ports::FieldMapping;
use knock_routing::{Field, LeadFields};
use url::Url;

/// The most bytes of an answer.
const LIMIT: usize = 256 << 10;

/// Asks providers.
#[derive(Clone)]
pub struct Provider {
    /// The HTTP client, which bounds the time.
    pub outbound: Outbound,
}

/// A request to a provider.
#[derive(Clone)]
pub struct Question<'q> {
    /// The address template.
    pub template: &'q Template,
    /// The header that lets in there, by name and value.
    pub secret: Option<(String, String)>,
    /// The positions of the fields in a response.
    pub fields: &'q [FieldMapping],
    /// The lead's address.
    pub email: &'q Email,
    /// The domain of their company.
    pub domain: &'q str,
}

/// The data of a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub code: u16,
    /// The result for each field; empty if the provider knows nothing.
    pub fields: Vec<Mapped>,
}

impl Answer {
    /// The fields that have a value: those of the person, or those of the company.
    pub fn values(&self, is_of_person: bool) -> LeadFields {
        let mut values = LeadFields::default();
        let wanted = self.fields.iter().filter(|mapped| mapped.field.is_of_person() == is_of_person);
        for mapped in wanted {
            if let (Ok(value), Ok(field)) = (&mapped.value, Field::parse(mapped.field.as_str())) {
                values.set(&field, value.clone());
            }
        }
        values
    }
}

/// The reason for which a provider gave no usable response. It contains nothing of the request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Failure {
    /// The status code; none where there was no answer.
    pub code: Option<u16>,
    /// The reason.
    pub text: String,
    /// The delay that it asks for before the next request.
    pub retry_after: Option<Millis>,
}

impl Provider {
    /// Asks once.
    ///
    /// # Errors
    /// When there is no answer, or one that cannot be used.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Answer, Failure> {
        let Question { template, secret, fields, email, domain } = question;
        let url = template.url(email, domain).ok_or_else(|| none("the address of the provider cannot be used"))?;
        let reply =
            self.outbound.send(request(url, secret.clone())).await.map_err(|failure| none(&failure.to_string()))?;
        read(&reply, fields)
    }
}

fn request(url: Url, secret: Option<(String, String)>) -> Request {
    let headers = vec![("accept", "application/json".to_owned())];
    Request { method: "GET", url, headers, secret, body: String::new(), limit: LIMIT }
}

fn read(reply: &Reply, fields: &[FieldMapping]) -> Result<Answer, Failure> {
    let code = reply.code;
    let failed = |text: &str| Failure { code: Some(code), text: text.to_owned(), retry_after: reply.retry_after };
    match code {
        204 | 404 => return Ok(Answer { code, fields: Vec::new() }),
        200..=299 => {}
        300..=399 => return Err(failed("the provider leads to another address, which is not followed")),
        401 | 403 => return Err(failed("the provider does not accept the key")),
        429 => return Err(failed("the provider takes no more requests for now")),
        500..=599 => return Err(failed(&format!("the provider failed with status code {code}"))),
        _ => return Err(failed(&format!("the provider answered with status code {code}"))),
    }
    if !reply.is_whole {
        return Err(failed("the answer is larger than 256 KB"));
    }
    let answer = serde_json::from_slice(&reply.body).map_err(|_| failed("the answer is no JSON"))?;
    Ok(Answer { code, fields: map(&answer, fields) })
}

fn none(text: &str) -> Failure {
    Failure { code: None, text: text.to_owned(), retry_after: None }
}
