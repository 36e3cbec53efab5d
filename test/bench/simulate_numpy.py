"""The arithmetic of simulate.bench.ts in NumPy: prints the milliseconds of the quickest of five runs, first with every
lot's margin on every path, then with the shortcut that the program takes (sorted paths, searched)."""

import time

import numpy as np

paths, epochs, lots = 10_000, 26, 200
random = np.random.default_rng(7)
accepted = 1 + 9 * random.random(lots)
cost = accepted * (20 + 30 * random.random(lots))
standby = cost * 0.01
breakeven = cost / accepted
shares = [0.05, 0.25, 0.5, 0.75, 0.95]
correlation, volatility, hashrate_volatility, degrees = 0.3, 0.8, 0.3, 6
target, intervals = 1_209_600.0, 2015


def walk(draw):
    difficulty = np.full(paths, 1.5e14)
    log_price = np.zeros(paths)
    log_hashrate = np.zeros(paths)
    today = 1.5e14 * 2**32 / 600
    for epoch in range(epochs):
        hashprice = 3.145 * 86_400 * 1e15 / (difficulty * 2**32) * 88_300 * np.exp(log_price)
        yield hashprice
        slow = np.exp(-draw.standard_normal(paths) / np.sqrt(intervals))
        factor = difficulty * 2**32 / 600 / (today * np.exp(log_hashrate)) * slow
        days = factor * target / 86_400 * 2016 / intervals
        difficulty = difficulty * np.clip(1 / factor, 0.25, 4)
        scale = np.sqrt((degrees - 2) / draw.chisquare(degrees, paths))
        first = draw.standard_normal(paths)
        second = draw.standard_normal(paths)
        log_price += volatility * scale * np.sqrt(days / 365.25) * first
        log_hashrate += (
            hashrate_volatility
            * np.sqrt(14 / 365.25)
            * scale
            * (correlation * first + np.sqrt(1 - correlation**2) * second)
        )


def every_margin():
    for hashprice in walk(np.random.default_rng(1)):
        margins = hashprice[:, None] * accepted - cost
        under_water = (margins < 0).mean(axis=0)
        fleet = np.maximum(margins, -standby).sum(axis=1)
        yield np.quantile(fleet, shares), np.quantile(hashprice, shares), (fleet < 0).mean(), under_water


def shortcut():
    stops_at = (cost - standby) / accepted
    order = np.argsort(stops_at)
    bends = stops_at[order]
    accepted_sums = np.concatenate([[0], np.cumsum(accepted[order])])
    cost_sums = np.concatenate([[0], np.cumsum((cost - standby)[order])]) + standby.sum()
    for hashprice in walk(np.random.default_rng(1)):
        hashprice.sort()
        under_water = np.searchsorted(hashprice, breakeven) / paths
        running = np.searchsorted(bends, hashprice, side="right")
        fleet = hashprice * accepted_sums[running] - cost_sums[running]
        yield np.quantile(fleet, shares), np.quantile(hashprice, shares), (fleet < 0).mean(), under_water


def quickest(task):
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in task():
            pass
        best = min(best, time.perf_counter() - start)
    return best * 1000


print(quickest(every_margin), quickest(shortcut))
