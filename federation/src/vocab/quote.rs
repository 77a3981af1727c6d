//! Who may quote a post, and the leave that its author gave for one quote. Never takes what is embedded in a stamp for
//! more than its address.

use serde_json::Value;
use url::Url;

use super::audience::recipients;
use super::{VocabError, value};

/// Whose quotes of a post are let through, as its server says: actors and collections of them; everybody in one spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CanQuote {
    /// Without anybody looking at them.
    pub automatic: Vec<Url>,
    /// Once the author has looked at them.
    pub manual: Vec<Url>,
}

impl CanQuote {
    /// `interactionPolicy` of a post.
    pub(crate) fn read(policy: Option<&Value>) -> Self {
        let said = value::each(policy, 1)
            .next()
            .and_then(|policy| value::each(policy.get("canQuote"), 1).next());
        let listed = |name| recipients(said.and_then(|said| said.get(name)));
        Self {
            automatic: listed("automaticApproval"),
            manual: listed("manualApproval"),
        }
    }
}

/// A `QuoteAuthorization`: its author lets `interacting_object` quote `interaction_target`. Worth something only when it
/// was fetched from the server of that author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteStamp {
    /// Its address.
    pub id: Url,
    /// Who gives leave.
    pub attributed_to: Url,
    /// The post that quotes.
    pub interacting_object: Url,
    /// The post that is quoted.
    pub interaction_target: Url,
}

impl QuoteStamp {
    /// Reads a stamp.
    pub fn read(value: &Value) -> Result<Self, VocabError> {
        if !value::is_kind(value, "QuoteAuthorization") {
            return Err(VocabError::WrongKind);
        }
        let named = |name: &'static str| value::id(value.get(name)).ok_or(VocabError::Missing(name));
        Ok(Self {
            id: named("id")?,
            attributed_to: named("attributedTo")?,
            interacting_object: named("interactingObject")?,
            interaction_target: named("interactionTarget")?,
        })
    }
}
