//! The client API as apps meet it: every route they cannot do without, every entity field by field, every verb's flags.

mod conversations;
mod discovery;
mod endorsements;
mod entities;
mod grouped;
mod hostile;
mod instance_shapes;
mod limits;
mod lists;
mod notification_doors;
mod notification_policy;
mod notification_requests;
mod notifications;
mod pages;
mod pixelfed;
mod posting;
mod relations;
mod remote;
mod route_table;
mod routes;
mod searching;
pub mod shape;
pub mod shapes;
pub mod small_shapes;
mod tags;
mod trespass;
mod upload;
