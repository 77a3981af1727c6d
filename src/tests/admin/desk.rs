//! One person of each role, each with a token for all that is theirs to give.

use tintype::domain::role::Role;

use crate::support::{Person, TestServer};

pub const EVERYTHING: &str = "read write follow push admin:read admin:write";

pub struct Staff {
    pub owner: Person,
    pub admin: Person,
    pub moderator: Person,
    pub member: Person,
}

pub async fn staff(server: &TestServer) -> Staff {
    let owner = server.person("olga").await;
    Staff {
        owner: with_everything(server, owner).await,
        admin: one_of(server, "adam", Role::Admin).await,
        moderator: one_of(server, "mona", Role::Moderator).await,
        member: one_of(server, "mel", Role::Member).await,
    }
}

/// Somebody of this role, where the owner is there already.
pub async fn one_of(server: &TestServer, name: &str, role: Role) -> Person {
    let person = server.person(name).await;
    is_now(server, &person, role).await;
    with_everything(server, person).await
}

pub async fn is_now(server: &TestServer, person: &Person, role: Role) {
    sqlx::query("update users set role = $2 where account_id = $1")
        .bind(person.account().0)
        .bind(role as i16)
        .execute(server.db())
        .await
        .expect("they live here");
}

async fn with_everything(server: &TestServer, person: Person) -> Person {
    let client = server.token_for(&person, EVERYTHING).await;
    Person { client, ..person }
}
