//! Path templates.

/// A template without the names of its parameters: `/users/{userId}` → `/users/{}`.
pub(crate) fn skeleton(template: &str) -> String {
    let mut skeleton = String::new();
    let mut rest = template;
    while let Some((before, (_, after))) = rest
        .split_once('{')
        .and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
    {
        skeleton.push_str(before);
        skeleton.push_str("{}");
        rest = after;
    }
    skeleton.push_str(rest);
    skeleton
}

/// The names of a template's parameters, in their order.
pub(crate) fn parameters(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{parameters, skeleton};

    #[test]
    fn a_skeleton_has_no_names() {
        for (template, bare, names) in [
            ("/a", "/a", &[][..]),
            ("/a/{b}/c/{d}.{e}", "/a/{}/c/{}.{}", &["b", "d", "e"]),
            ("/a/{b", "/a/{b", &[]),
        ] {
            assert_eq!(skeleton(template), bare);
            assert_eq!(parameters(template), names);
        }
    }
}
