//! Request bodies in either encoding that the operation "Send a chat message" takes.

use std::{collections::BTreeMap, io};

use serde_json::{Map, Value};

use crate::http::Request;

/// The fields that are text, or `None` for a body that is neither encoding.
pub(crate) async fn text_fields(request: &Request) -> Option<BTreeMap<String, String>> {
    let content_type = request.header("content-type")?;
    if content_type.starts_with("application/json") {
        let body: Map<String, Value> = serde_json::from_slice(&request.body).ok()?;
        let texts = body.into_iter().filter_map(|(name, value)| match value {
            Value::String(text) => Some((name, text)),
            _ => None,
        });
        return Some(texts.collect());
    }
    let boundary = multer::parse_boundary(content_type).ok()?;
    let body = request.body.clone();
    let stream = futures_util::stream::once(async move { Ok::<_, io::Error>(body) });
    let mut parts = multer::Multipart::new(stream, boundary);
    let mut fields = BTreeMap::new();
    while let Ok(Some(part)) = parts.next_field().await {
        if let Some(name) = part.name().map(str::to_owned) {
            fields.insert(name, part.text().await.ok()?);
        }
    }
    Some(fields)
}
