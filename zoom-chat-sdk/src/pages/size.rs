//! The number of items on a page.

use crate::InvalidSetting;

/// A page size, perhaps one that Zoom does not accept.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PageSize(Option<u32>);

impl PageSize {
    /// Zoom's largest page.
    pub(crate) const MAX: u32 = 50;

    pub(crate) fn new(items: u32) -> Self {
        Self(Some(items))
    }

    pub(crate) fn check(self) -> Result<i64, InvalidSetting> {
        match self.0.unwrap_or(Self::MAX) {
            size @ 1..=Self::MAX => Ok(size.into()),
            size => Err(InvalidSetting::new(
                "page_size",
                format!("must be 1 to {}, not {size}", Self::MAX),
            )),
        }
    }
}
