//! Pages of the lists that moderators keep, as long as Mastodon's. Queries nothing.

use crate::web::page::Range;
use crate::web::params::Params;

const USUAL: i64 = 100;
const MOST: i64 = 200;

pub fn range(params: &Params) -> Range {
    Range::read(params, USUAL, MOST)
}
