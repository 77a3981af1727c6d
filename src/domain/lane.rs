//! Parts of all servers, so that what they send is applied by several at once and each server's in its order. Says
//! nothing of who applies.

use super::ids::HostId;

/// The servers of one part; what they sent is applied by one transaction at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane(i32);

impl Lane {
    /// As many as keep two cores at it. Every process on a database has to know the same.
    pub const ALL: [Self; 2] = [Self(0), Self(1)];

    pub fn of(host: HostId) -> Self {
        Self(host.0.rem_euclid(Self::count()))
    }

    /// A server's id, divided by [`Lane::count`], leaves its lane's number.
    pub fn number(self) -> i32 {
        self.0
    }

    pub fn count() -> i32 {
        i32::try_from(Self::ALL.len()).expect("they are few")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_is_in_one_lane() {
        for host in 1..=20 {
            let lane = Lane::of(HostId(host));
            assert!(Lane::ALL.contains(&lane));
            assert_eq!(host % Lane::count(), lane.number());
        }
    }
}
