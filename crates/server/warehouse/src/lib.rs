//! Rows for a warehouse, from the cells of the engine to bytes: Parquet files, and lines of JSON.

mod buffer;
mod error;
mod file;
mod json;
mod stamp;

pub use error::WriteError;
pub use file::FileWriter;
pub use json::append_lines;
pub use stamp::is_complete;
