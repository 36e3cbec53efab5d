/** By this name `task.progress` tells how far a back-test is. */
export const BACKTEST_TASK = 'Back-test'
