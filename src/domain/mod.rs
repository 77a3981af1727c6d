//! Words and values of the product. Does no I/O.

pub mod account;
pub mod audience;
pub mod browser;
pub mod clock;
pub mod csv;
pub mod email;
pub mod grant;
pub mod html;
pub mod ids;
pub mod live;
pub mod mail;
pub mod names;
pub mod notification;
pub mod picture;
pub mod post;
pub mod random;
pub mod redirect;
pub mod remote_account;
pub mod role;
pub mod scopes;
pub mod text;
pub mod urls;
pub mod window;
pub mod work;
