//! The kinds of access tokens.

/// The kind of an access token. Zoom distinguishes the two by their scopes, and no operation takes both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenKind {
    /// The token of a user, or of an app that acts for the users of an account.
    User,
    /// The token of a chatbot, from the client credentials grant. Its scope is `imchat:bot`.
    Chatbot,
}

impl TokenKind {
    const CHATBOT: &str = "imchat:bot";

    /// The kind that has these scopes; `None` if they are those of both, or none at all.
    #[must_use]
    pub fn of_scopes<S: AsRef<str>>(scopes: impl IntoIterator<Item = S>) -> Option<Self> {
        let kind = |scope: S| match scope.as_ref() {
            Self::CHATBOT => Self::Chatbot,
            _ => Self::User,
        };
        let mut kinds = scopes.into_iter().map(kind);
        let first = kinds.next()?;
        kinds.all(|other| other == first).then_some(first)
    }
}
