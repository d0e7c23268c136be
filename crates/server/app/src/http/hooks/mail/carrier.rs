//! The mail in a request of a provider: its body, a field of a form, or a field of JSON.

use crate::http::body::{media_type, wrong_media_type};
use crate::http::problem::Problem;
use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use knock_wire::FieldError;
use multer::Multipart;
use serde::Deserialize;
use std::convert::Infallible;
use url::form_urlencoded;

/// The fields of a form that hold the whole mail: of Mailgun and of SendGrid.
const FIELDS: [&str; 2] = ["body-mime", "email"];
const TAKEN: &str = "message/rfc822, multipart/form-data, application/x-www-form-urlencoded or application/json";

/// The field of JSON that holds the whole mail, as Postmark sends it.
#[derive(Deserialize)]
struct Posted {
    #[serde(rename = "RawEmail", default)]
    raw_email: String,
}

/// The mail of a request.
pub(super) async fn mail(headers: &HeaderMap, body: Bytes) -> Result<Vec<u8>, Problem> {
    match media_type(headers).as_str() {
        "message/rfc822" => Ok(body.into()),
        "multipart/form-data" => of_parts(headers, body).await,
        "application/x-www-form-urlencoded" => {
            let mut fields = form_urlencoded::parse(&body);
            let found = fields.find(|(name, _)| FIELDS.contains(&&**name));
            found.map(|(_, value)| value.into_owned().into_bytes()).filter(|mail| !mail.is_empty()).ok_or_else(no_field)
        }
        "application/json" => {
            let Posted { raw_email } = knock_ingest::located(&body).map_err(Problem::malformed)?;
            if raw_email.is_empty() {
                return Err(missing(
                    "/RawEmail",
                    "is missing: the provider sends the whole mail if its settings say so",
                ));
            }
            Ok(raw_email.into_bytes())
        }
        _ => Err(wrong_media_type(TAKEN)),
    }
}

async fn of_parts(headers: &HeaderMap, body: Bytes) -> Result<Vec<u8>, Problem> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = multer::parse_boundary(content_type.unwrap_or_default()).map_err(|error| malformed(&error))?;
    let whole = futures_util::stream::iter([Ok::<_, Infallible>(body)]);
    let mut parts = Multipart::new(whole, boundary);
    while let Some(part) = parts.next_field().await.map_err(|error| malformed(&error))? {
        if part.name().is_some_and(|name| FIELDS.contains(&name)) {
            let mail = part.bytes().await.map_err(|error| malformed(&error))?;
            return if mail.is_empty() { Err(no_field()) } else { Ok(mail.into()) };
        }
    }
    Err(no_field())
}

fn no_field() -> Problem {
    missing("/body-mime", "is missing, and so is `email`: one of them holds the whole mail")
}

fn missing(pointer: &str, reason: &str) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason: reason.into() })
}

fn malformed(error: &multer::Error) -> Problem {
    Problem::malformed(FieldError { pointer: String::new(), reason: format!("is no form with a mail: {error}") })
}
