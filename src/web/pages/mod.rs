//! The pages the server writes itself: typed values in, HTML out. Asks no database and decides nothing.
//!
//! Every page is a struct with a `frame` and implements [`Template`]; `page.render()` gives the document, and
//! [`csp`] the policy to send it with. No page needs a script, and none has an inline style.

pub mod about;
pub mod account;
pub mod api_docs;
pub mod assets;
pub mod by_mail;
pub mod clean_html;
pub mod consent;
pub mod count;
pub mod csp;
pub mod elsewhere;
pub mod error;
pub mod explore;
pub mod follow;
pub mod frame;
pub mod front;
pub mod href;
pub mod look;
pub mod moment;
pub mod notice;
pub mod own_words;
pub mod permission;
pub mod person;
pub mod picture;
pub mod post;
pub mod profile;
pub mod screen;
pub mod settings;
pub mod sign_in;
pub mod sign_up;
pub mod tag;
pub mod tile;
pub mod tone;

#[cfg(test)]
mod tests;

pub use about::About;
pub use account::{MyAccount, SignOut};
pub use api_docs::{ApiDocs, ApiOperation, ApiSubject};
pub use askama::Template;
pub use by_mail::{ConfirmAddress, NewPassword, WantMail};
pub use clean_html::CleanHtml;
pub use consent::{Code, Consent};
pub use count::Count;
pub use elsewhere::Elsewhere;
pub use error::ErrorPage;
pub use explore::Explore;
pub use follow::{FollowFromHere, RemoteFollow};
pub use frame::{Contact, Frame, Registration, Rule, Site, Viewer};
pub use front::Front;
pub use href::Href;
pub use look::{Look, LookPost};
pub use moment::Moment;
pub use notice::{Notice, NoticePage};
pub use own_words::OwnWords;
pub use person::Person;
pub use picture::{Focus, Picture, Variant};
pub use post::{Comment, Cover, Post, PostAddresses};
pub use profile::{Field, Profile, ProfileCounts, Shelf};
pub use screen::Screen;
pub use settings::{
    AccountSettings, AppSettings, DeleteSettings, InvitationSettings, Open, OpenInvitation, Said,
    SessionSettings, Settings,
};
pub use sign_in::{SignIn, SignInProblem};
pub use sign_up::{SignUp, SignUpField, SignUpProblem, SignUpValues};
pub use tag::Tag;
pub use tile::Tile;
pub use tone::Tone;
