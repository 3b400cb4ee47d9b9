//! zoom-chat-sdk
