//! Scopes that a token lacks.

/// The scopes that Zoom says a token lacks: "Invalid access token, does not contain scopes:[a, b]." Empty when the
/// text names none.
pub(super) fn missing(message: &str) -> Vec<&str> {
    let list = message
        .split_once("scopes:")
        .and_then(|(_, rest)| rest.trim_start().strip_prefix('['))
        .and_then(|rest| rest.split_once(']'))
        .map_or("", |(list, _)| list);
    list.split(',')
        .map(str::trim)
        .filter(|scope| !scope.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scopes_of_zooms_text() {
        let text = "Invalid access token, does not contain scopes:[chat_message:write, chat_message:read:admin].";
        assert_eq!(
            missing(text),
            ["chat_message:write", "chat_message:read:admin"]
        );
        assert_eq!(missing("does not contain scopes: [a]"), ["a"]);
        for none in [
            "",
            "Invalid access token.",
            "scopes:",
            "scopes:[]",
            "scopes:[a",
        ] {
            assert!(missing(none).is_empty(), "{none}");
        }
    }
}
