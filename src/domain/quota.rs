//! How much one person may keep, and how much they do. Counts nothing itself.

/// A bound, and what there is of it. In bytes, of files as they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub limit: u64,
    pub used: u64,
}

/// There is not room for so much more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("There is no room for this: of the {} bytes that you may keep here, {} are used.", .0.limit, .0.used)]
pub struct Full(Quota);

impl Quota {
    /// How much more fits.
    pub fn left(self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    /// Refuses so many bytes more if they do not fit.
    pub fn takes(self, bytes: u64) -> Result<(), Full> {
        match bytes <= self.left() {
            true => Ok(()),
            false => Err(Full(self)),
        }
    }
}

impl From<Quota> for Full {
    fn from(quota: Quota) -> Self {
        Self(quota)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_exactly_fits_and_one_byte_more_does_not() {
        let quota = Quota { limit: 100, used: 60 };
        assert_eq!(quota.left(), 40);
        assert!(quota.takes(40).is_ok());
        let full = quota.takes(41).unwrap_err().to_string();
        assert!(
            full.contains("100 bytes") && full.contains("60 are used"),
            "{full}"
        );
        assert!(quota.takes(u64::MAX).is_err());
        let over = Quota { used: 130, ..quota };
        assert_eq!(over.left(), 0);
        assert!(over.takes(1).is_err());
    }
}
