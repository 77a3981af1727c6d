//! Who is served by which answer, with questions that are answered by hand.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::advance;

use super::*;

type Question = oneshot::Sender<sqlx::Result<bool>>;

/// Questions that are answered by hand.
struct Asked {
    check: Check,
    put: mpsc::UnboundedSender<Question>,
    questions: mpsc::UnboundedReceiver<Question>,
}

struct ByHand(mpsc::UnboundedSender<Question>);

impl Ask for ByHand {
    async fn ask(&mut self) -> sqlx::Result<bool> {
        let (tell, told) = oneshot::channel();
        self.0.send(tell).unwrap();
        told.await.expect("the test answers, or lets it crash")
    }
}

fn asked() -> Asked {
    let (put, questions) = mpsc::unbounded_channel();
    Asked {
        check: Check::default(),
        put,
        questions,
    }
}

impl Asked {
    /// Somebody comes; they wait already when this returns.
    async fn comes(&self) -> JoinHandle<Answer> {
        let (check, put) = (self.check.clone(), self.put.clone());
        let (came, has_come) = oneshot::channel();
        let waits = tokio::spawn(async move {
            let joined = check.join(|| ByHand(put));
            tokio::pin!(joined);
            // Its first step makes it wait.
            tokio::select! {
                biased;
                answer = &mut joined => return answer,
                () = std::future::ready(()) => came.send(()).unwrap(),
            }
            joined.await
        });
        has_come.await.unwrap();
        waits
    }

    async fn question(&mut self) -> Question {
        self.questions.recv().await.unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn who_comes_while_a_question_is_out_waits_for_the_next_together_with_others() {
    let mut asked = asked();
    let first = asked.comes().await;
    let question = asked.question().await;
    let later = [asked.comes().await, asked.comes().await, asked.comes().await];
    question.send(Ok(false)).unwrap();
    assert!(!first.await.unwrap().unwrap());
    asked.question().await.send(Ok(true)).unwrap();
    for one in later {
        assert!(one.await.unwrap().unwrap());
    }
    assert!(asked.questions.is_empty(), "one question for three");
    advance(FRESH).await;
    let alone = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(alone.await.unwrap().unwrap());
}

#[tokio::test(start_paused = true)]
async fn an_error_reaches_all_who_waited_and_nobody_after_them() {
    let mut asked = asked();
    let first = asked.comes().await;
    let question = asked.question().await;
    let later = [asked.comes().await, asked.comes().await];
    // Who goes away takes nothing with them.
    first.abort();
    question.send(Ok(false)).unwrap();
    asked
        .question()
        .await
        .send(Err(sqlx::Error::PoolTimedOut))
        .unwrap();
    for one in later {
        let error = one.await.unwrap().unwrap_err();
        assert!(matches!(*error, sqlx::Error::PoolTimedOut));
    }
    let last = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(last.await.unwrap().unwrap());
}

#[tokio::test(start_paused = true)]
async fn after_a_panic_the_next_one_is_served() {
    let mut asked = asked();
    let first = asked.comes().await;
    drop(asked.question().await);
    first.await.unwrap().unwrap_err();
    let next = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(next.await.unwrap().unwrap());
}

#[tokio::test(start_paused = true)]
async fn an_answer_serves_whoever_comes_just_after_its_question_and_nobody_later() {
    let mut asked = asked();
    let first = asked.comes().await;
    let question = asked.question().await;
    let meanwhile = asked.comes().await;
    question.send(Ok(true)).unwrap();
    assert!(first.await.unwrap().unwrap());
    assert!(meanwhile.await.unwrap().unwrap());
    let put = asked.put.clone();
    assert!(asked.check.join(|| ByHand(put)).await.unwrap());
    assert!(asked.questions.is_empty(), "one question for three");
    advance(FRESH).await;
    let late = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(late.await.unwrap().unwrap());
}

#[tokio::test(start_paused = true)]
async fn after_a_change_of_ours_no_question_that_was_put_before_it_serves_anybody() {
    let mut asked = asked();
    let first = asked.comes().await;
    let question = asked.question().await;
    asked.check.expire();
    question.send(Ok(true)).unwrap();
    assert!(first.await.unwrap().unwrap());
    let second = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(second.await.unwrap().unwrap());
    asked.check.expire();
    let third = asked.comes().await;
    asked.question().await.send(Ok(true)).unwrap();
    assert!(third.await.unwrap().unwrap());
}
