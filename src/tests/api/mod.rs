//! The client API as apps meet it: every route they cannot do without, every entity field by field, every verb's flags.

mod discovery;
mod endorsements;
mod entities;
mod hostile;
mod instance_shapes;
mod limits;
mod lists;
mod notifications;
mod pages;
mod pixelfed;
mod posting;
mod relations;
mod remote;
mod route_table;
mod routes;
mod searching;
mod shape;
mod shapes;
mod small_shapes;
mod tags;
mod trespass;
mod upload;
