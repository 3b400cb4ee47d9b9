//! Tokens of users and of chatbots are not interchangeable.

use zoom_chat_openapi::{Operation, TokenKind};

use crate::auth::TokenError;

/// Rejects a token of a kind that the operation does not take. A token of an unknown kind is accepted.
pub(super) fn check(operation: &Operation, kind: Option<TokenKind>) -> Result<(), TokenError> {
    let problem = match kind {
        Some(TokenKind::User) if !operation.takes(TokenKind::User) => {
            "it takes the token of a chatbot, and this client has that of a user: use a client with `OAuthApp::chatbot`"
        }
        Some(TokenKind::Chatbot) if !operation.takes(TokenKind::Chatbot) => {
            "it takes the token of a user, and this client has that of a chatbot: use a client with `OAuthApp::user` or \
             `OAuthApp::server_to_server`"
        }
        _ => return Ok(()),
    };
    Err(TokenError::unusable(problem))
}
