//! The line that separates the parts of a body.

use std::hash::{BuildHasher, RandomState};

/// A boundary of fixed length: hexadecimal digits, which need no quoting in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Boundary([u8; Self::LENGTH]);

impl Boundary {
    pub(super) const LENGTH: usize = 32;

    /// A boundary that the author of the content cannot predict.
    ///
    /// The keys of the standard library's hasher come from the operating system's
    /// source of randomness, which saves a dependency for sixteen bytes.
    pub(super) fn random() -> Self {
        let keys = RandomState::new();
        Self::of(u128::from(keys.hash_one(0)) << 64 | u128::from(keys.hash_one(1)))
    }

    pub(super) fn of(number: u128) -> Self {
        let mut digits = [b'0'; Self::LENGTH];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            let nibble = (rest & 0xf) as u8;
            *digit = if nibble < 10 {
                b'0' + nibble
            } else {
                b'a' + nibble - 10
            };
            rest >>= 4;
        }
        Self(digits)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn content_type(&self) -> String {
        let mut value = String::from("multipart/form-data; boundary=");
        value.extend(self.0.iter().copied().map(char::from));
        value
    }

    /// How often the boundary occurs in `body`.
    pub(super) fn count(&self, body: &[u8]) -> usize {
        body.windows(Self::LENGTH)
            .filter(|window| *window == self.as_bytes())
            .count()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn text(boundary: Boundary) -> String {
        String::from_utf8(boundary.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_boundary_is_its_number_in_hexadecimal_digits() {
        let mut number = 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210;
        for _ in 0..128 {
            assert_eq!(text(Boundary::of(number)), format!("{number:032x}"));
            number = number.rotate_left(1);
        }
    }

    #[test]
    fn every_digit_of_a_random_boundary_is_random() {
        let boundaries: Vec<_> = (0..200).map(|_| text(Boundary::random())).collect();
        let distinct: BTreeSet<_> = boundaries.iter().collect();
        assert_eq!(distinct.len(), boundaries.len());
        for place in 0..Boundary::LENGTH {
            let digits: BTreeSet<_> = boundaries.iter().map(|it| it.as_bytes()[place]).collect();
            // Of 200 draws from 16 digits, fewer than 8 distinct ones are out of the question.
            assert!(digits.len() >= 8, "{place}: {digits:?}");
        }
    }
}
