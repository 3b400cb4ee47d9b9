//! zoom-chat-openapi
