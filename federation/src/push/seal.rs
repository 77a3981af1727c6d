//! Sealing a message for one subscriber: RFC 8291 over RFC 8188 (`aes128gcm`), and the drafts that came before them
//! (`aesgcm`), which older apps still expect. Makes one record; a push message has no room for a second.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hmac;
use aws_lc_rs::rand;

/// Bytes of a point on P-256, uncompressed.
const POINT: usize = 65;
const AUTH: usize = 16;
const SALT: usize = 16;
/// Push services take 4096 bytes (RFC 8030, section 7.2): less the header, a tag and the padding's mark.
const LONGEST: usize = 4096 - (SALT + 4 + 1 + POINT) - 16 - 1;
const RECORD_SIZE: u32 = 4096;

/// Whom a message is for, by the keys that their app made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// `p256dh`: a point on P-256, uncompressed.
    pub public_key: Vec<u8>,
    /// `auth`: 16 bytes.
    pub auth: Vec<u8>,
}

/// How a message is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// RFC 8291.
    Aes128Gcm,
    /// draft-ietf-webpush-encryption-04, before the standard.
    AesGcm,
}

/// A sealed message, with what the older encoding says in headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What is sent.
    pub body: Vec<u8>,
    /// Names the derivation; in the body of the newer encoding.
    pub salt: [u8; SALT],
    /// Our half of the agreement, made for this message; in the body of the newer encoding.
    pub public_key: Vec<u8>,
}

/// Why a message cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The subscriber's key is not a point on P-256, or their secret has another length.
    #[error("the subscription's keys are not what they should be")]
    Keys,
    /// More than push services take.
    #[error("the message is too long")]
    TooLong,
    /// Our own cryptography failed.
    #[error("sealing failed")]
    Failed,
}

impl Subscriber {
    /// Whether a message could be sealed for these keys.
    ///
    /// # Errors
    /// Says that it could not.
    pub fn check(&self) -> Result<(), SealError> {
        self.seal(b"", Encoding::Aes128Gcm).map(drop)
    }

    /// Seals `message` with a fresh key.
    ///
    /// # Errors
    /// When the keys are none, or the message is too long.
    pub fn seal(&self, message: &[u8], encoding: Encoding) -> Result<Sealed, SealError> {
        let mut salt = [0; SALT];
        rand::fill(&mut salt).map_err(|_| SealError::Failed)?;
        let own = PrivateKey::generate(&ECDH_P256).map_err(|_| SealError::Failed)?;
        self.seal_with(message, encoding, &own, salt)
    }

    fn seal_with(
        &self,
        message: &[u8],
        encoding: Encoding,
        own: &PrivateKey,
        salt: [u8; SALT],
    ) -> Result<Sealed, SealError> {
        if self.public_key.len() != POINT || self.public_key[0] != 4 || self.auth.len() != AUTH {
            return Err(SealError::Keys);
        }
        if message.len() > LONGEST {
            return Err(SealError::TooLong);
        }
        let public_key = own.compute_public_key().map_err(|_| SealError::Failed)?;
        let public_key = public_key.as_ref().to_vec();
        let theirs = UnparsedPublicKey::new(&ECDH_P256, self.public_key.as_slice());
        let shared = agree(own, theirs, SealError::Keys, |secret| Ok(secret.to_vec()))?;
        let body = match encoding {
            Encoding::Aes128Gcm => self.standard(message, &shared, &public_key, salt)?,
            Encoding::AesGcm => self.draft(message, &shared, &public_key, salt)?,
        };
        Ok(Sealed {
            body,
            salt,
            public_key,
        })
    }

    /// RFC 8291, section 3.4; RFC 8188, section 2.
    fn standard(
        &self,
        message: &[u8],
        shared: &[u8],
        own: &[u8],
        salt: [u8; SALT],
    ) -> Result<Vec<u8>, SealError> {
        let info = [b"WebPush: info\0", self.public_key.as_slice(), own].concat();
        let input = expand(&extract(&self.auth, shared), &info);
        let random = extract(&salt, &input);
        // The one and last record, without padding.
        let record = [message, &[2u8][..]].concat();
        let sealed = encrypt(
            &expand(&random, b"Content-Encoding: aes128gcm\0"),
            &expand(&random, b"Content-Encoding: nonce\0"),
            record,
        )?;
        let length = u8::try_from(own.len()).map_err(|_| SealError::Failed)?;
        Ok([&salt[..], &RECORD_SIZE.to_be_bytes(), &[length], own, &sealed].concat())
    }

    /// draft-ietf-webpush-encryption-04, section 3; draft-ietf-httpbis-encryption-encoding-03.
    fn draft(
        &self,
        message: &[u8],
        shared: &[u8],
        own: &[u8],
        salt: [u8; SALT],
    ) -> Result<Vec<u8>, SealError> {
        let input = expand(&extract(&self.auth, shared), b"Content-Encoding: auth\0");
        let random = extract(&salt, &input);
        let length = (POINT as u16).to_be_bytes();
        let context = [b"P-256\0".as_slice(), &length, &self.public_key, &length, own].concat();
        let info = |name: &[u8]| [name, &context].concat();
        // A padding of no bytes.
        let record = [&[0u8, 0][..], message].concat();
        encrypt(
            &expand(&random, &info(b"Content-Encoding: aesgcm\0")),
            &expand(&random, &info(b"Content-Encoding: nonce\0")),
            record,
        )
    }
}

/// RFC 5869, section 2.2.
fn extract(salt: &[u8], input: &[u8]) -> hmac::Key {
    let random = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), input);
    hmac::Key::new(hmac::HMAC_SHA256, random.as_ref())
}

/// RFC 5869, section 2.3: its first block, which is as long as anything here.
fn expand(random: &hmac::Key, info: &[u8]) -> Vec<u8> {
    hmac::sign(random, &[info, &[1u8][..]].concat()).as_ref().to_vec()
}

/// Key and nonce are the beginnings of what was derived.
fn encrypt(key: &[u8], nonce: &[u8], mut record: Vec<u8>) -> Result<Vec<u8>, SealError> {
    let key = UnboundKey::new(&AES_128_GCM, &key[..AES_128_GCM.key_len()]).map_err(|_| SealError::Failed)?;
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..NONCE_LEN]).map_err(|_| SealError::Failed)?;
    LessSafeKey::new(key)
        .seal_in_place_append_tag(nonce, Aad::empty(), &mut record)
        .map_err(|_| SealError::Failed)?;
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    fn subscriber() -> Subscriber {
        Subscriber {
            public_key: bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        }
    }

    #[test]
    fn the_standards_example_comes_out() {
        // RFC 8291, section 5 and appendix A.
        let own = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let own = PrivateKey::from_private_key(&ECDH_P256, &own).unwrap();
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let message = b"When I grow up, I want to be a watermelon";
        let sealed = subscriber()
            .seal_with(message, Encoding::Aes128Gcm, &own, salt)
            .unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed.body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn keys_that_are_none_and_long_messages_are_refused() {
        let good = subscriber();
        assert_eq!(good.check(), Ok(()));
        for public_key in [vec![], vec![4; 65], good.public_key[..64].to_vec()] {
            let bad = Subscriber {
                public_key,
                ..good.clone()
            };
            assert_eq!(bad.check(), Err(SealError::Keys));
        }
        let bad = Subscriber {
            auth: vec![1; 15],
            ..good.clone()
        };
        assert_eq!(bad.check(), Err(SealError::Keys));
        let longest = good.seal(&vec![1; LONGEST], Encoding::Aes128Gcm).unwrap();
        assert_eq!(longest.body.len(), 4096);
        let too_long = good.seal(&vec![1; LONGEST + 1], Encoding::AesGcm);
        assert_eq!(too_long, Err(SealError::TooLong));
    }
}
