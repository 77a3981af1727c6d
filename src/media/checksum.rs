//! Whether bytes that come in are those that were sent. Stores none of them.

use aws_lc_rs::digest;

/// The kinds that senders may use, by the names that tus gives them.
pub const ALGORITHMS: [&str; 2] = ["sha1", "sha256"];

/// What the bytes are to add up to.
#[derive(Clone)]
pub struct Checksum {
    sum: digest::Context,
    expected: Vec<u8>,
}

impl Checksum {
    /// `None` for an algorithm that is none of [`ALGORITHMS`], or a sum that is none of its.
    pub fn new(algorithm: &str, expected: Vec<u8>) -> Option<Self> {
        let algorithm = match algorithm {
            // Guards against a broken line, not against a forger.
            "sha1" => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            "sha256" => &digest::SHA256,
            _ => return None,
        };
        (expected.len() == algorithm.output_len()).then(|| Self {
            sum: digest::Context::new(algorithm),
            expected,
        })
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.sum.update(bytes);
    }

    pub fn is_right(&self) -> bool {
        self.sum.clone().finish().as_ref() == self.expected
    }
}

impl std::fmt::Debug for Checksum {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Checksum").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_fits_its_bytes_and_no_others() {
        let sum = digest::digest(&digest::SHA256, b"a harbour");
        let mut right = Checksum::new("sha256", sum.as_ref().to_vec()).unwrap();
        right.add(b"a har");
        let mut wrong = right.clone();
        right.add(b"bour");
        wrong.add(b"bor");
        assert!(right.is_right() && !wrong.is_right());
        assert!(Checksum::new("sha1", sum.as_ref().to_vec()).is_none());
        assert!(Checksum::new("md5", vec![0; 16]).is_none());
        for algorithm in ALGORITHMS {
            assert!(
                [20, 32]
                    .iter()
                    .any(|&length| Checksum::new(algorithm, vec![0; length]).is_some())
            );
        }
    }
}
