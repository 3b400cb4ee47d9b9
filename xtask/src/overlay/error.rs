//! The errors of overlays.

/// Why an overlay cannot be read or applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", self.at())]
pub struct OverlayError {
    /// The overlay's file.
    pub file: String,
    /// The action, counted from 0 as in `$.actions[0]`; none if the fault is outside the actions.
    pub action: Option<usize>,
    /// The action's target.
    pub target: Option<String>,
    /// Line and column in the overlay, both from 1, if the text is not JSON.
    pub position: Option<(usize, usize)>,
    /// What is wrong.
    pub reason: String,
    /// What to do about it.
    pub remedy: String,
}

impl OverlayError {
    fn at(&self) -> String {
        let mut at = self.file.clone();
        if let Some((line, column)) = self.position {
            at.push_str(&format!(":{line}:{column}"));
        }
        if let Some(action) = self.action {
            at.push_str(&format!(": $.actions[{action}]"));
        }
        if let Some(target) = &self.target {
            at.push_str(&format!(" (target `{target}`)"));
        }
        at
    }
}

/// Why a target cannot be read or an action applied, and what to do about it.
pub(super) type Refusal = (String, &'static str);
