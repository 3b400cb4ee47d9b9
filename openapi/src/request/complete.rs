//! What is missing in the values of a request.

use std::collections::BTreeMap;

/// A value in which something can be missing that the API requires.
pub trait Complete {
    /// The name on the wire of the first thing that is missing.
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
