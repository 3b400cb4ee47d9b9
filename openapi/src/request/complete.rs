//! The check of the values of a request for missing ones.

use std::collections::BTreeMap;

/// A value that can lack a value which the API requires.
pub trait Complete {
    /// The name on the wire of the first missing value.
    fn missing(&self) -> Option<&'static str>;
}

impl<T: Complete + ?Sized> Complete for &T {
    fn missing(&self) -> Option<&'static str> {
        (**self).missing()
    }
}

impl<T: Complete + ?Sized> Complete for Box<T> {
    fn missing(&self) -> Option<&'static str> {
        (**self).missing()
    }
}

impl<T: Complete> Complete for Option<T> {
    fn missing(&self) -> Option<&'static str> {
        self.as_ref().and_then(Complete::missing)
    }
}

impl<T: Complete> Complete for Vec<T> {
    fn missing(&self) -> Option<&'static str> {
        self.iter().find_map(Complete::missing)
    }
}

impl<T: Complete> Complete for BTreeMap<String, T> {
    fn missing(&self) -> Option<&'static str> {
        self.values().find_map(Complete::missing)
    }
}
