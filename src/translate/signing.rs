//! The two ways to sign, in our word and the protocol's. Never chooses between them.

use tintype_federation::signature::Scheme;

use crate::domain::federation::Signing;

pub fn scheme(signing: Signing) -> Scheme {
    match signing {
        Signing::Cavage => Scheme::Cavage,
        Signing::Rfc9421 => Scheme::Rfc9421,
    }
}

pub fn signing(scheme: Scheme) -> Signing {
    match scheme {
        Scheme::Cavage => Signing::Cavage,
        Scheme::Rfc9421 => Signing::Rfc9421,
    }
}
