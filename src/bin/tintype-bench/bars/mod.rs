//! The bars, each in a file of its own. Decides only which are measured, in which order.

mod backlog;
mod deeds;
mod deliver;
mod fan_out;
mod file;
mod front;
mod home;
mod home_cold;
mod idle_hosts;
mod inbox;
mod photo;
mod post;
mod signs;
mod start;
mod streams;
mod upload;
mod video;

use anyhow::Context;

use crate::report::Report;
use crate::world::World;
pub use inbox::Writing;

#[derive(Clone, Copy, Debug)]
pub enum Bar {
    Home,
    HomeUnchanged,
    Post,
    Inbox,
    Visible,
    FanOut,
    Deliver,
    Signs,
    HomeCold,
    Photo,
    Video,
    Start,
    StreamsIdle,
    StreamsEvent,
    Deeds,
    Front,
    IdleHosts,
    Backlog,
    Upload,
    Uploads,
    File,
}

impl Bar {
    const ALL: [(&str, Self); 21] = [
        ("home", Self::Home),
        ("home-unchanged", Self::HomeUnchanged),
        ("post", Self::Post),
        ("inbox", Self::Inbox),
        ("visible", Self::Visible),
        ("fan-out", Self::FanOut),
        ("deliver", Self::Deliver),
        ("signs", Self::Signs),
        ("home-cold", Self::HomeCold),
        ("photo", Self::Photo),
        ("video", Self::Video),
        ("start", Self::Start),
        ("streams-idle", Self::StreamsIdle),
        ("streams-event", Self::StreamsEvent),
        ("deeds", Self::Deeds),
        ("front", Self::Front),
        ("idle-hosts", Self::IdleHosts),
        ("backlog", Self::Backlog),
        ("upload", Self::Upload),
        ("uploads", Self::Uploads),
        ("file", Self::File),
    ];

    /// Those of these names, or all.
    pub fn chosen(names: &[String]) -> anyhow::Result<Vec<Self>> {
        if names.is_empty() {
            return Ok(Self::ALL.iter().map(|(_, bar)| *bar).collect());
        }
        let one = |name: &String| {
            let known = Self::ALL.iter().find(|(known, _)| known == name);
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            known
                .map(|(_, bar)| *bar)
                .with_context(|| format!("there is no “{name}”; there are {names}"))
        };
        names.iter().map(one).collect()
    }

    /// Measures it so many times; makes the world when it needs one and there is none.
    pub async fn measure(
        self,
        world: &mut Option<World>,
        runs: usize,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        match self {
            Self::HomeCold => return home_cold::measure(runs, report).await,
            Self::Photo => return photo::measure(runs, report).await,
            Self::Video => return video::measure(runs, report).await,
            Self::Start => return start::measure(report).await,
            _ => {}
        }
        if world.is_none() {
            *world = Some(World::begin().await?);
        }
        let world = world.as_mut().context("it was made a moment ago")?;
        match self {
            Self::Home => home::measure(world, runs, report).await,
            Self::HomeUnchanged => home::unchanged(world, runs, report).await,
            Self::Post => post::measure(world, runs, report).await,
            Self::Inbox => inbox::accepted(world, runs, report).await,
            Self::Visible => inbox::visible(world, runs, report).await,
            Self::FanOut => fan_out::measure(world, runs, report).await,
            Self::Deliver => deliver::measure(world, runs, report).await,
            Self::Signs => signs::measure(world, runs, report).await,
            Self::StreamsIdle => streams::idle(world, runs, report).await,
            Self::StreamsEvent => streams::event(world, runs, report).await,
            Self::Deeds => deeds::measure(world, runs, report).await,
            Self::Front => front::measure(world, runs, report).await,
            Self::IdleHosts => idle_hosts::measure(world, runs, report).await,
            Self::Backlog => backlog::measure(world, runs, report).await,
            Self::Upload => upload::one(world, runs, report).await,
            Self::Uploads => upload::many(world, report).await,
            Self::File => file::measure(world, runs, report).await,
            Self::HomeCold | Self::Photo | Self::Video | Self::Start => Ok(()),
        }
    }
}
