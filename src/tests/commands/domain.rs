//! `tintype domain …` beside a running server.

use crate::support::Binary;
use crate::support::binary::said;

async fn runs(binary: &Binary, arguments: &[&str]) -> (bool, String) {
    let all: Vec<&str> = ["domain"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (ended.status.success(), said(&ended))
}

#[tokio::test]
async fn a_server_with_a_port_is_suspended_as_it_is_in_handles_and_unsuspended() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let (done, told) = runs(&binary, &["suspend", "Peer.test:3104", "--reason", "spam"]).await;
    assert!(done && told.contains("peer.test:3104 is suspended"), "{told}");
    let (done, told) = runs(&binary, &["list"]).await;
    assert!(done && told.contains("peer.test:3104"), "{told}");
    let own = binary.authority.clone();
    for bad in [
        own.as_str(),
        "127.0.0.1",
        "https://peer.test",
        "ana@peer.test",
        "peer.test:x",
        "",
    ] {
        let (done, told) = runs(&binary, &["suspend", bad]).await;
        assert!(!done, "{bad}: {told}");
    }
    let (done, told) = runs(&binary, &["unsuspend", "peer.test"]).await;
    assert!(
        !done && told.contains("nothing was decided about peer.test"),
        "{told}"
    );
    let (done, told) = runs(&binary, &["unsuspend", "peer.test:3104"]).await;
    assert!(done && told.contains("treated as any other"), "{told}");
    assert!(binary.stop().await.success(), "{}", binary.log());
}
