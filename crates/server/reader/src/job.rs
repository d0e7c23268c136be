//! Jobs as they are sent to a reader, and its replies: a head with its length, then the content; the reply alone.

use crate::format::Format;
use crate::lost::Lost;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The work of one reader, with the arguments that come before the content.
pub(crate) trait Job: Serialize + DeserializeOwned {
    type Read: Serialize + DeserializeOwned;
    /// The reason why the content is not read.
    type Refused: Serialize + DeserializeOwned;

    /// The maximum length of the reply, in bytes.
    fn longest_reply(&self) -> u64 {
        LONGEST_REPLY
    }

    /// Reads the content. It may take any time and memory, or end the process.
    fn read(&self, content: &[u8]) -> Result<Self::Read, Self::Refused>;
}

/// The outcome of a job; none after a panic.
pub(crate) type Reply<J> = Option<Result<<J as Job>::Read, <J as Job>::Refused>>;

/// The maximum length of a reply without files, in bytes.
pub(crate) const LONGEST_REPLY: u64 = 16 << 20;
/// The longest head, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The head of a job, before its content.
pub(crate) fn head<J: Job>(job: &J, format: Format) -> Result<Vec<u8>, Lost> {
    let head = postcard::to_stdvec(job).ok().filter(|head| head.len() <= LONGEST_HEAD);
    let head = head.ok_or_else(|| {
        tracing::error!(format = format.as_str(), "a job does not fit into its head");
        Lost::Broken
    })?;
    let length = u32::try_from(head.len()).unwrap_or(u32::MAX);
    Ok([&length.to_le_bytes(), &*head].concat())
}

/// The job and its content in what a reader received.
pub(crate) fn received<J: Job>(bytes: &[u8]) -> Option<(J, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (head, content) = rest.split_at_checked(length)?;
    Some((postcard::from_bytes(head).ok()?, content))
}

/// The outcome in a reply, which may be that of a reader taken over by its content.
pub(crate) fn outcome<J: Job>(reply: &[u8]) -> Result<Result<J::Read, J::Refused>, Lost> {
    let (reply, rest) = postcard::take_from_bytes::<Reply<J>>(reply).map_err(|_| Lost::Broken)?;
    reply.filter(|_| rest.is_empty()).ok_or(Lost::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Sitemap;

    #[test]
    fn a_job_is_received_as_it_was_sent() {
        let sent = [head(&Sitemap, Format::Sitemap).expect("a head"), b"content".to_vec()].concat();
        assert_eq!(received::<Sitemap>(&sent).expect("a job").1, b"content");
        for cut in [0, 3] {
            assert!(received::<Sitemap>(&sent[..cut]).is_none());
        }
        assert!(received::<Sitemap>(&[255, 255, 255, 255, 0]).is_none());
    }

    #[test]
    fn a_reply_that_is_none_is_broken() {
        let refused: Reply<Sitemap> = Some(Err("it is none".into()));
        let reply = postcard::to_stdvec(&refused).expect("bytes");
        assert_eq!(outcome::<Sitemap>(&reply), Ok(Err("it is none".into())));
        let longer = [&*reply, b"x"].concat();
        for other in [&[][..], &reply[..2], &[0], &[7, 7, 7], &longer, &[1, 0, 255, 255, 255, 255, 15]] {
            assert_eq!(outcome::<Sitemap>(other), Err(Lost::Broken), "{other:?}");
        }
    }
}
