//! What the name of a stored picture says about where it is. Makes no name.

/// Last letters of the keys of what is in the store of copies, as far as there is one.
pub const OF_COPIES: [char; 8] = ['b', 'f', 'j', 'n', 'r', 'v', 'z', '5'];

/// Whether the files of this key are in the store of copies.
pub fn is_of_copy(key: &str) -> bool {
    key.ends_with(OF_COPIES)
}
