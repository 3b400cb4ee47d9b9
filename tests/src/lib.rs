//! zoom-chat-tests
