//! How many fetches go to one host at once. Remembers none that is not asked just now.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Hosts that are asked, each how often.
#[derive(Clone, Debug, Default)]
pub struct Places(Arc<Mutex<HashMap<String, usize>>>);

/// Leave to ask a host, until it is dropped.
#[derive(Debug)]
pub struct Place {
    places: Places,
    host: String,
}

impl Places {
    /// A place, unless `most` are taken at this host.
    pub fn take(&self, host: &str, most: usize) -> Option<Place> {
        let mut asked = self.asked();
        let taken = asked.entry(host.to_owned()).or_default();
        if *taken >= most {
            return None;
        }
        *taken += 1;
        Some(Place {
            places: self.clone(),
            host: host.to_owned(),
        })
    }

    fn asked(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut asked = self.places.asked();
        if let Some(taken) = asked.get_mut(&self.host) {
            *taken -= 1;
            if *taken == 0 {
                asked.remove(&self.host);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_its_places_and_is_then_forgotten() {
        let places = Places::default();
        let (one, two) = (places.take("slow.example", 2), places.take("slow.example", 2));
        assert!(one.is_some() && two.is_some());
        assert!(places.take("slow.example", 2).is_none());
        assert!(places.take("quick.example", 2).is_some());
        drop(one);
        let three = places.take("slow.example", 2);
        assert!(three.is_some());
        drop((two, three));
        assert!(places.asked().is_empty());
    }
}
