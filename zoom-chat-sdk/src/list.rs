//! The listings that have methods of their own.

mod bookmarks;
mod messages;
mod pinned;
mod scheduled;

pub use bookmarks::ListBookmarks;
pub use messages::{ListMessages, SearchIn};
pub use pinned::ListPinned;
pub use scheduled::ListScheduled;

/// The methods that all listings have.
macro_rules! listing {
    ($listing:ident of $answer:ident) => {
        impl $listing {
            /// How many items a page has: 1 to 50, which is also the default.
            pub fn page_size(mut self, items: u32) -> Self {
                self.page_size = crate::pages::PageSize::new(items);
                self
            }

            /// Goes on where another stream of the same listing stood.
            pub fn resume(mut self, position: impl Into<crate::pages::Position>) -> Self {
                self.position = position.into();
                self
            }

            /// The items, one by one.
            ///
            /// # Errors
            ///
            /// What is wrong with the listing, before anything is asked for.
            pub fn items(
                self,
            ) -> Result<crate::pages::Items<zoom_chat_openapi::types::$answer>, crate::Error> {
                Ok(self.pages()?.items())
            }
        }
    };
}
use listing;
