#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use crate::clock::{ManualClock, SystemClock};
use crate::transport::Window;

const TEN_SECONDS: Duration = Duration::from_secs(10);

fn sliding(amount: u32, shared: bool, in_flight: Option<u32>) -> QuotaSpec {
    QuotaSpec {
        name: "burst",
        window: Window::Sliding {
            amount,
            per: TEN_SECONDS,
        },
        shared_with_others: shared,
        in_flight,
    }
}

fn pacer(spec: QuotaSpec, enabled: bool) -> Pacer {
    Pacer::new(&[spec], Arc::new(SystemClock::new()), 50, enabled)
}

/// Sends `count` requests from `workers` tasks and returns when the vendor counted each: somewhere
/// between sending and answering.
async fn run(pacer: &Pacer, workers: usize, count: usize, latency: Duration) -> Vec<Duration> {
    let arrivals: Arc<Mutex<Vec<Duration>>> = Arc::default();
    let mut tasks = Vec::new();
    for worker in 0..workers {
        let (pacer, arrivals) = (pacer.clone(), Arc::clone(&arrivals));
        tasks.push(tokio::spawn(async move {
            for turn in 0..count / workers {
                let permit = pacer.acquire(&[("burst", 1)]).await.unwrap();
                // Early for some, late for others: the worst a network can do.
                let there = latency.mul_f64(if (worker + turn) % 2 == 0 { 0.0 } else { 1.0 });
                pacer.clock().sleep(there).await;
                arrivals.lock().unwrap().push(pacer.clock().monotonic());
                pacer.clock().sleep(latency.saturating_sub(there)).await;
                drop(permit);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let mut arrivals = arrivals.lock().unwrap().clone();
    arrivals.sort_unstable();
    arrivals
}

fn most_in_a_window(arrivals: &[Duration], window: Duration) -> usize {
    arrivals
        .iter()
        .enumerate()
        .map(|(first, start)| {
            arrivals[first..]
                .iter()
                .take_while(|time| **time < *start + window)
                .count()
        })
        .max()
        .unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn no_rolling_window_ever_holds_more_than_the_limit_and_95_percent_are_used() {
    let pacer = pacer(sliding(100, false, None), true);
    let arrivals = run(&pacer, 20, 2_200, Duration::from_millis(300)).await;
    assert!(most_in_a_window(&arrivals, TEN_SECONDS) <= 100);
    let steady = Duration::from_secs(20)..Duration::from_secs(220);
    let rate = arrivals.iter().filter(|time| steady.contains(time)).count() as f64 / 20.0;
    assert!(rate > 94.0, "{rate} in ten seconds");
}

#[tokio::test(start_paused = true)]
async fn slow_and_uneven_networks_cause_no_burst_over_the_limit() {
    let pacer = pacer(sliding(20, false, None), true);
    let arrivals = run(&pacer, 10, 200, Duration::from_secs(4)).await;
    assert!(most_in_a_window(&arrivals, TEN_SECONDS) <= 20);
}

#[tokio::test(start_paused = true)]
async fn of_a_shared_limit_only_the_share_is_taken() {
    let pacer = pacer(sliding(100, true, None), true);
    let arrivals = run(&pacer, 10, 300, Duration::from_millis(50)).await;
    // By the time they are sent exactly 50; on the way some catch up with others.
    assert!(most_in_a_window(&arrivals, TEN_SECONDS) <= 52);
    assert!(arrivals.last().unwrap().as_secs() >= 49);
}

#[tokio::test(start_paused = true)]
async fn a_share_of_a_small_limit_is_not_rounded_away() {
    let spec = QuotaSpec {
        window: Window::PerSecond { amount: 5 },
        ..sliding(0, true, None)
    };
    let pacer = pacer(spec, true);
    let arrivals = run(&pacer, 5, 50, Duration::ZERO).await;
    assert!(most_in_a_window(&arrivals, Duration::from_secs(1)) <= 3);
    let seconds = arrivals.last().unwrap().as_secs_f64();
    assert!((18.0..20.5).contains(&seconds), "2.5 a second: {seconds}");
}

#[tokio::test(start_paused = true)]
async fn an_announced_limit_takes_the_place_of_the_documented_one() {
    let pacer = pacer(sliding(100, false, None), true);
    let announcement = Announcement {
        limit: Some(190),
        remaining: Some(190),
        interval: Some(TEN_SECONDS),
        ..Announcement::of("burst")
    };
    pacer.announce(&announcement);
    let arrivals = run(&pacer, 10, 180, Duration::ZERO).await;
    assert_eq!(*arrivals.last().unwrap(), Duration::ZERO);
    assert!(pacer.usage()[0].announced);
}

#[tokio::test(start_paused = true)]
async fn what_others_use_is_left_to_them_until_the_window_is_over() {
    let pacer = pacer(sliding(100, false, None), true);
    pacer.announce(&Announcement {
        limit: Some(100),
        remaining: Some(10),
        ..Announcement::of("burst")
    });
    let arrivals = run(&pacer, 1, 20, Duration::ZERO).await;
    assert_eq!(arrivals[9], Duration::ZERO);
    assert_eq!(arrivals[10], TEN_SECONDS);
}

#[tokio::test(start_paused = true)]
async fn our_own_calls_are_not_taken_for_those_of_others() {
    let pacer = pacer(sliding(100, false, None), true);
    for sent in 1..=50_u32 {
        let permit = pacer.acquire(&[("burst", 1)]).await.unwrap();
        pacer.announce(&Announcement {
            limit: Some(100),
            remaining: Some(100 - sent),
            ..Announcement::of("burst")
        });
        drop(permit);
    }
    assert_eq!(pacer.usage()[0].used, 50);
}

#[tokio::test(start_paused = true)]
async fn a_block_holds_everyone_back_and_is_never_shortened() {
    for enabled in [true, false] {
        let pacer = pacer(sliding(100, false, None), enabled);
        pacer.block("burst", Duration::from_secs(7));
        pacer.block("burst", Duration::from_secs(2));
        let arrivals = run(&pacer, 2, 4, Duration::ZERO).await;
        assert_eq!(arrivals[0], Duration::from_secs(7));
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_block_is_refused_with_its_end() {
    let clock = Arc::new(ManualClock::new("2026-03-02T12:00:00Z".parse().unwrap()));
    let pacer = Pacer::new(&[sliding(100, false, None)], clock.clone(), 50, true);
    pacer.block("burst", Duration::from_secs(3600));
    let refusal = pacer.acquire(&[("burst", 1)]).await.unwrap_err();
    assert_eq!(
        refusal.until,
        "2026-03-02T13:00:00Z".parse::<Timestamp>().unwrap()
    );
    clock.advance(Duration::from_secs(3600));
    assert!(pacer.acquire(&[("burst", 1)]).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn without_pacing_only_the_vendors_own_word_holds_requests_back() {
    let unpaced = pacer(sliding(10, false, None), false);
    let arrivals = run(&unpaced, 5, 500, Duration::ZERO).await;
    assert_eq!(*arrivals.last().unwrap(), Duration::ZERO);

    let announced = pacer(sliding(10, false, None), false);
    announced.announce(&Announcement {
        limit: Some(10),
        ..Announcement::of("burst")
    });
    let arrivals = run(&announced, 5, 30, Duration::ZERO).await;
    assert!(most_in_a_window(&arrivals, TEN_SECONDS) <= 10);
}

#[tokio::test(start_paused = true)]
async fn places_in_flight_are_kept_even_without_pacing() {
    let pacer = pacer(sliding(1_000, false, Some(3)), false);
    let arrivals = run(&pacer, 12, 24, Duration::from_secs(1)).await;
    assert_eq!(arrivals.last().unwrap().as_secs(), 8);
    assert!(most_in_a_window(&arrivals, Duration::from_millis(999)) <= 6);
}

#[tokio::test(start_paused = true)]
async fn the_days_limit_is_refused_until_midnight_where_the_account_is() {
    let clock = Arc::new(ManualClock::new("2026-03-02T12:00:00Z".parse().unwrap()));
    let day = QuotaSpec {
        name: "day",
        window: Window::Daily {
            amount: 100,
            zone: Some("America/New_York"),
        },
        shared_with_others: true,
        in_flight: None,
    };
    let pacer = Pacer::new(&[day, sliding(1_000, false, None)], clock.clone(), 50, true);
    pacer.prime("day", 30);
    for _ in 0..20 {
        drop(pacer.acquire(&[("burst", 1), ("day", 1)]).await.unwrap());
    }
    let refusal = pacer
        .acquire(&[("burst", 1), ("day", 1)])
        .await
        .unwrap_err();
    assert_eq!(refusal.quota, "day");
    assert_eq!(
        refusal.until,
        "2026-03-03T05:00:00Z".parse::<Timestamp>().unwrap()
    );
    assert_eq!(pacer.usage()[1].spent, 20, "a refusal costs nothing");
    clock.advance(Duration::from_secs(17 * 3600));
    assert!(pacer.acquire(&[("burst", 1), ("day", 1)]).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn what_never_left_costs_nothing_and_what_is_cancelled_leaves_nothing() {
    let pacer = pacer(sliding(1, false, Some(1)), true);
    pacer.acquire(&[("burst", 1)]).await.unwrap().give_back();
    let held = pacer.acquire(&[("burst", 1)]).await.unwrap();
    let waiting = tokio::time::timeout(Duration::from_secs(1), pacer.acquire(&[("burst", 1)]));
    assert!(waiting.await.is_err());
    drop(held);
    let before = pacer.clock().monotonic();
    drop(pacer.acquire(&[("burst", 1)]).await.unwrap());
    assert!(pacer.clock().monotonic() - before <= Duration::from_secs(11));
}

#[tokio::test(start_paused = true)]
async fn a_request_dearer_than_the_limit_goes_out_alone() {
    let pacer = pacer(sliding(10, false, None), true);
    drop(pacer.acquire(&[("burst", 50)]).await.unwrap());
    drop(pacer.acquire(&[("burst", 50)]).await.unwrap());
    assert!(pacer.clock().monotonic() >= TEN_SECONDS);
    assert!(pacer.acquire(&[("not declared", 1)]).await.is_ok());
}
