//! RSA keys that all tests share: making one takes longer than most tests. Made once and kept below `target/`.

use std::path::Path;
use std::sync::OnceLock;

use tintype::signing_keys::SigningKeys;
use tintype_federation::key::SigningKey;

use super::folder;

const HOW_MANY: usize = 4;

/// The same few keys in turn.
pub fn shared() -> SigningKeys {
    static KEYS: OnceLock<Vec<SigningKey>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| (0..HOW_MANY).map(load_or_make).collect());
    SigningKeys::given(keys.clone())
}

fn load_or_make(number: usize) -> SigningKey {
    std::fs::create_dir_all(folder::root()).expect("its folder can be made");
    let path = folder::root().join(format!("key-{number}.der"));
    if let Some(key) = load(&path) {
        return key;
    }
    let key = SigningKey::generate().expect("a key can be made");
    // Written beside and moved: another process may be reading.
    let fresh = path.with_extension(format!("{}", std::process::id()));
    std::fs::write(&fresh, key.to_pkcs8().expect("a key can be written"))
        .expect("target/tmp can be written to");
    std::fs::rename(&fresh, &path).expect("target/tmp can be written to");
    load(&path).unwrap_or(key)
}

fn load(path: &Path) -> Option<SigningKey> {
    SigningKey::from_pkcs8(&std::fs::read(path).ok()?).ok()
}
