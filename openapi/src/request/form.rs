//! Forms with files.

use serde::Serialize;

use crate::Error;
use crate::multipart::Form;

/// A form of the texts of a struct and of files, in this order. Arrays named in `repeated`
/// become one part for each element.
///
/// # Errors
/// When a text cannot be encoded.
#[allow(
    clippy::result_large_err,
    reason = "the error type of the generated client"
)]
pub fn form<T: Serialize + ?Sized>(
    texts: &T,
    repeated: &[&str],
    files: &Form,
) -> Result<Form, Error> {
    let texts = Form::new().fields_with(texts, repeated);
    let texts = texts.map_err(|error| Error::InvalidRequest(error.to_string()))?;
    Ok(texts.followed_by(files.clone()))
}
