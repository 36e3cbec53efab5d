"""The arithmetic of engine.bench.ts in NumPy: prints the milliseconds of the quickest of ten runs."""

import time

import numpy as np

n = 1_000_000
random = np.random.default_rng(7)
site = random.integers(0, 20, n)
site_price = 0.035 + random.random(20) * 0.04
site_other = random.random(20) * 0.005
site_overhead = random.random(20) * 0.1
status = (random.random(n) < 0.05).astype(np.uint8)
quantity = 1 + np.floor(random.random(n) * 10)
hashrate = 80 + random.random(n) * 200
power = np.where(random.random(n) < 0.02, np.nan, 2500 + random.random(n) * 2000)
own_price = np.where(random.random(n) < 0.1, 0.04 + random.random(n) * 0.03, np.nan)
own_other = np.full(n, np.nan)
own_overhead = np.full(n, np.nan)
uptime = 0.95 + random.random(n) * 0.05
pool_fee = np.full(n, 0.02)
host_share = np.zeros(n)
standby_w = np.full(n, 20.0)
restart = np.full(n, 0.5)
now, after, days_before, horizon = 37.24, 37.24 / 0.96, 5.0, 19.0


def recompute():
    price = np.where(np.isnan(own_price), site_price[site], own_price)
    other = np.where(np.isnan(own_other), site_other[site], own_other)
    overhead = np.where(np.isnan(own_overhead), site_overhead[site], own_overhead)
    accepted = quantity * (hashrate / 1000) * uptime * (1 - pool_fee) * (1 - host_share)
    per_watt = quantity * 0.024 * (1 + overhead)
    avoidable = per_watt * (power * uptime + standby_w * (1 - uptime)) * (price + other)
    standby = per_watt * standby_w * (price + other)
    restart_lot = quantity * restart
    breakeven = np.where(accepted > 0, avoidable / accepted, np.nan)
    counted = (status == 0) & np.isfinite(accepted) & np.isfinite(avoidable)
    margin_now = accepted * now - avoidable
    margin_after = accepted * after - avoidable
    earned_after = margin_after * (horizon - days_before)
    run = margin_now * days_before + earned_after
    pause = earned_after - standby * days_before - restart_lot
    off = -(standby * horizon)
    best = np.maximum(np.maximum(run, pause), off)
    verdict = np.where(best == run, 0, np.where(best == pause, 1, np.where(best == off, 2, 255))).astype(np.uint8)
    return breakeven, counted, verdict, best - run, margin_now, margin_after


quickest = float("inf")
for _ in range(10):
    start = time.perf_counter()
    recompute()
    quickest = min(quickest, time.perf_counter() - start)
print(quickest * 1000)
